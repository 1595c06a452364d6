package dev.millrace.role;

/** When a collection is worth its pause: after something was going on, and when enough has piled up since the last one. */
final class Stillness {
    /** More than this between two looks is work. */
    static final long STILL_BYTES = 3 << 20;

    static final long WORTH_BYTES = 6 << 20;

    /** A busy heap goes up and down, and may by chance be as full as at the look before. */
    static final int STILL_LOOKS = 2;

    private boolean stirred = true;
    private int calm;
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
        calm = still ? calm + 1 : 0;
        stirred |= !still;
        return calm >= STILL_LOOKS && (stirred || used - live >= WORTH_BYTES);
    }

    /** @param used what the collection left */
    void collected(long used) {
        last = used;
        live = used;
        stirred = false;
    }
}
