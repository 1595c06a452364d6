package dev.millrace.queue.contract;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Lanes;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.Report;
import dev.millrace.queue.Settled;
import dev.millrace.task.LogLine;
import dev.millrace.task.Progress;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.testing.StoreFixture;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a running attempt tells of itself. */
public interface ReportContract extends StoreFixture {
    @Test
    default void progressIsShown() {
        TaskId id = accepted(aTask().named(own("long")));
        Lease lease = leaseOne();

        assertThat(report(lease, new Progress(40, "half ∕ way \"\\\u0000")))
                .isEqualTo(new Settled(Settled.Result.DONE, id, TaskState.RUNNING, 1));

        assertThat(find(id).details().progress()).isEqualTo(new Progress(40, "half ∕ way \"\\\u0000"));
        report(lease, new Progress(null, "no number"));
        assertThat(find(id).details().progress()).isEqualTo(new Progress(null, "no number"));
        report(lease, new Progress(100, null));
        assertThat(find(id).details().progress()).isEqualTo(new Progress(100, null));
    }

    @Test
    default void reportWithoutProgressLeavesItAsItIs() {
        TaskId id = accepted(aTask());
        Lease lease = leaseOne();
        report(lease, new Progress(0, ""));
        report(lease, null, "a line");

        assertThat(find(id).details().progress()).isEqualTo(new Progress(0, ""));
    }

    @Test
    default void linesAreKeptWithTimeAndAttempt() {
        TaskId id = accepted(aTask());
        Lease first = leaseOne();
        report(first, null, "one", "two");
        clock().tickSeconds(1);
        report(first, null, "three");
        retryAt(first, now());
        report(leaseOne(), null, "four");

        assertThat(find(id).details().log())
                .containsExactly(
                        new LogLine(now().minusSeconds(1), 1, "one"),
                        new LogLine(now().minusSeconds(1), 1, "two"),
                        new LogLine(now(), 1, "three"),
                        new LogLine(now(), 2, "four"));
    }

    @Test
    default void onlyTheLastLinesAreKept() {
        TaskId id = accepted(aTask());
        Lease lease = leaseOne();
        for (int i = 0; i < 15; i++) {
            int from = i * 10;
            report(
                    lease,
                    null,
                    IntStream.range(from, from + 10).mapToObj(n -> "line " + n).toArray(String[]::new));
        }
        assertThat(lines(id))
                .isEqualTo(IntStream.range(50, 150).mapToObj(n -> "line " + n).toList());

        report(lease, null, IntStream.range(0, 250).mapToObj(n -> "more " + n).toArray(String[]::new));
        assertThat(lines(id))
                .hasSize(LogLine.LIMIT)
                .isEqualTo(IntStream.range(150, 250).mapToObj(n -> "more " + n).toList());
    }

    @Test
    default void reportThatIsSentAgainAddsNothing() {
        TaskId id = accepted(aTask());
        Lease lease = leaseOne();
        Report first = new Report(lease.token(), new Progress(1, null), List.of("one", "two", "x".repeat(2000)));
        Instant then = now();
        tasks().report(List.of(first), then);
        clock().tickSeconds(1);
        report(lease, null, "three");

        tasks().report(List.of(first), then);

        assertThat(lines(id)).containsExactly("one", "two", "x".repeat(LogLine.MAX_LENGTH), "three");
        report(lease, null, "one", "two");
        assertThat(lines(id)).as("the same words at another time").hasSize(6);
    }

    @Test
    default void longLinesAreCut() {
        TaskId id = accepted(aTask());
        report(leaseOne(), null, "x".repeat(LogLine.MAX_LENGTH), "ü".repeat(5000), "");

        assertThat(lines(id)).containsExactly("x".repeat(LogLine.MAX_LENGTH), "ü".repeat(LogLine.MAX_LENGTH), "");
    }

    @Test
    default void cutDoesNotTearACharacterApart() {
        TaskId id = accepted(aTask());
        report(leaseOne(), null, "x" + "😀".repeat(LogLine.MAX_LENGTH));

        assertThat(lines(id)).containsExactly("x" + "😀".repeat(LogLine.MAX_LENGTH / 2 - 1));
    }

    @Test
    default void progressAndLogOutliveTheEnd() {
        TaskId id = accepted(aTask());
        Lease lease = leaseOne();
        report(lease, new Progress(99, "nearly"), "a line");
        succeed(lease);

        assertThat(find(id).details().progress()).isEqualTo(new Progress(99, "nearly"));
        assertThat(lines(id)).containsExactly("a line");
    }

    @Test
    default void reportsOfManyQueuesAreAnsweredInOrder() {
        String other = scene().newQueue();
        TaskId there = acceptedIn(other, aTask());
        TaskId here = accepted(aTask());
        Lease first = tasks().lease(new LeaseRequest(other, 1, LEASE, "w", Lanes.ALL_TYPES), now())
                .getFirst();
        Lease second = leaseOne();
        List<Report> reports = List.of(
                new Report(first.token(), new Progress(1, null), List.of()),
                new Report(second.token(), new Progress(2, null), List.of()));

        assertThat(tasks().report(reports, now())).extracting(Settled::id).containsExactly(there, here);
        assertThat(find(there).details().progress().percent()).isEqualTo(1);
        assertThat(find(here).details().progress().percent()).isEqualTo(2);
    }

    @Test
    default void reportChangesTheRevision() {
        TaskId id = accepted(aTask());
        Lease lease = leaseOne();
        long before = find(id).status().revision();
        report(lease, new Progress(1, null));

        assertThat(find(id).status().revision()).isGreaterThan(before);
    }

    private Settled report(Lease lease, Progress progress, String... lines) {
        return tasks().report(List.of(new Report(lease.token(), progress, List.of(lines))), now())
                .getFirst();
    }

    private List<String> lines(TaskId id) {
        return find(id).details().log().stream().map(LogLine::line).toList();
    }
}
