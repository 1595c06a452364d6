package dev.millrace.storage.sqlite;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32;

/**
 * Where a page ended.
 *
 * @param list which list it belongs to: a hash of queue and state
 * @param at the time, in the list's order, of the last row looked at
 * @param row the last row looked at
 * @param index of the last task looked at in it
 */
record Cursor(int list, long at, long row, int index) {
    private static final int FORMAT = 1;
    private static final int SIZE = 1 + 4 + 8 + 8 + 1;
    private static final int CHECK = 4;
    private static final String TIME = "@";

    String text() {
        ByteBuffer buffer = ByteBuffer.allocate(SIZE + CHECK)
                .put((byte) FORMAT)
                .putInt(list)
                .putLong(at)
                .putLong(row)
                .put((byte) index);
        buffer.putInt(check(buffer.array()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.array());
    }

    /**
     * Null for null.
     *
     * @param ascending the order of the list, for a cursor that only names a time ({@link
     *     dev.millrace.queue.Page#cursorAt})
     */
    static Cursor of(String text, int list, boolean ascending) {
        if (text == null) {
            return null;
        }
        if (text.startsWith(TIME)) {
            return new Cursor(list, millis(text), ascending ? Long.MIN_VALUE : Long.MAX_VALUE, 0);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes(text));
        if (buffer.remaining() != SIZE + CHECK || buffer.getInt(SIZE) != check(buffer.array())) {
            throw foreign();
        }
        if (buffer.get() != FORMAT || buffer.getInt() != list) {
            throw foreign();
        }
        return new Cursor(list, buffer.getLong(), buffer.getLong(), buffer.get());
    }

    private static long millis(String text) {
        try {
            return Long.parseLong(text.substring(TIME.length()));
        } catch (NumberFormatException e) {
            throw foreign();
        }
    }

    private static byte[] bytes(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw foreign();
        }
    }

    private static int check(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, SIZE);
        return (int) crc.getValue();
    }

    private static MillraceException foreign() {
        return new MillraceException(ErrorCode.INVALID_REQUEST, "The cursor is damaged, or belongs to another list.");
    }
}
