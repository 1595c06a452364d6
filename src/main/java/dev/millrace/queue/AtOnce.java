package dev.millrace.queue;

import dev.millrace.task.MillraceException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Asks the store for several things at once: one after the other their round trips would add up. */
public final class AtOnce {
    private AtOnce() {}

    /**
     * Waits for all of them.
     *
     * @return the answers, in the order of the questions
     * @throws MillraceException as the first of them that failed
     */
    public static <T> List<T> ask(List<Supplier<T>> questions) {
        if (questions.size() == 1) {
            return List.of(questions.getFirst().get());
        }
        try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            return questions.stream().map(question -> CompletableFuture.supplyAsync(question, askers)).toList().stream()
                    .map(CompletableFuture::join)
                    .toList();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException thrown ? thrown : e;
        }
    }
}
