package dev.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.dashboard.JsonCheck.Checked;
import dev.millrace.task.Payload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCheckTest {
    private static final int LIMIT = 1000;

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": 1.10e5, \"b\": [true, null, \"x\\u00e9\"]}", "1", "\"text\"", "[]", "-0.0"})
    void validJsonIsKeptAsItWasTyped(String text) {
        assertThat(JsonCheck.check("\n  " + text + "\n", LIMIT)).isEqualTo(new Checked.Fine(Payload.of(text)));
    }

    @Test
    void nothingIsNull() {
        assertThat(JsonCheck.check("  \n", LIMIT)).isEqualTo(new Checked.Fine(Payload.NULL));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"a": 1,\\n "b" 2}|2|6
            {"a": 1,\\n "b": tru}|2|7
            \\n\\n[1, 2,,]|3|8
            {"a": 1} x|1|10
            {"a": 1, "a": 2}|1|15
            [01]|1|3
            """)
    void faultIsToldWithLineAndColumn(String text, int line, int column) {
        Checked checked = JsonCheck.check(text.replace("\\n", "\n"), LIMIT);

        assertThat(checked).isInstanceOf(Checked.Wrong.class);
        Checked.Wrong wrong = (Checked.Wrong) checked;
        assertThat(wrong.line()).as(wrong.sentence()).isEqualTo(line);
        assertThat(wrong.column()).as(wrong.sentence()).isBetween(column - 2, column + 1);
        assertThat(wrong.sentence()).startsWith("Line " + line + ", column ").doesNotContain("\n", "Source", "(for");
    }

    @Test
    void whatTheApiWouldRefuseIsRefused() {
        assertThat(JsonCheck.check("\"" + "x".repeat(LIMIT) + "\"", LIMIT)).isInstanceOf(Checked.Wrong.class);
        assertThat(JsonCheck.check("[".repeat(65) + "]".repeat(65), LIMIT)).isInstanceOf(Checked.Wrong.class);
        assertThat(JsonCheck.check("[".repeat(64) + "]".repeat(64), LIMIT)).isInstanceOf(Checked.Fine.class);
        assertThat(JsonCheck.check("\"\\ud800\"", LIMIT)).isInstanceOf(Checked.Wrong.class);
        assertThat(JsonCheck.check("1".repeat(1001), 2000)).isInstanceOf(Checked.Wrong.class);
        assertThat(JsonCheck.check("NaN", LIMIT)).isInstanceOf(Checked.Wrong.class);
    }
}
