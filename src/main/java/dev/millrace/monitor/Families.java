package dev.millrace.monitor;

import dev.millrace.task.TaskState;
import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The names and labels of the metrics that the store counts. */
final class Families {
    private static final List<String> QUEUE = List.of("queue");
    /** The powers of four of a millisecond are bounds, up to 17 minutes: enough to tell, few enough to keep. */
    private static final long LAST_BOUND = 1 << 20;

    private Families() {}

    static List<MetricFamilySamples> of(Figures figures, Totals totals) {
        return List.of(
                depth(figures),
                gauge("millrace_queue_oldest_ready_age_seconds", "Age of the longest ready task", figures),
                counter("millrace_tasks_submitted", "Tasks accepted", totals, queue -> queue.submitted),
                counter("millrace_tasks_started", "Leases given", totals, queue -> queue.started),
                counter(
                        "millrace_leases_lost",
                        "Leases that ended without an answer",
                        totals,
                        queue -> queue.leasesLost),
                outcomes(totals),
                histogram("millrace_task_wait_seconds", "From ready to start", totals, queue -> queue.waits),
                histogram(
                        "millrace_task_run_seconds", "From start to success or failure", totals, queue -> queue.runs));
    }

    private static MetricFamilySamples depth(Figures figures) {
        String name = "millrace_queue_tasks";
        List<Sample> samples = new ArrayList<>();
        figures.tasks().forEach((queue, states) -> {
            for (Map.Entry<TaskState, Long> state : states.entrySet()) {
                List<String> values = List.of(queue, state.getKey().wire());
                samples.add(new Sample(name, List.of("queue", "state"), values, state.getValue()));
            }
        });
        return new MetricFamilySamples(name, Collector.Type.GAUGE, "Tasks by queue and state", samples);
    }

    private static MetricFamilySamples gauge(String name, String help, Figures figures) {
        List<Sample> samples = new ArrayList<>();
        figures.oldestReadySeconds()
                .forEach((queue, seconds) -> samples.add(new Sample(name, QUEUE, List.of(queue), seconds)));
        return new MetricFamilySamples(name, Collector.Type.GAUGE, help, samples);
    }

    private static MetricFamilySamples counter(
            String name, String help, Totals totals, ToLongFunction<Totals.OfQueue> count) {
        List<Sample> samples = new ArrayList<>();
        totals.byQueue()
                .forEach((queue, of) ->
                        samples.add(new Sample(name + "_total", QUEUE, List.of(queue), count.applyAsLong(of))));
        return new MetricFamilySamples(name, Collector.Type.COUNTER, help, samples);
    }

    private static MetricFamilySamples outcomes(Totals totals) {
        String name = "millrace_task_outcomes";
        List<Sample> samples = new ArrayList<>();
        totals.endings().forEach((ending, count) -> {
            List<String> values = List.of(ending.type(), ending.outcome());
            samples.add(new Sample(name + "_total", List.of("type", "outcome"), values, count));
        });
        return new MetricFamilySamples(name, Collector.Type.COUNTER, "What runs and tasks came to, by type", samples);
    }

    private static MetricFamilySamples histogram(
            String name, String help, Totals totals, Function<Totals.OfQueue, long[]> counts) {
        List<Sample> samples = new ArrayList<>();
        totals.byQueue().forEach((queue, of) -> samples.addAll(buckets(name, queue, counts.apply(of))));
        return new MetricFamilySamples(
                name, Collector.Type.HISTOGRAM, help + "; the sum is estimated from the store's buckets", samples);
    }

    private static List<Sample> buckets(String name, String queue, long[] counts) {
        List<Sample> samples = new ArrayList<>();
        List<String> labels = List.of("queue", "le");
        long seen = 0;
        double seconds = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            seconds += counts[i] * middle(i);
            long millis = Buckets.bound(i);
            if (millis <= LAST_BOUND && Long.bitCount(millis) == 1 && Long.numberOfTrailingZeros(millis) % 2 == 0) {
                String bound = Collector.doubleToGoString(millis / 1000.0);
                samples.add(new Sample(name + "_bucket", labels, List.of(queue, bound), seen));
            }
        }
        samples.add(new Sample(name + "_bucket", labels, List.of(queue, "+Inf"), seen));
        samples.add(new Sample(name + "_count", QUEUE, List.of(queue), seen));
        samples.add(new Sample(name + "_sum", QUEUE, List.of(queue), seconds));
        return samples;
    }

    /** Seconds in the middle of a bucket. */
    private static double middle(int bucket) {
        return bucket == 0 ? 0.0005 : Buckets.middle(bucket) / 1000.0;
    }
}
