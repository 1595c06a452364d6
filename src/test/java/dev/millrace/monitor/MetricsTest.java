package dev.millrace.monitor;

import static dev.millrace.storage.UnsteadyStorage.OUTAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Lanes;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.Submissions;
import dev.millrace.queue.TaskDraft;
import dev.millrace.queue.TaskOptions;
import dev.millrace.queue.TaskStore;
import dev.millrace.queue.Verdict;
import dev.millrace.storage.UnsteadyStorage;
import dev.millrace.task.Marks;
import dev.millrace.task.Payload;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(UnsteadyStorage.Profile.class)
class MetricsTest {
    private static final String QUEUE = "metrics-mail";
    private static final long LOOK_NANOS = 100_000_000;

    @Inject
    Submissions submissions;

    @Inject
    TaskStore tasks;

    @Inject
    InstantSource clock;

    @Test
    void whatHappenedToTasksIsShown() {
        submissions.submitAll(QUEUE, Collections.nCopies(3, draft()));
        Lease lease = tasks.lease(
                        new LeaseRequest(QUEUE, 1, Duration.ofSeconds(30), "worker-1", Lanes.ALL_TYPES),
                        clock.instant())
                .getFirst();
        tasks.settle(List.of(new Settlement(lease.token(), new Verdict.Succeed(null))), clock.instant());

        String shown = awaitLine("millrace_task_outcomes_total{type=\"metrics.send\",outcome=\"succeeded\",} 1.0");

        assertThat(shown.lines())
                .contains(
                        "millrace_queue_tasks{queue=\"metrics-mail\",state=\"ready\",} 2.0",
                        "millrace_queue_tasks{queue=\"metrics-mail\",state=\"succeeded\",} 1.0",
                        "millrace_tasks_submitted_total{queue=\"metrics-mail\",} 3.0",
                        "millrace_tasks_started_total{queue=\"metrics-mail\",} 1.0",
                        "millrace_leases_lost_total{queue=\"metrics-mail\",} 0.0",
                        "millrace_task_wait_seconds_count{queue=\"metrics-mail\",} 1.0",
                        "millrace_task_run_seconds_count{queue=\"metrics-mail\",} 1.0",
                        "millrace_store_breaker_state{state=\"closed\",} 1.0");
        assertThat(shown)
                .contains("millrace_log_lines_total{level=\"warn\",}")
                .contains("millrace_log_lines_total{level=\"error\",}");
        assertThat(shown)
                .contains("millrace_queue_oldest_ready_age_seconds{queue=\"metrics-mail\",}")
                .contains("millrace_task_run_seconds_bucket{queue=\"metrics-mail\",le=\"0.001\",}")
                .contains("millrace_store_latency_seconds_count{operation=\"submit\",}")
                .contains("millrace_store_failures_total{operation=\"submit\",}");
    }

    @Test
    void queuesThatCannotBeReadTakeNothingElseFromTheMetricsAndTheErrorIsCounted() {
        submissions.submitAll("metrics-broken", List.of(draft()));
        String gauge = "millrace_queue_tasks{queue=\"metrics-broken\",state=\"ready\",} 1.0";
        String before = awaitLine(gauge);

        OUTAGE.breakNext("findAll");
        String without = await(shown -> !shown.contains("millrace_queue_tasks{"));

        assertThat(without).doesNotContain(gauge).contains("millrace_store_latency_seconds_count");
        assertThat(errors(await(shown -> errors(shown) > errors(before)))).isGreaterThan(errors(before));
        awaitLine(gauge);
    }

    private static double errors(String shown) {
        String line = "millrace_log_lines_total{level=\"error\",} ";
        return shown.lines()
                .filter(one -> one.startsWith(line))
                .mapToDouble(one -> Double.parseDouble(one.substring(line.length())))
                .sum();
    }

    private static String awaitLine(String line) {
        String shown = await(all -> all.lines().anyMatch(line::equals));
        assertThat(shown.lines()).contains(line);
        return shown;
    }

    /** Figures are good for two seconds. */
    private static String await(Predicate<String> wanted) {
        String shown = metrics();
        for (int i = 0; i < 100 && !wanted.test(shown); i++) {
            LockSupport.parkNanos(LOOK_NANOS);
            shown = metrics();
        }
        return shown;
    }

    private static String metrics() {
        return RestAssured.given().accept("text/plain").get("/q/metrics").asString();
    }

    private static TaskDraft draft() {
        TaskDraft.Sender sender = new TaskDraft.Sender(null, null, null, 0, false);
        return new TaskDraft(
                "metrics.send", null, Payload.NULL, null, null, null, TaskOptions.NONE, null, Marks.NONE, sender);
    }
}
