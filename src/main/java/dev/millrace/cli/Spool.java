package dev.millrace.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

/** Turns the order of lines round, however many: they lie in a file that nobody else can read meanwhile. */
final class Spool implements AutoCloseable {
    private final Path file;
    private final OutputStream out;
    private long[] ends = new long[1024];
    private int count;

    Spool() throws IOException {
        file = Files.createTempFile("millrace", ".ndjson");
        out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    }

    void add(byte[] line) throws IOException {
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
        }
        out.write(line);
        ends[count] = (count == 0 ? 0 : ends[count - 1]) + line.length;
        count++;
    }

    int count() {
        return count;
    }

    /** The lines, the last one first. */
    void backwards(Consumer<byte[]> reader) throws IOException {
        out.flush();
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            for (int i = count - 1; i >= 0; i--) {
                long start = i == 0 ? 0 : ends[i - 1];
                byte[] line = new byte[(int) (ends[i] - start)];
                in.seek(start);
                in.readFully(line);
                reader.accept(line);
            }
        }
    }

    @Override
    public void close() {
        try {
            out.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
