package dev.millrace.queue.contract;

import dev.millrace.queue.Verdict;
import dev.millrace.task.Cause;
import dev.millrace.task.Payload;
import dev.millrace.testing.StoreFixture;
import java.time.Instant;
import java.util.List;

/** Every way in which a lease may be ended. */
final class Verdicts {
    private Verdicts() {}

    static List<Verdict> all(Instant now) {
        Instant later = now.plusSeconds(600);
        return List.of(
                new Verdict.Succeed(null),
                new Verdict.Succeed(Payload.of("[1]")),
                new Verdict.RetryAt(later, StoreFixture.ERROR, Cause.FAILED),
                new Verdict.RetryAt(later, StoreFixture.ERROR, Cause.TIMED_OUT),
                new Verdict.RetryAt(later, StoreFixture.ERROR, Cause.OUTCOME_UNKNOWN),
                new Verdict.Bury(StoreFixture.ERROR, Cause.FAILED),
                new Verdict.Bury(StoreFixture.ERROR, Cause.TIMED_OUT),
                new Verdict.Release(null, null),
                new Verdict.Release(later, "no room"));
    }

    /** The second says again what the first said, whatever its details. */
    static boolean sameKind(Verdict first, Verdict second) {
        return failed(first) && failed(second) || first.getClass() == second.getClass();
    }

    private static boolean failed(Verdict verdict) {
        return verdict instanceof Verdict.RetryAt || verdict instanceof Verdict.Bury;
    }
}
