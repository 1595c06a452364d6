package dev.millrace.queue;

import dev.millrace.task.MillraceException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Asks the store for several things at once: one after the other their round trips would add up. But only for a few, since
 * the answer to each may be large and others want answers too.
 */
public final class AtOnce {
    static final int MOST = 8;

    private AtOnce() {}

    /**
     * Waits for all of them. After one that failed none is begun.
     *
     * @param questions at most {@link #MOST} are asked at a time
     * @return the answers, in the order of the questions; null where that was the answer
     * @throws MillraceException as the first of them that failed
     */
    public static <T> List<T> ask(List<Supplier<T>> questions) {
        Round<T> round = new Round<>(questions);
        if (questions.size() == 1) {
            round.run();
        } else {
            try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < Math.min(MOST, questions.size()); i++) {
                    askers.execute(round);
                }
            }
        }
        return round.answers();
    }

    /** Each that runs it asks what nobody asks yet, until nothing is left. */
    private static final class Round<T> implements Runnable {
        private final List<Supplier<T>> questions;
        private final List<T> answers;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicReference<RuntimeException> failure = new AtomicReference<>();

        private Round(List<Supplier<T>> questions) {
            this.questions = questions;
            this.answers = new ArrayList<>(Collections.nCopies(questions.size(), null));
        }

        @Override
        public void run() {
            try {
                for (int i = next.getAndIncrement();
                        i < questions.size() && failure.get() == null;
                        i = next.getAndIncrement()) {
                    answers.set(i, questions.get(i).get());
                }
            } catch (RuntimeException e) {
                failure.compareAndSet(null, e);
            } catch (Error e) {
                failure.compareAndSet(null, new IllegalStateException(e));
            }
        }

        private List<T> answers() {
            if (failure.get() != null) {
                throw failure.get();
            }
            return answers;
        }
    }
}
