package dev.millrace.queue;

import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Who waits for which task to end: told by the store, and looking themselves each second in case a word was lost. */
@ApplicationScoped
class Ends {
    private static final Duration SAFETY_POLL = Duration.ofSeconds(1);

    private final TaskStore store;
    private final Map<TaskId, Set<Wait>> waits = new ConcurrentHashMap<>();
    private final ExecutorService lookers = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("ends").factory());
    private final Wakeups.Subscription subscription;
    private volatile boolean quiet;

    Ends(TaskStore store, Wakeups wakeups) {
        this.store = store;
        subscription = wakeups.subscribe(new Wakeups.Listener() {
            @Override
            public void ready(String queue) {}

            @Override
            public void cancelled(TaskId task) {}

            @Override
            public void ended(TaskId task) {
                Set<Wait> told = waits.get(task);
                if (told != null) {
                    lookers.execute(() -> told.forEach(wait -> look(wait, false)));
                }
            }
        });
        long poll = SAFETY_POLL.toMillis();
        timer.scheduleWithFixedDelay(
                () -> waits.values().forEach(some -> lookers.execute(() -> some.forEach(wait -> look(wait, false)))),
                poll,
                poll,
                TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void close() {
        subscription.close();
        timer.shutdownNow();
        lookers.shutdownNow();
    }

    /** Holds no further wait. */
    void quiet() {
        quiet = true;
    }

    /** Answers all that wait with their tasks as they stand. */
    void answerAll() {
        waits.values().forEach(some -> some.forEach(wait -> lookers.execute(() -> look(wait, true))));
    }

    /**
     * @param serverId what the end is announced under; the same as {@code id} where it is not known
     */
    CompletionStage<Optional<Task>> await(TaskId id, TaskId serverId, Duration atMost) {
        Wait wait = new Wait(id, new CompletableFuture<>());
        waits.computeIfAbsent(serverId, i -> ConcurrentHashMap.newKeySet()).add(wait);
        wait.answer.whenComplete((task, error) -> forget(serverId, wait));
        boolean lastLook = quiet;
        if (!lastLook) {
            timer.schedule(
                    () -> lookers.execute(() -> look(wait, true)),
                    Math.max(1, atMost.toMillis()),
                    TimeUnit.MILLISECONDS);
        }
        lookers.execute(() -> look(wait, lastLook));
        return wait.answer;
    }

    private void look(Wait wait, boolean lastTime) {
        if (wait.answer.isDone()) {
            return;
        }
        try {
            Optional<Task> task =
                    Optional.ofNullable(store.find(List.of(wait.id), true).get(wait.id));
            if (lastTime || task.isEmpty() || task.get().state().terminal()) {
                wait.answer.complete(task);
            }
        } catch (RuntimeException e) {
            if (lastTime) {
                wait.answer.completeExceptionally(e);
            }
        }
    }

    private void forget(TaskId serverId, Wait wait) {
        waits.computeIfPresent(serverId, (id, some) -> {
            some.remove(wait);
            return some.isEmpty() ? null : some;
        });
    }

    private record Wait(TaskId id, CompletableFuture<Optional<Task>> answer) {}
}
