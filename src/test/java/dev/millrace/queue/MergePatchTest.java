package dev.millrace.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.task.Payload;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergePatchTest {
    /** Those of RFC 7396, and numbers that a double does not hold. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":"b"}|{"a":"c"}|{"a":"c"}
            {"a":"b"}|{"b":"c"}|{"a":"b","b":"c"}
            {"a":"b"}|{"a":null}|{}
            {"a":"b","b":"c"}|{"a":null}|{"b":"c"}
            {"a":["b"]}|{"a":"c"}|{"a":"c"}
            {"a":{"b":"c"}}|{"a":{"b":"d","c":null}}|{"a":{"b":"d"}}
            {"a":[{"b":"c"}]}|{"a":[1]}|{"a":[1]}
            ["a","b"]|["c","d"]|["c","d"]
            {"e":null}|{"a":1}|{"e":null,"a":1}
            [1,2]|{"a":"b","c":null}|{"a":"b"}
            {}|{"a":{"bb":{"ccc":null}}}|{"a":{"bb":{}}}
            {"n":12345678901234567890.10}|{"m":0.10}|{"n":12345678901234567890.10,"m":0.10}
            """)
    void patchIsMerged(String payload, String patch, String expected) {
        assertThat(MergePatch.of(Payload.of(patch)).apply(Payload.of(payload))).isEqualTo(Payload.of(expected));
    }
}
