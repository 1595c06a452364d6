package dev.millrace.queue;

import dev.millrace.task.Marks;
import dev.millrace.task.Payload;
import dev.millrace.testing.StoreFixture;
import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The doors of the queue room on a real store. */
interface Doors extends StoreFixture {
    Duration PATIENCE = Duration.ofSeconds(15);

    /** Payloads of 1 KiB at most. */
    PayloadConfig PAYLOADS = () -> new MemorySize(BigInteger.valueOf(1024));

    default KnownQueues known() {
        return new KnownQueues(storage().queues(), clock());
    }

    default Submissions submissions() {
        return new Submissions(tasks(), known(), clock(), TaskTally.DEAF);
    }

    default Tasks doorOfTasks() {
        MergedList merged = new MergedList(tasks(), storage().queues(), clock());
        return new Tasks(tasks(), merged, new Ends(tasks(), storage().wakeups()), clock(), PAYLOADS);
    }

    default LeaseDesk desk() {
        return new LeaseDesk(tasks(), storage().wakeups(), clock());
    }

    default LeaseCall call(int max, Duration patience, String... types) {
        return new LeaseCall(List.of(queue()), max, LEASE, patience, "puller", Lanes.ofTypes(Set.of(types)));
    }

    static TaskDraft draft(String type, TaskOptions options, boolean awaited) {
        TaskDraft.Sender sender = new TaskDraft.Sender(null, null, null, 1, awaited);
        return new TaskDraft(type, null, Payload.of("{}"), null, null, null, options, null, Marks.NONE, sender);
    }

    /** One with what an {@code Idempotency-Key} comes down to. */
    static TaskDraft keyed(String key, long fingerprint) {
        TaskDraft.Sender sender = new TaskDraft.Sender(null, key, null, fingerprint, false);
        return new TaskDraft("t", null, Payload.of("{}"), null, null, null, TaskOptions.NONE, null, Marks.NONE, sender);
    }

    static <T> T get(java.util.concurrent.CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
