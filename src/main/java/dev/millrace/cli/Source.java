package dev.millrace.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where tasks to push come from.
 *
 * @param stream positioned at its start
 * @param length in bytes; -1 when it is not known
 */
record Source(InputStream stream, long length) implements AutoCloseable {
    /**
     * @param argument a JSON text, {@code @FILE}, or {@code -} for standard input
     */
    static Source of(String argument) {
        if (argument.equals("-")) {
            return new Source(System.in, -1);
        }
        if (!argument.startsWith("@")) {
            throw new IllegalArgumentException(argument);
        }
        Path file = Path.of(argument.substring(1));
        try {
            return new Source(Files.newInputStream(file), Files.size(file));
        } catch (IOException e) {
            throw new Refused("The file '" + file + "' cannot be read.");
        }
    }

    /**
     * What an option gives.
     *
     * @param argument a JSON text, or {@code @FILE}
     */
    static byte[] json(String argument) {
        if (!argument.startsWith("@")) {
            return argument.getBytes(StandardCharsets.UTF_8);
        }
        try (Source source = of(argument)) {
            return source.stream().readNBytes(Chunk.BYTES);
        } catch (IOException e) {
            throw new Refused("The file '" + argument.substring(1) + "' cannot be read.");
        }
    }

    /**
     * NDJSON as it is; one JSON document over several lines as the one line that it would be as NDJSON, if it fits in a
     * request.
     */
    LineReader lines() throws IOException {
        byte[] head = stream.readNBytes(Chunk.BYTES);
        boolean whole = head.length < Chunk.BYTES;
        byte[] start = withoutMark(head);
        if (whole && severalLines(start) && Json.shape(start, start.length) != Json.Shape.BROKEN) {
            return reader(new ByteArrayInputStream(oneLine(start)));
        }
        InputStream first = new ByteArrayInputStream(start);
        return reader(whole ? first : new java.io.SequenceInputStream(first, stream));
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private static LineReader reader(InputStream in) {
        return new LineReader(in, Chunk.BYTES);
    }

    private static boolean severalLines(byte[] text) {
        return new String(text, 0, Math.min(text.length, 1 << 16), java.nio.charset.StandardCharsets.ISO_8859_1)
                .strip()
                .contains("\n");
    }

    /** In JSON a line break can only stand where a space can. */
    private static byte[] oneLine(byte[] json) {
        byte[] line = json.clone();
        for (int i = 0; i < line.length; i++) {
            if (line[i] == '\n' || line[i] == '\r') {
                line[i] = ' ';
            }
        }
        return line;
    }

    /** Some editors begin a file with the byte order mark. */
    private static byte[] withoutMark(byte[] text) {
        boolean marked = text.length >= 3 && text[0] == (byte) 0xEF && text[1] == (byte) 0xBB && text[2] == (byte) 0xBF;
        return marked ? java.util.Arrays.copyOfRange(text, 3, text.length) : text;
    }
}
