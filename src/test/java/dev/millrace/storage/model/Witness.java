package dev.millrace.storage.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Change;
import dev.millrace.queue.Changed;
import dev.millrace.queue.Lease;
import dev.millrace.queue.Settled;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.Verdict;
import dev.millrace.task.NewTask;
import dev.millrace.task.TaskId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Knows only what a store's callers were told, and what is promised to them whatever the store and its model are. */
final class Witness {
    private final Map<TaskId, Seen> tasks = new HashMap<>();

    /** One task, by the id that the store made. */
    private static final class Seen {
        private final NewTask submitted;
        private Instant notBefore;
        private Instant heldUntil;
        private int generation;
        private int failures;
        private boolean over;

        private Seen(NewTask submitted) {
            this.submitted = submitted;
            this.notBefore = submitted.spec().timing().runAt();
        }
    }

    void accepted(TaskId serverId, NewTask task) {
        tasks.putIfAbsent(serverId, new Seen(task));
    }

    void leased(Lease lease, Instant now) {
        Seen task = tasks.get(lease.token().task());
        assertThat(task).as("I2: %s was never submitted", lease.token()).isNotNull();
        assertThat(task.over).as("I1: %s runs after its end", lease.token()).isFalse();
        assertThat(lease.token().generation()).as("I3: generations only grow").isGreaterThan(task.generation);
        assertThat(task.heldUntil == null || !task.heldUntil.isAfter(now))
                .as("I3: %s is held until %s", lease.token(), task.heldUntil)
                .isTrue();
        assertThat(task.notBefore == null || !task.notBefore.isAfter(now))
                .as("I6: %s runs before %s", lease.token(), task.notBefore)
                .isTrue();
        assertThat(lease.task().status().attempts())
                .as("I5: only failures use up attempts")
                .isEqualTo(task.failures + 1)
                .isLessThanOrEqualTo(task.submitted.spec().retry().maxAttempts());
        task.generation = lease.token().generation();
        task.heldUntil = lease.expiresAt();
    }

    void extended(TaskId serverId, Instant until) {
        tasks.get(serverId).heldUntil = until;
    }

    void settled(Settlement settlement, Settled answer) {
        if (answer.result() != Settled.Result.DONE) {
            return;
        }
        Seen task = tasks.get(settlement.token().task());
        assertThat(settlement.token().generation())
                .as("I3: the fence of %s", settlement.token())
                .isEqualTo(task.generation);
        assertThat(task.over).as("I1: %s ends twice", settlement.token()).isFalse();
        task.heldUntil = null;
        switch (settlement.verdict()) {
            case Verdict.Succeed v -> task.over = true;
            case Verdict.Bury v -> task.over = true;
            case Verdict.RetryAt v -> {
                task.failures++;
                task.notBefore = v.runAt();
            }
            case Verdict.Release v -> task.notBefore = v.runAt();
        }
    }

    void changed(TaskId serverId, Change change, Changed answer) {
        if (answer.result() != Changed.Result.DONE) {
            return;
        }
        Seen task = tasks.get(serverId);
        switch (change) {
            case Change.Cancel c -> {
                task.over = true;
                task.heldUntil = null;
            }
            case Change.Delete c -> task.over = true;
            case Change.RunNow c -> task.notBefore = null;
            case Change.Retry c -> {
                task.over = false;
                task.heldUntil = null;
                task.failures = 0;
                task.notBefore = null;
            }
        }
    }
}
