package dev.millrace.scheduler;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cluster.NodeConfig;
import dev.millrace.cluster.Nodes;
import dev.millrace.monitor.NodeLog;
import dev.millrace.queue.Kept;
import dev.millrace.queue.Lease;
import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.QueueConfig.Retention;
import dev.millrace.queue.TaskOptions;
import dev.millrace.role.Role;
import dev.millrace.role.RoleContract;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.testing.StoreFixture;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The upkeep of a store. */
public interface ChoresContract extends StoreFixture, RoleContract {
    private Chores chores() {
        NodeConfig config = new NodeConfig() {
            @Override
            public Optional<String> name() {
                return Optional.empty();
            }

            @Override
            public Duration heartbeat() {
                return Duration.ofSeconds(5);
            }
        };
        return new Chores(List.of(
                new TidyQueues(storage().queues(), tasks(), clock()),
                new PruneQueues(storage().queues(), tasks(), clock()),
                new ForgetDeadNodes(new Nodes(storage().nodes(), clock(), config))));
    }

    @Override
    default Role newRole() {
        return new ChoreRunner(chores());
    }

    @Test
    default void whatIsDueBecomesReady() {
        TaskId due = accepted(aTask().dueAt(now().plusSeconds(10)));
        TaskId later = accepted(aTask().dueAt(now().plusSeconds(60)));
        clock().tickSeconds(10);
        chores().runDue();
        assertThat(stateOf(due)).isEqualTo(TaskState.READY);
        assertThat(stateOf(later)).isEqualTo(TaskState.SCHEDULED);
    }

    @Test
    default void expiredLeasesGoBack() {
        TaskId id = accepted(aTask());
        Lease lease = leaseOne();
        clock().set(lease.expiresAt().plusMillis(1));
        chores().runDue();
        assertThat(stateOf(id)).isEqualTo(TaskState.READY);
        assertThat(find(id).status().crashes()).isEqualTo(1);
    }

    @Test
    default void moreThanOneStepIsDoneAtOnce() {
        submitMany(3 * TidyQueues.STEP, aTask().dueAt(now().plusSeconds(10)));
        clock().tickSeconds(10);
        chores().runDue();
        assertThat(count(TaskState.READY)).isEqualTo(3 * TidyQueues.STEP);
    }

    @Test
    default void whatIsPastItsRetentionIsRemoved() {
        TaskId id = accepted(aTask().keptFor(Duration.ofMinutes(1)));
        succeed(leaseOne());
        clock().tick(Duration.ofHours(2));
        chores().runDue();
        assertThat(exists(id)).isFalse();
    }

    /** Nobody asks a doctor each hour, and what goes for want of room is gone. */
    @Test
    default void deadLettersNearTheirBoundAreSaidInTheLogOnceEachTime() {
        PruneQueues chore = new PruneQueues(storage().queues(), tasks(), clock());
        NodeLog log = new NodeLog();
        log.start();
        try {
            for (long said : List.of(0L, 0L, 0L, 0L, 1L)) {
                accepted(aTask());
                bury(leaseOne());
                assertThat(warningsAfter(chore, 5, log)).isEqualTo(said);
            }
            assertThat(warningsAfter(chore, 5, log)).isEqualTo(1);
            assertThat(warningsAfter(chore, 10, log)).isEqualTo(1);
            assertThat(warningsAfter(chore, 5, log)).isEqualTo(2);
        } finally {
            log.stop(Duration.ZERO);
        }
    }

    private long warningsAfter(PruneQueues chore, long most, NodeLog log) {
        Retention usual = Retention.DEFAULT;
        Kept dead = new Kept(usual.dead().age(), most, null);
        Retention retention = Retention.alike(usual.succeeded(), dead, usual.dedupe());
        storage().queues().configure(queue(), new QueueConfig(null, TaskOptions.NONE, retention));
        chore.runOnce();
        return log.after(0).stream()
                .filter(line -> line.level().equals("WARN"))
                .filter(line -> line.message().startsWith("Queue " + queue() + " keeps"))
                .count();
    }

    @Test
    default void everyChoreReportsWhatItDid() {
        List<ChoreReport> reports = chores().runDue();
        assertThat(reports)
                .extracting(ChoreReport::chore)
                .containsExactly("tidy-queues", "prune-queues", "forget-dead-nodes");
        assertThat(reports).extracting(ChoreReport::failure).containsOnlyNulls();
    }
}
