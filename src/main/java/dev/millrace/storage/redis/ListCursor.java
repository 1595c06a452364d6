package dev.millrace.storage.redis;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a page starts: at a time (a number after @), or right after a place in one kind of list. */
final class ListCursor {
    private static final Pattern TIME = Pattern.compile("@(\\d{1,15})");
    private static final Pattern STREAM = Pattern.compile("e(\\d{1,15})-(\\d{1,15})-(\\d{1,3})");
    private static final Pattern TASK = Pattern.compile("t(\\d{1,15})-([0-9a-f]{34})");
    private static final int LAST = Integer.MAX_VALUE;

    private ListCursor() {}

    /** A time and, unless it is a time alone, the task that was shown last. */
    record After(long ms, TaskRef task) {}

    /** Null for the start. */
    static StreamWalk.Position position(String cursor) {
        if (cursor == null) {
            return null;
        }
        Matcher time = TIME.matcher(cursor);
        if (time.matches()) {
            return new StreamWalk.Position(Long.parseLong(time.group(1)), Long.MAX_VALUE, LAST);
        }
        Matcher at = STREAM.matcher(cursor);
        if (!at.matches()) {
            throw foreign();
        }
        return new StreamWalk.Position(
                Long.parseLong(at.group(1)), Long.parseLong(at.group(2)), Integer.parseInt(at.group(3)));
    }

    static boolean isTime(String cursor) {
        return cursor != null && cursor.startsWith("@");
    }

    static String of(StreamWalk.Position position) {
        return "e" + position.ms() + "-" + position.seq() + "-" + position.index();
    }

    /** Null for the start. */
    static After after(String cursor) {
        if (cursor == null) {
            return null;
        }
        Matcher time = TIME.matcher(cursor);
        if (time.matches()) {
            return new After(Long.parseLong(time.group(1)), null);
        }
        Matcher task = TASK.matcher(cursor);
        if (!task.matches()) {
            throw foreign();
        }
        byte[] ref = HexFormat.of().parseHex(task.group(2));
        return new After(Long.parseLong(task.group(1)), TaskRef.ofBytes(ref, 0));
    }

    static String of(long ms, TaskRef task) {
        return "t" + ms + "-" + HexFormat.of().formatHex(task.bytes());
    }

    private static MillraceException foreign() {
        return new MillraceException(ErrorCode.INVALID_REQUEST, "This cursor is not one that this list gave.");
    }
}
