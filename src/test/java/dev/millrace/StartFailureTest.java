package dev.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import java.net.BindException;
import org.junit.jupiter.api.Test;

class StartFailureTest {
    @Test
    void unknownSettingIsNamedWithItsFile() {
        assertThat(StartFailure.sentence("SRCFG00050: millrace.colour in "
                        + "YamlConfigSource[source=file:/etc/my.yaml]:2 does not map to any root"))
                .isEqualTo("There is no setting 'millrace.colour' (found in /etc/my.yaml)."
                        + " Settings are listed in docs/configuration.md.");
    }

    @Test
    void badValueIsNamed() {
        assertThat(
                        StartFailure.sentence(
                                "java.lang.IllegalArgumentException: SRCFG00039: The config property millrace.drain"
                                        + " with the config value \"soon\" threw an Exception whilst being converted DateTimeParse"))
                .startsWith("The setting 'millrace.drain' cannot be 'soon'.");
    }

    @Test
    void refusalDeepInsideIsFound() {
        Throwable failure = new RuntimeException(
                "Failed to start quarkus",
                new IllegalStateException(new MillraceException(ErrorCode.STORE_UNAVAILABLE, "In use by process 7.")));
        assertThat(StartFailure.sentences(failure)).containsExactly("In use by process 7.");
    }

    @Test
    void takenPortSaysWhatToDo() {
        assertThat(StartFailure.sentences(new BindException("127.0.0.1:8080")))
                .singleElement()
                .asString()
                .contains("127.0.0.1:8080", "--port");
    }

    @Test
    void processThatIsToldToEndWhileItStartsHasNotFailed() {
        RuntimeException failure =
                new RuntimeException("Failed to start quarkus", new IllegalStateException("Shutdown in progress"));
        assertThat(StartFailure.isToldToEnd(failure)).isTrue();
        assertThat(StartFailure.isToldToEnd(new IllegalStateException(new BindException("127.0.0.1:8080"))))
                .isFalse();
    }

    @Test
    void whatNobodyExpectedHasNoSentence() {
        assertThat(StartFailure.sentences(new NullPointerException("x"))).isEmpty();
    }
}
