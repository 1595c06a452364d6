package dev.millrace.task;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The id of up to {@link #LIMIT} tasks of one queue that were submitted together, made before the store is called, so
 * that a repeat of the whole batch is recognised. 128 bits: 48 of milliseconds, 20 of the queue's number, 53 random and
 * 7 (zero here) for the index of a task in its batch. Written in Crockford's base 32, so text order is time order.
 */
public record BatchId(long high, long low) {
    /** Tasks a batch may hold. */
    public static final int LIMIT = 100;

    /** Queue numbers are below this. */
    public static final int QUEUES = 1 << 20;

    private static final int INDEX_BITS = 7;
    private static final long INDEX_MASK = (1L << INDEX_BITS) - 1;
    private static final int LENGTH = 26;
    private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final byte[] VALUES = values();

    public static BatchId make(Instant now, int queueNumber, RandomGenerator random) {
        if (queueNumber < 0 || queueNumber >= QUEUES) {
            throw new IllegalArgumentException("queue number " + queueNumber);
        }
        long high = (now.toEpochMilli() << 16) | (queueNumber >>> 4);
        long low = ((long) (queueNumber & 0xF) << 60) | ((random.nextLong() >>> 11) << INDEX_BITS);
        return new BatchId(high, low);
    }

    /** The batch of a task whose id was made here; empty when the id does not have that form. */
    public static Optional<BatchId> of(TaskId id) {
        String text = id.value();
        if (text.length() != LENGTH || text.charAt(0) > '7') {
            return Optional.empty();
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < LENGTH; i++) {
            char c = text.charAt(i);
            int digit = c < 128 ? VALUES[c] : -1;
            if (digit < 0) {
                return Optional.empty();
            }
            high = (high << 5) | (low >>> 59);
            low = (low << 5) | digit;
        }
        return Optional.of(new BatchId(high, low & ~INDEX_MASK));
    }

    /** The index in its batch of a task whose id was made here; meaningless for other ids. */
    public static int index(TaskId id) {
        String text = id.value();
        int digits = (VALUES[text.charAt(LENGTH - 2)] << 5) | VALUES[text.charAt(LENGTH - 1)];
        return (int) (digits & INDEX_MASK);
    }

    public static BatchId ofBytes(byte[] sixteen) {
        ByteBuffer buffer = ByteBuffer.wrap(sixteen);
        return new BatchId(buffer.getLong(), buffer.getLong());
    }

    /** 16 bytes, big endian; byte order is time order. */
    public byte[] bytes() {
        return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    }

    /**
     * @param index 0 to {@link #LIMIT} - 1
     */
    public TaskId at(int index) {
        if (index < 0 || index >= LIMIT) {
            throw new IllegalArgumentException("index " + index);
        }
        return new TaskId(text(low | index));
    }

    public int queueNumber() {
        return (int) ((high & 0xFFFF) << 4 | (low >>> 60));
    }

    private String text(long lowBits) {
        char[] out = new char[LENGTH];
        long h = high;
        long l = lowBits;
        for (int i = LENGTH - 1; i >= 0; i--) {
            out[i] = DIGITS[(int) (l & 31)];
            l = (l >>> 5) | (h << 59);
            h >>>= 5;
        }
        return new String(out);
    }

    @Override
    public String toString() {
        return text(low);
    }

    private static byte[] values() {
        byte[] values = new byte[128];
        java.util.Arrays.fill(values, (byte) -1);
        for (int i = 0; i < DIGITS.length; i++) {
            values[DIGITS[i]] = (byte) i;
        }
        return values;
    }
}
