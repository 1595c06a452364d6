package dev.millrace.testing;

import dev.millrace.queue.Submitted;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import java.util.List;

/** For tests of a store that cannot: what it answers to submissions is thrown, as by its other calls. */
public final class Taken {
    private Taken() {}

    /**
     * The answers to all tasks.
     *
     * @throws MillraceException when the store was full or away for any
     */
    public static List<Submitted> of(List<List<Submitted>> answers) {
        List<Submitted> all = answers.stream().flatMap(List::stream).toList();
        for (Submitted one : all) {
            switch (one) {
                case Submitted.StoreFull(var reason) -> throw new MillraceException(ErrorCode.STORE_FULL, reason);
                case Submitted.Unsent(var reason) -> throw new MillraceException(ErrorCode.STORE_UNAVAILABLE, reason);
                case Submitted.Unknown(var id, var reason) ->
                    throw new MillraceException(ErrorCode.STORE_UNAVAILABLE, reason);
                default -> {}
            }
        }
        return all;
    }
}
