package dev.millrace.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.queue.Verdict;
import dev.millrace.task.Cause;
import dev.millrace.task.Details;
import dev.millrace.task.MillraceException;
import dev.millrace.task.Status;
import dev.millrace.task.Task;
import dev.millrace.task.TaskError;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskSpec;
import dev.millrace.testing.TaskBuilder;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LabelTallyTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private record Settings(Optional<String> label, int labelValues) implements MetricsConfig {
        @Override
        public int queues() {
            return 1;
        }

        @Override
        public int types() {
            return 1;
        }
    }

    private LabelTally by(String label, int values) {
        return new LabelTally(new Settings(Optional.ofNullable(label), values), registry);
    }

    private static Task in(String queue, TaskBuilder task) {
        TaskSpec spec = task.build(NOON).spec();
        return new Task(new TaskId("t"), queue, spec, Status.submitted(spec), Details.NONE);
    }

    private static Task of(String tenant) {
        return in("mail", TaskBuilder.aTask().labelled("tenant", tenant));
    }

    private double submitted(String queue, String value) {
        Counter counter = registry.find("millrace.labelled.tasks.submitted")
                .tags("queue", queue, "label", "tenant", "value", value)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    private double ended(String value, String outcome) {
        Counter counter = registry.find("millrace.labelled.task.outcomes")
                .tags("queue", "mail", "label", "tenant", "value", value, "outcome", outcome)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    @Test
    void tasksAreCountedByQueueAndTheValueOfTheLabel() {
        LabelTally tally = by("tenant", 10);
        tally.accepted(of("acme"));
        tally.accepted(of("acme"));
        tally.accepted(of("other-shop"));
        tally.accepted(in("second", TaskBuilder.aTask().labelled("tenant", "acme")));

        assertThat(submitted("mail", "acme")).isEqualTo(2);
        assertThat(submitted("mail", "other-shop")).isEqualTo(1);
        assertThat(submitted("other", "acme")).as("queues are bounded too").isEqualTo(1);
    }

    @Test
    void tasksWithoutTheLabelAreCountedTogether() {
        LabelTally tally = by("tenant", 10);
        tally.accepted(in("mail", TaskBuilder.aTask()));
        tally.accepted(in("mail", TaskBuilder.aTask().labelled("colour", "red")));

        assertThat(submitted("mail", "none")).isEqualTo(2);
    }

    @Test
    void valuesBeyondTheBoundAreOtherTogether() {
        LabelTally tally = by("tenant", 2);
        for (int i = 0; i < 50; i++) {
            tally.accepted(of("tenant-" + i));
        }
        tally.accepted(of("tenant-1"));

        assertThat(registry.find("millrace.labelled.tasks.submitted").counters())
                .hasSize(3);
        assertThat(submitted("mail", "other")).isEqualTo(48);
        assertThat(submitted("mail", "tenant-1")).isEqualTo(2);
    }

    @Test
    void attemptsAreCountedByHowTheyEnded() {
        LabelTally tally = by("tenant", 10);
        TaskError error = new TaskError("Boom", "");
        tally.ended(of("acme"), new Verdict.Succeed(null));
        tally.ended(of("acme"), new Verdict.RetryAt(NOON, error, Cause.FAILED));
        tally.ended(of("acme"), new Verdict.Bury(error, Cause.FAILED));
        tally.ended(of("acme"), new Verdict.Release(null, null));

        for (String outcome : new String[] {"succeeded", "failed", "dead", "released"}) {
            assertThat(ended("acme", outcome)).as(outcome).isEqualTo(1);
        }
    }

    @Test
    void nothingIsCountedUntilALabelIsNamed() {
        LabelTally tally = by(null, 10);
        tally.accepted(of("acme"));
        tally.ended(of("acme"), new Verdict.Succeed(null));

        assertThat(tally.listens()).isFalse();
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void moreValuesThanMetricsCanBearAreRefused() {
        assertThatThrownBy(() -> by("tenant", 1001))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("millrace.metrics.label-values must be 0 to 1000");
    }
}
