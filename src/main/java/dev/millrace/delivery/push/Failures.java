package dev.millrace.delivery.push;

import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Tells failures of the network apart. */
final class Failures {
    private Failures() {}

    /** Of a connection that did not come about. */
    static PushAnswer.NotSent notSent(Throwable failure, URI target, Duration elapsed) {
        String detail = failure.getClass().getSimpleName() + ": " + failure.getMessage();
        return new PushAnswer.NotSent(reason(failure, target), detail, elapsed);
    }

    private static PushAnswer.Reason reason(Throwable failure, URI target) {
        return switch (failure) {
            case ConnectionPoolTooBusyException _ -> PushAnswer.Reason.BUSY;
            case ConnectTimeoutException _ -> PushAnswer.Reason.CONNECT_TIMEOUT;
            case TimeoutException _ -> PushAnswer.Reason.CONNECT_TIMEOUT;
            case SSLException _ -> PushAnswer.Reason.TLS;
            case ConnectException _ -> PushAnswer.Reason.REFUSED;
            case SocketException _ -> PushAnswer.Reason.REFUSED;
            // Closed within the handshake.
            default -> "https".equals(target.getScheme()) ? PushAnswer.Reason.TLS : PushAnswer.Reason.REFUSED;
        };
    }

    /** Of a request that was under way. */
    static PushAnswer.Loss loss(Throwable failure) {
        return switch (failure) {
            case HttpClosedException _ -> PushAnswer.Loss.CLOSED;
            case StreamResetException _ -> PushAnswer.Loss.CLOSED;
            case IOException _ -> PushAnswer.Loss.CLOSED;
            case TimeoutException _ -> PushAnswer.Loss.TIMEOUT;
            default -> PushAnswer.Loss.GARBLED;
        };
    }
}
