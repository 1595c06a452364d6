package dev.millrace.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Lines of a stream as bytes, without decoding what is only passed on. */
final class LineReader {
    private final InputStream in;
    private final int longest;
    private byte[] buffer = new byte[64 * 1024];
    private int from;
    private int to;
    private long number;
    private long bytes;

    /**
     * @param longest bytes that one line may have
     */
    LineReader(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /**
     * The next line without its end; null after the last.
     *
     * @throws Refused when it is too long
     */
    byte[] next() throws IOException {
        int searched = from;
        while (true) {
            for (int i = searched; i < to; i++) {
                if (buffer[i] == '\n') {
                    return take(i, i + 1);
                }
            }
            int seen = to - from;
            if (!fill()) {
                return from == to ? null : take(to, to);
            }
            searched = from + seen;
        }
    }

    /** The number of the line that was read last, from 1. */
    long number() {
        return number;
    }

    /** Bytes taken so far. */
    long bytes() {
        return bytes;
    }

    private byte[] take(int end, int next) {
        byte[] line = Arrays.copyOfRange(buffer, from, end);
        bytes += next - from;
        from = next;
        number++;
        return line;
    }

    private boolean fill() throws IOException {
        if (to - from > longest) {
            throw new Refused("Line " + (number + 1) + " is longer than " + longest + " bytes.");
        }
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        }
        if (to == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int read = in.read(buffer, to, buffer.length - to);
        to += Math.max(0, read);
        return read >= 0;
    }
}
