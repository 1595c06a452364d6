package dev.millrace.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LabelsTest {
    private final Labels labels = new Labels(2);

    @Test
    void theFirstNamesAreThemselvesAndTheRestIsOther() {
        assertThat(labels.of("a")).isEqualTo("a");
        assertThat(labels.of("b")).isEqualTo("b");
        assertThat(labels.of("c")).isEqualTo("other");
    }

    @Test
    void aNameKeepsItsLabel() {
        labels.of("a");
        labels.of("b");
        labels.of("c");

        assertThat(labels.of("a")).isEqualTo("a");
        assertThat(labels.of("c")).isEqualTo("other");
    }
}
