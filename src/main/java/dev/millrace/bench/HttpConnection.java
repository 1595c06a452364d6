package dev.millrace.bench;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;

/** One keep-alive connection: a request, its whole answer, the next request. Lives on one event loop. */
final class HttpConnection {
    private static final String LENGTH = "content-length:";

    private final Buffer request;
    private final int status;
    private final Histogram taken;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private int left;
    private NetSocket socket;
    private Buffer received = Buffer.buffer();
    private long sentAt;

    HttpConnection(byte[] request, int count, int status, Histogram taken) {
        this.request = Buffer.buffer(request);
        this.left = count;
        this.status = status;
        this.taken = taken;
    }

    CompletableFuture<Void> end() {
        return end;
    }

    void begin(NetSocket connected) {
        socket = connected;
        socket.handler(this::receive);
        socket.exceptionHandler(this::fail);
        socket.closeHandler(closed -> fail(new IllegalStateException("The server closed a connection")));
        next();
    }

    void fail(Throwable reason) {
        end.completeExceptionally(reason);
    }

    private void next() {
        if (left-- == 0) {
            end.complete(null);
            socket.close();
            return;
        }
        sentAt = System.nanoTime();
        socket.write(request);
    }

    private void receive(Buffer part) {
        received = received.length() == 0 ? part : received.appendBuffer(part);
        int head = headLength();
        if (head < 0) {
            return;
        }
        String text = received.getString(0, head, StandardCharsets.ISO_8859_1.name());
        if (received.length() < head + bodyLength(text)) {
            return;
        }
        taken.recordValue(System.nanoTime() - sentAt);
        received = Buffer.buffer();
        if (text.startsWith(String.valueOf(status), "HTTP/1.1 ".length())) {
            next();
        } else {
            fail(new IllegalStateException(
                    "Not " + status + " but: " + text.lines().findFirst().orElse("nothing")));
            socket.close();
        }
    }

    /** Up to and with the empty line; negative while it did not come. */
    private int headLength() {
        for (int i = 3; i < received.length(); i++) {
            if (received.getByte(i) == '\n' && received.getByte(i - 2) == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    private static int bodyLength(String head) {
        int at = head.toLowerCase(java.util.Locale.ROOT).indexOf(LENGTH);
        if (at < 0) {
            return 0;
        }
        int from = at + LENGTH.length();
        return Integer.parseInt(head.substring(from, head.indexOf('\r', from)).strip());
    }
}
