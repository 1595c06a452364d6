package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.access.Credential;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "{",
                "{\"type\":\"t\"",
                "{\"type\":\"t\",}",
                "{\"type\":\"t\"}x",
                "{\"type\":\"t\"}{}",
                "{'type':'t'}",
                "{\"type\":\"t\",\"payload\":NaN}",
                "{\"type\":\"t\",\"payload\":01}",
                "{\"type\":\"t\",\"payload\":+1}",
                "{\"type\":\"t\",\"payload\":.5}",
                "{\"type\":\"t\",\"payload\":1.}",
                "{\"type\":\"t\",\"payload\":\"\\x\"}",
                "{\"type\":\"t\",\"payload\":\"\\ud800\"}",
                "{\"type\":\"t\",\"payload\":\"\\ud800\\u0041\"}",
                "{\"type\":\"t\",\"payload\":\"\\udc00\"}",
                "{\"type\":\"t\",\"payload\":\"\\u12\"}",
                "{\"type\":\"t\",\"payload\":\"\t\u0001\"}",
                "{\"type\":\"t\",\"payload\":tru}",
                "{\"type\":\"t\",\"payload\":[1,]}",
                "{\"type\":\"t\" /* why */}",
                "{\"type\":\"t\",\"type\":\"u\"}",
                "{\"type\":\"t\",\"payload\":{\"a\":1,\"a\":2}}",
                "{\"type\":\"t\",\"payload\":{\"a\":1,\"\\u0061\":2}}",
                "\uFEFF{\"type\":\"t\"}"
            })
    void whatIsNotStrictJsonIsMalformed(String body) {
        assertThat(refusal(body).code()).isEqualTo(ErrorCode.MALFORMED_JSON);
    }

    @Test
    void whatIsNotUtf8IsMalformed() {
        for (byte[] wrong : List.of(
                new byte[] {(byte) 0xC0, (byte) 0x80},
                new byte[] {(byte) 0xE0, (byte) 0x80, (byte) 0x80},
                new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
                new byte[] {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
                new byte[] {(byte) 0xF5, (byte) 0x80, (byte) 0x80, (byte) 0x80},
                new byte[] {(byte) 0xE2, (byte) 0x82},
                new byte[] {(byte) 0xFF},
                new byte[] {(byte) 0x80},
                new byte[] {0})) {
            byte[] start = "{\"type\":\"t\",\"payload\":\"".getBytes(StandardCharsets.UTF_8);
            byte[] body = new byte[start.length + wrong.length + 2];
            System.arraycopy(start, 0, body, 0, start.length);
            System.arraycopy(wrong, 0, body, start.length, wrong.length);
            body[body.length - 2] = '"';
            body[body.length - 1] = '}';
            assertThat(refusal(body).code()).isEqualTo(ErrorCode.MALFORMED_JSON);
        }
        assertThat(refusal("{\"type\":\"t\"}".getBytes(StandardCharsets.UTF_16LE))
                        .code())
                .isEqualTo(ErrorCode.MALFORMED_JSON);
    }

    private static MillraceException refusal(String body) {
        return refusal(body.getBytes(StandardCharsets.UTF_8));
    }

    private static MillraceException refusal(byte[] body) {
        Origin origin = new Origin("q", Credential.OPEN, null, null, false);
        MillraceException refusal = catchThrowableOfType(
                MillraceException.class, () -> Bodies.parse(body, in -> DraftReader.read(in, 1 << 20, origin)));
        assertThat(refusal).isNotNull();
        return refusal;
    }
}
