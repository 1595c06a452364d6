package dev.millrace.storage.record;

import dev.millrace.queue.Kept;
import dev.millrace.queue.QueueConfig.Retention;
import dev.millrace.task.TaskState;
import java.time.Duration;

/**
 * What a queue says of its retention, where all of it is written, so that programs can read it that know nothing else. There
 * what differs from {@link Retention#DEFAULT} was said, and of what does not a bit tells whether it was: by state its age,
 * count and bytes, then how long names stay known. Where there are no bits, such a program wrote it.
 */
public final class Said {
    private static final int MEMBERS = 3;

    private Said() {}

    /** With what is usual in place of what was not said. */
    public static Retention whole(Retention own) {
        return own.over(Retention.DEFAULT);
    }

    /** A bit for each member that was said. */
    public static int bits(Retention own) {
        int bits = 0;
        int bit = 0;
        for (TaskState state : Retention.STATES) {
            Kept kept = own.of(state);
            bits |= (kept.age() != null ? 1 : 0) << bit;
            bits |= (kept.count() != null ? 2 : 0) << bit;
            bits |= (kept.bytes() != null ? 4 : 0) << bit;
            bit += MEMBERS;
        }
        return bits | (own.dedupe() != null ? 1 : 0) << bit;
    }

    /**
     * What was said.
     *
     * @param bits as of {@link #bits}; 0 where there are none
     */
    public static Retention of(Retention whole, int bits) {
        int names = bits >> MEMBERS * Retention.STATES.size();
        return Retention.of(
                state -> of(
                        whole.of(state),
                        Retention.DEFAULT.of(state),
                        bits >> MEMBERS * Retention.STATES.indexOf(state)),
                said(whole.dedupe(), Retention.DEFAULT.dedupe(), names));
    }

    private static Kept of(Kept whole, Kept usual, int bits) {
        Duration age = said(whole.age(), usual.age(), bits);
        return new Kept(
                age, said(whole.count(), usual.count(), bits >> 1), said(whole.bytes(), usual.bytes(), bits >> 2));
    }

    private static <T> T said(T written, T usual, int bit) {
        return (bit & 1) == 0 && (written == null || written.equals(usual)) ? null : written;
    }
}
