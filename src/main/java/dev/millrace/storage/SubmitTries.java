package dev.millrace.storage;

import dev.millrace.queue.Batch;
import dev.millrace.queue.Submitted;
import dev.millrace.queue.TaskStore;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One submission over all its tries: batches that the store answered for keep their answers, only the others are sent
 * again. Once there was no answer to a batch, a full store says nothing of whether it was added before.
 */
final class SubmitTries {
    private final TaskStore store;
    private final List<Batch> batches;
    private final Instant now;
    private final List<List<Submitted>> answers;

    SubmitTries(TaskStore store, List<Batch> batches, Instant now) {
        this.store = store;
        this.batches = batches;
        this.now = now;
        this.answers = new ArrayList<>(Collections.nCopies(batches.size(), null));
    }

    /**
     * Sends what has no answer.
     *
     * @throws MillraceException {@code STORE_UNAVAILABLE} when some still has none
     */
    Void run() {
        List<Integer> open = open();
        List<List<Submitted>> told = send(open.stream().map(batches::get).toList());
        for (int i = 0; i < told.size(); i++) {
            int index = open.get(i);
            answers.set(index, later(answers.get(index), told.get(i)));
        }
        if (!open().isEmpty()) {
            throw new MillraceException(ErrorCode.STORE_UNAVAILABLE, reason(answers.get(open().getFirst())));
        }
        return null;
    }

    /** An error takes no answer away that was given before it. */
    private List<List<Submitted>> send(List<Batch> sent) {
        try {
            return store.submit(sent, now);
        } catch (MillraceException e) {
            throw e;
        } catch (RuntimeException e) {
            MillraceException failure = BatchFailure.of(e);
            return sent.stream().map(batch -> batch.notAnswered(failure)).toList();
        }
    }

    List<List<Submitted>> answers() {
        return answers;
    }

    /**
     * When the tries ended so.
     *
     * @param failure thrown again unless it is {@code STORE_UNAVAILABLE}; else what those are told that were never sent
     */
    List<List<Submitted>> answersAfter(MillraceException failure) {
        if (!MillraceException.isStoreAway(failure)) {
            throw failure;
        }
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i) == null) {
                answers.set(i, batches.get(i).notSent(failure));
            }
        }
        return answers;
    }

    private List<Integer> open() {
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i) == null || isOpen(answers.get(i))) {
                open.add(i);
            }
        }
        return open;
    }

    /** A batch is answered for as a whole. */
    private static boolean isOpen(List<Submitted> answers) {
        return answers.getFirst() instanceof Submitted.Unknown || answers.getFirst() instanceof Submitted.Unsent;
    }

    private static List<Submitted> later(List<Submitted> before, List<Submitted> now) {
        boolean mayBeThere = before != null && before.getFirst() instanceof Submitted.Unknown;
        return mayBeThere && now.getFirst().storeFailed() ? before : now;
    }

    private static String reason(List<Submitted> open) {
        return open.getFirst() instanceof Submitted.Unknown unknown
                ? unknown.reason()
                : ((Submitted.Unsent) open.getFirst()).reason();
    }
}
