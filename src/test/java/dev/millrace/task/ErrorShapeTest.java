package dev.millrace.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrorShapeTest {
    @Test
    void numbersIdsAndQuotedPartsDoNotTellGroupsApart() {
        assertSame("timeout after 30 ms", "timeout after 4500 ms");
        assertSame("no user \"ada\" in 'x'", "no user \"bob\" in 'y'");
        assertSame("at 0x7fff12", "at 0xdead");
        assertSame(
                "task 4bf92f35-77b3-4da6-a3ce-929d0e0e4736 is gone",
                "task 00f067aa-0ba9-02b7-1111-222233334444 is gone");
    }

    @Test
    void wordsTellGroupsApart() {
        assertThat(shape("t", "E", "no route")).isNotEqualTo(shape("t", "E", "no host"));
        assertThat(shape("t", "E", "x")).isNotEqualTo(shape("t", "F", "x"));
        assertThat(shape("t", "E", "x")).isNotEqualTo(shape("u", "E", "x"));
    }

    @Test
    void fingerprintIsSixteenHexDigits() {
        assertThat(shape("t", "E", "")).matches("[0-9a-f]{16}");
        assertThat(shape("t", "E", "x".repeat(4096))).matches("[0-9a-f]{16}");
    }

    @Test
    void messageThatIsHardToMatchTakesNoTime() {
        String hard = "\"'0xabcdef-".repeat(400);
        long start = System.nanoTime();
        for (int i = 0; i < 1_000; i++) {
            shape("t", "E", hard);
        }
        assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
    }

    private static void assertSame(String first, String second) {
        assertThat(shape("t", "E", first)).isEqualTo(shape("t", "E", second));
    }

    private static String shape(String taskType, String errorType, String message) {
        return ErrorShape.fingerprint(taskType, new TaskError(errorType, message));
    }
}
