package dev.millrace.delivery.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the vectors of Standard Webhooks 1.0. */
class SignaturesTest {
    private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String PAIR =
            "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==";
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final long SECONDS = 1614265330;
    private static final String BODY = "{\"test\": 2432232314}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "{\"test\": 2432232314} | v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                "{\"test\":2432232314} | v1,Vif40peJBP7Iyl0XGmu61n4MwdrcHov5CFREBpE0svs=",
                "{\"n\":\"\u017c\u00f3\u0142\u0107\uD83D\uDE00\"} | v1,TDXr1Zgktl7olwdA14AMVf3ba5GFV+QWSLVkBqS9asw="
            })
    void hmacSignsTheBytesOfTheBody(String body, String signature) {
        assertThat(header(List.of(KEY), body.getBytes(StandardCharsets.UTF_8))).isEqualTo(signature);
    }

    @Test
    void hmacSignsEmptyAndBinaryBodies() {
        assertThat(header(List.of(KEY), new byte[0])).isEqualTo("v1,v48jdbgvh29KJz2Qc+ghw8G6vG3nAKnujWBg8oM/62A=");
        byte[] all = new byte[256];
        IntStream.range(0, 256).forEach(i -> all[i] = (byte) i);
        assertThat(header(List.of(KEY), all)).isEqualTo("v1,sEcZ042G8Crqgxbybb3y0eDxQR3TcfYsk11I1XULhSI=");
    }

    @Test
    void idAndTimeAreSigned() {
        String body = "{\"type\":\"contact.created\",\"timestamp\":\"2022-11-03T20:26:10.344522Z\","
                + "\"data\":{\"id\":\"1f81eb52-5198-4599-803e-771906343485\"}}";
        assertThat(Signatures.header(
                        List.of(SigningSecret.parse(KEY)),
                        "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W",
                        1674087231,
                        body.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("v1,ARw42xaAApl/nxRo+iPGYwSaMQaOwMo2eyH5JBRA+bQ=");
    }

    @Test
    void ed25519SignsAsThePublishedKeyDoes() {
        assertThat(header(List.of(PAIR), BODY.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(
                        "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==");
    }

    @Test
    void twoSecretsGiveTwoSignatures() {
        assertThat(header(
                        List.of(KEY, "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"), BODY.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
                        + " v1,78nXHjpFP0tVJQW5D0SBwmVyyW87BV/rL6MgfM/Bw44=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "w",
                "whsec_",
                "whsec_%",
                "whsec_wronglength",
                "hwsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7o",
                "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=",
                "whsk_",
                "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbc="
            })
    void whatIsNoSecretIsRefusedWithoutBeingRepeated(String text) {
        assertThatThrownBy(() -> SigningSecret.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> assertThat(text.length() < 12 || !e.getMessage().contains(text.substring(6)))
                        .isTrue());
    }

    @Test
    void aKeyPairWhoseHalvesDoNotFitIsRefused() {
        byte[] pair = Base64.getDecoder().decode(PAIR.substring(5));
        pair[3] ^= 1;
        assertThatThrownBy(
                        () -> SigningSecret.parse("whsk_" + Base64.getEncoder().encodeToString(pair)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void secretsDoNotShowThemselves() {
        assertThat(SigningSecret.parse(KEY).toString()).isEqualTo("whsec_...");
        assertThat(SigningSecret.parse(PAIR).toString()).isEqualTo("whsk_...");
    }

    private static String header(List<String> secrets, byte[] body) {
        return Signatures.header(secrets.stream().map(SigningSecret::parse).toList(), ID, SECONDS, body);
    }
}
