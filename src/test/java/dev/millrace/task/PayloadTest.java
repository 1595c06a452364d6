package dev.millrace.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PayloadTest {
    @Test
    void textIsFoundWhateverItsCase() {
        Payload payload = Payload.of("{\"to\":\"Zoë@Example.org\"}");

        assertThat(payload.contains("zoë@example")).isTrue();
        assertThat(payload.contains("ORG\"}")).isTrue();
        assertThat(payload.contains("{")).isTrue();
        assertThat(payload.contains("zoe")).isFalse();
        assertThat(payload.contains("ZOË")).as("other letters as they are").isFalse();
        assertThat(payload.contains("}}")).isFalse();
        assertThat(Payload.of("1").contains("12")).isFalse();
    }
}
