package dev.millrace.monitor;

import dev.millrace.queue.TaskTally;
import dev.millrace.queue.Verdict;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.Task;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts tasks by the value of one of their labels: what this process accepted, and how attempts ended that were settled
 * here. Counters of this process, to be summed over processes.
 */
@Singleton
class LabelTally implements TaskTally {
    static final String SUBMITTED = "millrace.labelled.tasks.submitted";
    static final String OUTCOMES = "millrace.labelled.task.outcomes";
    /** The value of tasks that do not have the label. */
    static final String NONE = "none";

    private static final int MOST_VALUES = 1000;

    /** Null when nothing is counted. */
    private final String label;

    private final Labels queues;
    private final Labels values;
    private final MeterRegistry registry;
    private final Map<Line, Counter> counters = new ConcurrentHashMap<>();

    /** @throws MillraceException when more values are to be counted than may be */
    LabelTally(MetricsConfig config, MeterRegistry registry) {
        if (config.labelValues() < 0 || config.labelValues() > MOST_VALUES) {
            throw new MillraceException(
                    ErrorCode.INVALID_REQUEST, "millrace.metrics.label-values must be 0 to " + MOST_VALUES + ".");
        }
        this.label = config.label().orElse(null);
        this.queues = new Labels(config.queues());
        this.values = new Labels(config.labelValues());
        this.registry = registry;
    }

    /**
     * A time series.
     *
     * @param outcome null for submissions
     */
    private record Line(String queue, String value, String outcome) {}

    @Override
    public boolean listens() {
        return label != null;
    }

    @Override
    public void accepted(Task task) {
        count(task, null);
    }

    @Override
    public void ended(Task task, Verdict verdict) {
        count(task, outcome(verdict));
    }

    /** In the words of the store's minutes. */
    private static String outcome(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Succeed succeed -> "succeeded";
            case Verdict.RetryAt retry -> "failed";
            case Verdict.Bury bury -> "dead";
            case Verdict.Release release -> "released";
        };
    }

    private void count(Task task, String outcome) {
        if (label == null) {
            return;
        }
        String value = task.spec().marks().labels().get(label);
        Line line = new Line(queues.of(task.queue()), value == null ? NONE : values.of(value), outcome);
        counters.computeIfAbsent(line, this::register).increment();
    }

    private Counter register(Line line) {
        Counter.Builder counter = line.outcome() == null
                ? Counter.builder(SUBMITTED).description("Tasks accepted by this process, by the value of their label")
                : Counter.builder(OUTCOMES)
                        .description("How attempts ended that were settled by this process, by the value of the label")
                        .tag("outcome", line.outcome());
        return counter.tag("queue", line.queue())
                .tag("label", label)
                .tag("value", line.value())
                .register(registry);
    }
}
