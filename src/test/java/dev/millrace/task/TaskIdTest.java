package dev.millrace.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskIdTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "Z", "0", "_", "-", "order-42_Receipt"})
    void lettersDigitsDashAndUnderscoreAreAnId(String text) {
        assertThat(new TaskId(text)).hasToString(text);
        assertThat(TaskId.isValid(text.repeat(64).substring(0, 64))).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "a b", "a/b", "a.b", "ü", "a\n", "\na", "a\u0000"})
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new TaskId(text));
        assertThat(TaskId.isValid("a".repeat(65))).isFalse();
    }
}
