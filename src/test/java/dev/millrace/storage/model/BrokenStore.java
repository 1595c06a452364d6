package dev.millrace.storage.model;

import dev.millrace.queue.Batch;
import dev.millrace.queue.Change;
import dev.millrace.queue.Changed;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseToken;
import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.QueueSnapshot;
import dev.millrace.queue.QueueStore;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.TaskStore;
import dev.millrace.storage.Storage;
import dev.millrace.task.BatchId;
import dev.millrace.task.NewTask;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A real store with one promise broken, as a mistake in it would. */
final class BrokenStore implements Nodes {
    /** What is broken. */
    enum Promise {
        /** Nothing: as a check of this class. */
        NONE,
        /** Whoever held a lease of a task ends it, whoever holds it now. */
        FENCE,
        /** A batch that comes again is added again. */
        BATCHES,
        /** A key that was used before is forgotten. */
        KEYS,
        /** A cancelled task is still counted as ready. */
        COUNTERS,
        /** A lease takes nothing from the bucket of a queue with a limit. */
        RATE
    }

    private final Nodes real;
    private final Promise broken;
    private final Map<TaskId, Integer> generations = new HashMap<>();
    private final Set<BatchId> came = new HashSet<>();
    private final Random random = new Random(1);
    private long cancelled;

    BrokenStore(Nodes real, Promise broken) {
        this.real = real;
        this.broken = broken;
    }

    @Override
    public Storage node(int number) {
        Storage r = real.node(number);
        return new Storage(
                before(TaskStore.class, r.tasks()),
                before(QueueStore.class, r.queues()),
                r.wakeups(),
                r.series(),
                r.nodes(),
                r.destinations(),
                r.accounts(),
                r.logs(),
                r.check(),
                r.backup(),
                r.standstill(),
                r.clock(),
                r.secret(),
                r.closer());
    }

    private <T> T before(Class<T> port, T store) {
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (self, method, args) -> {
            try {
                return answer(method.getName(), method.invoke(store, arguments(method.getName(), args)), args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    private Object[] arguments(String call, Object[] args) {
        Object[] changed = args == null ? null : args.clone();
        switch (call) {
            case "settle" ->
                changed[0] = all(args[0], Settlement.class).stream()
                        .map(this::settled)
                        .toList();
            case "submit" ->
                changed[0] = all(args[0], Batch.class).stream()
                        .map(batch -> submitted(batch, (Instant) args[1]))
                        .toList();
            case "configure" -> changed[1] = configured((QueueConfig) args[1]);
            default -> {}
        }
        return changed;
    }

    private Settlement settled(Settlement one) {
        TaskId task = one.token().task();
        return broken == Promise.FENCE
                ? new Settlement(new LeaseToken(task, generations.get(task)), one.verdict())
                : one;
    }

    private Batch submitted(Batch batch, Instant now) {
        BatchId id = broken == Promise.BATCHES && !came.add(batch.id())
                ? BatchId.make(now, batch.id().queueNumber(), random)
                : batch.id();
        List<NewTask> tasks = broken == Promise.KEYS
                ? batch.tasks().stream()
                        .map(task -> new NewTask(task.name(), null, task.spec()))
                        .toList()
                : batch.tasks();
        return new Batch(id, batch.queue(), tasks);
    }

    private QueueConfig configured(QueueConfig config) {
        return broken == Promise.RATE ? config.withRate(null) : config;
    }

    private Object answer(String call, Object told, Object[] args) {
        if (call.equals("lease")) {
            all(told, Lease.class)
                    .forEach(lease ->
                            generations.put(lease.token().task(), lease.token().generation()));
        }
        if (call.equals("change")) {
            List<Change> changes = all(args[0], Change.class);
            List<Changed> results = all(told, Changed.class);
            for (int i = 0; i < changes.size(); i++) {
                boolean done = results.get(i).result() == Changed.Result.DONE;
                cancelled += done && changes.get(i) instanceof Change.Cancel ? 1 : 0;
            }
        }
        return told instanceof Optional<?> found && broken == Promise.COUNTERS
                ? found.map(one -> one instanceof QueueSnapshot snapshot ? counted(snapshot) : one)
                : told;
    }

    private QueueSnapshot counted(QueueSnapshot s) {
        Map<TaskState, Long> counts = new EnumMap<>(TaskState.class);
        counts.putAll(s.counts());
        counts.merge(TaskState.READY, cancelled, Long::sum);
        return new QueueSnapshot(
                s.name(),
                s.number(),
                s.paused(),
                counts,
                s.due(),
                s.oldestReadyAt(),
                s.nextDueAt(),
                s.waitingBytes(),
                s.endedBytes(),
                s.bucketFull(),
                s.lastUsedAt(),
                s.config(),
                s.usual());
    }

    private static <T> List<T> all(Object list, Class<T> type) {
        return ((List<?>) list).stream().map(type::cast).toList();
    }

    @Override
    public void restart(int number) {
        real.restart(number);
    }

    @Override
    public int count() {
        return real.count();
    }

    @Override
    public void checkLayout(Set<String> queues) {
        real.checkLayout(queues);
    }
}
