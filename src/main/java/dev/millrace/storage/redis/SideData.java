package dev.millrace.storage.redis;

import dev.millrace.storage.record.ByteReader;
import dev.millrace.storage.record.ByteWriter;
import dev.millrace.task.LogLine;
import dev.millrace.task.Progress;
import dev.millrace.task.TaskError;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How the things that only some tasks have are written, beside their records. */
final class SideData {
    private static final int NO_PERCENT = 255;

    private SideData() {}

    static byte[] error(TaskError error) {
        byte[] type = error.type().getBytes(StandardCharsets.UTF_8);
        byte[] message = error.message().getBytes(StandardCharsets.UTF_8);
        ByteWriter out = new ByteWriter(2 + type.length + message.length);
        out.u16(type.length);
        out.bytes(type, type.length);
        out.bytes(message, message.length);
        return out.toArray();
    }

    static TaskError error(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        String type = text(in.bytes(in.u16()));
        return new TaskError(type, text(in.bytes(bytes.length - in.position())));
    }

    static byte[] progress(Progress progress) {
        byte[] message =
                progress.message() == null ? new byte[0] : progress.message().getBytes(StandardCharsets.UTF_8);
        ByteWriter out = new ByteWriter(2 + message.length);
        out.u8(progress.percent() == null ? NO_PERCENT : progress.percent());
        out.u8(progress.message() == null ? 0 : 1);
        out.bytes(message, message.length);
        return out.toArray();
    }

    static Progress progress(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        int percent = in.u8();
        boolean said = in.u8() == 1;
        return new Progress(percent == NO_PERCENT ? null : percent, said ? text(in.bytes(bytes.length - 2)) : null);
    }

    /** Lines to be added; the script puts time and attempt to each. */
    static byte[] lines(List<String> lines) {
        ByteWriter out = new ByteWriter(64 * lines.size());
        for (String line : lines) {
            byte[] text = cut(line, LogLine.MAX_LENGTH).getBytes(StandardCharsets.UTF_8);
            out.u16(text.length);
            out.bytes(text, text.length);
        }
        return out.toArray();
    }

    static List<LogLine> log(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        List<LogLine> lines = new ArrayList<>();
        in.u8();
        while (!in.atEnd()) {
            int length = in.u16();
            Instant at = Instant.ofEpochMilli(in.u48());
            lines.add(new LogLine(at, in.u8(), text(in.bytes(length - 7))));
        }
        return lines;
    }

    static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
