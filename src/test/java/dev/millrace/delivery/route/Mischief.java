package dev.millrace.delivery.route;

import dev.millrace.delivery.push.RawBackend;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;

/** What a backend may do to whoever pushes to it. */
enum Mischief implements RawBackend.Behaviour {
    ENDLESS_BODY(true) {
        @Override
        void answer(OutputStream out) throws IOException {
            write(out, HEAD + "Connection: close\r\n\r\n[");
            endlessly(out, "0,".repeat(4096));
        }
    },
    DRIPPING_BODY(false) {
        @Override
        void answer(OutputStream out) throws IOException {
            write(out, HEAD + "Content-Length: 100000\r\n\r\n");
            drip(out);
        }
    },
    HUGE_HEADER(false) {
        @Override
        void answer(OutputStream out) throws IOException {
            write(out, HEAD + "X-Large: ");
            endlessly(out, "a".repeat(4096));
        }
    },
    MANY_HEADERS(false) {
        @Override
        void answer(OutputStream out) throws IOException {
            write(out, HEAD);
            endlessly(out, "X-More: b\r\n".repeat(400));
        }
    },
    COMPRESSION_BOMB(true) {
        @Override
        void answer(OutputStream out) throws IOException {
            write(out, HEAD + "Content-Encoding: gzip\r\nContent-Length: " + BOMB.length + "\r\n\r\n");
            out.write(BOMB);
        }
    },
    LENGTH_TOO_LONG(false) {
        @Override
        void answer(OutputStream out) throws IOException {
            write(out, HEAD + "Content-Length: 100\r\n\r\n{\"a\":1}");
            out.flush();
            throw new IOException("close");
        }
    },
    CLOSED_IN_THE_MIDDLE(false) {
        @Override
        void answer(OutputStream out) throws IOException {
            write(out, "HTTP/1.1 200 OK\r\nContent-Ty");
            out.flush();
            throw new IOException("close");
        }
    },
    NOT_HTTP(false) {
        @Override
        void answer(OutputStream out) throws IOException {
            write(out, "SSH-2.0-OpenSSH_9.2\r\n");
        }
    },
    SILENT(false) {
        @Override
        void answer(OutputStream out) {
            // That is what it does.
        }
    };

    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    private static final byte[] BOMB = bomb();
    private static final AtomicLong MOST = new AtomicLong();

    private final boolean answer;

    Mischief(boolean answer) {
        this.answer = answer;
    }

    /** A status of success that came whole, so that the task has succeeded, whatever came behind it. */
    boolean isAnswer() {
        return answer;
    }

    /** Ends only when the other side has had enough of it. */
    boolean isSlow() {
        return this == SILENT || this == DRIPPING_BODY;
    }

    /** The most bytes that anybody took of one who would not end. */
    static long mostWritten() {
        return MOST.get();
    }

    abstract void answer(OutputStream out) throws IOException;

    @Override
    public void answer(RawBackend.Received request, OutputStream out) throws IOException {
        answer(out);
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Until the other side has had enough; of a gigabyte at the latest. */
    private static void endlessly(OutputStream out, String text) throws IOException {
        for (long written = 0; written < 1L << 30; written += text.length()) {
            write(out, text);
            MOST.accumulateAndGet(written, Math::max);
        }
    }

    private static void drip(OutputStream out) throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        try {
            while (!never.await(10, TimeUnit.MILLISECONDS)) {
                write(out, "[");
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] bomb() {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            for (int i = 0; i < 64; i++) {
                gzip.write(new byte[1024 * 1024]);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
