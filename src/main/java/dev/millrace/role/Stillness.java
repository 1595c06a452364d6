package dev.millrace.role;

/** When a collection is worth its pause: after something was going on, and when enough has piled up since the last one. */
final class Stillness {
    /** More than this between two looks is work. */
    static final long STILL_BYTES = 3 << 20;

    static final long WORTH_BYTES = 6 << 20;

    private boolean stirred = true;
    private long last;
    private long live;

    /**
     * One look; they come in even steps.
     *
     * @param used bytes of the heap that are taken, whether still needed or not
     */
    boolean isWorthCollecting(long used) {
        // Less than before means that the collector had to run, and so that much was asked for.
        boolean still = used >= last && used - last < STILL_BYTES;
        last = used;
        if (!still) {
            stirred = true;
            return false;
        }
        return stirred || used - live >= WORTH_BYTES;
    }

    /** @param used what the collection left */
    void collected(long used) {
        last = used;
        live = used;
        stirred = false;
    }
}
