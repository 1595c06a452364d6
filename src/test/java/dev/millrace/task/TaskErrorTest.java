package dev.millrace.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TaskErrorTest {
    @Test
    void longTextsAreCut() {
        TaskError error = new TaskError("t".repeat(1000), "m".repeat(10_000));

        assertThat(error.type()).isEqualTo("t".repeat(TaskError.MAX_TYPE));
        assertThat(error.message()).isEqualTo("m".repeat(TaskError.MAX_MESSAGE));
    }

    @Test
    void textsThatFitAreLeftAlone() {
        assertThat(new TaskError("T", "m".repeat(TaskError.MAX_MESSAGE)).message())
                .hasSize(TaskError.MAX_MESSAGE);
    }

    @Test
    void cutDoesNotTearACharacterApart() {
        String message = new TaskError("T", "x" + "😀".repeat(TaskError.MAX_MESSAGE)).message();

        assertThat(message).isEqualTo("x" + "😀".repeat(TaskError.MAX_MESSAGE / 2 - 1));
    }

    @Test
    void missingPartsAreFilledIn() {
        assertThat(new TaskError(null, null)).isEqualTo(new TaskError("Error", ""));
        assertThat(new TaskError("  ", "m").type()).isEqualTo("Error");
    }
}
