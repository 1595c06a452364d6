package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.access.Credential;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    @Test
    void fingerprintTellsContentFromForm() {
        long print =
                print("{\"type\":\"t\",\"priority\":1,\"payload\":{\"a\":1},\"labels\":{\"a\":\"1\",\"b\":\"2\"}}");
        assertThat(
                        print(
                                " {\"labels\":{\"b\":\"2\",\"a\":\"1\"},\"payload\": {\"a\":1} ,\"type\":\"t\",\"priority\":1}"))
                .isEqualTo(print);
        assertThat(List.of(
                        print("{\"type\":\"t\",\"priority\":2,\"payload\":{\"a\":1}}"),
                        print("{\"type\":\"t\",\"payload\":{\"a\":2}}"),
                        print("{\"type\":\"t\",\"payload\":{\"a\":1}}"),
                        print("{\"type\":\"u\",\"payload\":{\"a\":1}}"),
                        print("{\"type\":\"t\",\"payload\":{\"a\":1},\"destination\":\"d\"}"),
                        print("{\"type\":\"t\",\"payload\":{\"a\":1},\"delay\":\"PT1S\"}"),
                        print("{\"type\":\"t\",\"payload\":{\"a\":1},\"ttl\":\"PT1S\"}"),
                        print("{\"type\":\"t\",\"payload\":{\"a\":1},\"tags\":[\"x\"]}"),
                        print("{\"type\":\"t\",\"payload\":{\"a\":1},\"unique\":{\"key\":\"x\"}}")))
                .doesNotHaveDuplicates()
                .doesNotContain(print);
    }

    @Test
    void fingerprintStaysTheSameOverVersions() {
        assertThat(print("{\"type\":\"t\",\"payload\":{\"a\":1},\"id\":\"x\"}")).isEqualTo(FINGERPRINT_OF_ALL_TIME);
    }

    private static final long FINGERPRINT_OF_ALL_TIME = 1670599521705989230L;

    private static long print(String body) {
        Origin origin = new Origin("q", Credential.OPEN, null, null, false);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return Bodies.parse(bytes, in -> DraftReader.read(in, 1 << 20, origin))
                .sender()
                .fingerprint();
    }
}
