package dev.millrace.delivery.push;

import static dev.millrace.delivery.push.RawBackend.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.delivery.push.PushAnswer.Answered;
import dev.millrace.delivery.push.PushAnswer.Loss;
import dev.millrace.delivery.push.PushAnswer.NotSent;
import dev.millrace.delivery.push.PushAnswer.Reason;
import dev.millrace.delivery.push.PushAnswer.Unknown;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backends that do not keep to HTTP: bounded in time and memory, and whoever comes next is served. */
class MischiefTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    private static PusherFixture fixture;

    @BeforeAll
    static void open() {
        fixture = new PusherFixture();
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    @AfterEach
    void thePusherGoesOn() {
        try (RawBackend good = RawBackend.saying(ok("{}"))) {
            assertThat(fixture.push(good.url(), LONG)).isInstanceOf(Answered.class);
        }
    }

    @Test
    void anEndlessBodyIsCutOff() throws InterruptedException {
        try (RawBackend backend = new RawBackend((_, out) -> {
            write(out, HEAD + "Connection: close\r\n\r\n[");
            for (int i = 0; i < 1_000_000; i++) {
                write(out, "0,".repeat(4096));
            }
        })) {
            Answered answer = (Answered) fixture.push(backend.url(), LONG);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.result()).isNull();
            assertThat(answer.excerpt()).hasSize(4096);
            assertThat(answer.elapsed()).isLessThan(LONG);
            HttpPusherTest.until(() -> backend.gone() == 1);
        }
    }

    @Test
    void aDrippingBodyEndsWithTheTimeAllowed() {
        try (RawBackend backend = new RawBackend((_, out) -> {
            write(out, HEAD + "Content-Length: 100000\r\n\r\n");
            drip(out, "[");
        })) {
            timesOut(backend);
        }
    }

    @Test
    void aDrippingHeadEndsWithTheTimeAllowed() {
        try (RawBackend backend = new RawBackend((_, out) -> {
            write(out, HEAD);
            drip(out, "X-A: b\r\n");
        })) {
            timesOut(backend);
        }
    }

    @Test
    void silenceEndsWithTheTimeAllowed() {
        try (RawBackend backend = new RawBackend((_, _) -> {})) {
            timesOut(backend);
        }
    }

    private static void timesOut(RawBackend backend) {
        Unknown answer = (Unknown) fixture.push(backend.url(), SHORT);
        assertThat(answer.loss()).isEqualTo(Loss.TIMEOUT);
        assertThat(answer.elapsed()).isBetween(SHORT.minusMillis(50), SHORT.multipliedBy(10));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n",
                "HTTP/1.1 two hundred\r\n\r\n",
                "HTTP/9.9 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n[]",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 102 Processing\r\n\r\n",
                "\u0000\u0001\u0002\u0003\r\n\r\n"
            })
    void whatIsNotHttpIsNoAnswer(String said) {
        try (RawBackend backend = new RawBackend((_, out) -> {
            write(out, said);
            throw new IOException("close");
        })) {
            assertThat(fixture.push(backend.url(), LONG)).isInstanceOf(Unknown.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nX-Large: ", "HTTP/1.1 200 "})
    void endlessHeadsAreCutOff(String start) {
        try (RawBackend backend = new RawBackend((_, out) -> {
            write(out, start);
            for (int i = 0; i < 100_000; i++) {
                write(out, "a".repeat(4096));
            }
        })) {
            Unknown answer = (Unknown) fixture.push(backend.url(), LONG);
            assertThat(answer.loss()).isEqualTo(Loss.GARBLED);
            assertThat(answer.elapsed()).isLessThan(LONG);
        }
    }

    @Test
    void endlesslyManyHeadersAreCutOff() {
        try (RawBackend backend = new RawBackend((_, out) -> {
            write(out, HEAD);
            for (int i = 0; i < 1_000_000; i++) {
                write(out, "X-" + i + ": b\r\n");
            }
        })) {
            assertThat(((Unknown) fixture.push(backend.url(), LONG)).loss()).isEqualTo(Loss.GARBLED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"100 Continue", "103 Early Hints"})
    void interimAnswersAreNotTakenWithoutEnd(String interim) {
        try (RawBackend backend = new RawBackend((_, out) -> {
            for (int i = 0; i < 1_000_000; i++) {
                write(out, "HTTP/1.1 " + interim + "\r\n\r\n");
            }
        })) {
            Unknown answer = (Unknown) fixture.push(backend.url(), LONG);
            assertThat(answer.loss()).isEqualTo(Loss.GARBLED);
            assertThat(answer.elapsed()).isLessThan(LONG);
        }
    }

    @Test
    void aFewInterimAnswersAreFine() {
        try (RawBackend backend =
                RawBackend.saying("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".repeat(3) + ok("{\"a\":1}"))) {
            assertThat(((Answered) fixture.push(backend.url(), LONG)).result()).isNotNull();
        }
    }

    @Test
    void nothingIsInflated() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            byte[] zeros = new byte[1024 * 1024];
            for (int i = 0; i < 32; i++) {
                gzip.write(zeros);
            }
        }
        try (RawBackend backend = new RawBackend((_, out) -> {
            write(out, HEAD + "Content-Encoding: gzip\r\nContent-Length: " + bomb.size() + "\r\n\r\n");
            out.write(bomb.toByteArray());
        })) {
            Answered answer = (Answered) fixture.push(backend.url(), LONG);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.result()).isNull();
            assertThat(answer.excerpt()).isEmpty();
        }
    }

    @Test
    void aBodyShorterThanItsLengthIsNoFullAnswer() {
        try (RawBackend backend = closing(HEAD + "Content-Length: 100\r\n\r\n{\"a\":1}")) {
            assertThat(((Unknown) fixture.push(backend.url(), LONG)).loss()).isEqualTo(Loss.CLOSED);
        }
    }

    @Test
    void chunksWithoutTheirLastAreNoFullAnswer() {
        try (RawBackend backend = closing(HEAD + "Transfer-Encoding: chunked\r\n\r\n3\r\n[1]\r\n")) {
            assertThat(((Unknown) fixture.push(backend.url(), LONG)).loss()).isEqualTo(Loss.CLOSED);
        }
    }

    @Test
    void aFailureIsAFailureWithoutItsWholeBody() {
        try (RawBackend backend = closing("HTTP/1.1 500 Oops\r\nContent-Length: 100\r\n\r\nsorry")) {
            Answered answer = (Answered) fixture.push(backend.url(), LONG);
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.excerpt()).isEqualTo("sorry");
        }
    }

    @Test
    void closingInPlaceOfAnAnswerLeavesTheOutcomeUnknown() {
        try (RawBackend backend = closing("")) {
            assertThat(((Unknown) fixture.push(backend.url(), LONG)).loss()).isEqualTo(Loss.CLOSED);
        }
    }

    @Test
    void whatComesAfterAnAnswerIsNotTakenForTheNext() {
        try (RawBackend backend = RawBackend.saying(ok("{\"a\":1}") + ok("{\"a\":2}") + "and more")) {
            for (int i = 0; i < 5; i++) {
                PushAnswer answer = fixture.push(backend.url(), LONG);
                if (answer instanceof Answered answered) {
                    assertThat(answered.excerpt()).isEqualTo("{\"a\":1}");
                }
            }
        }
    }

    @Test
    void aSilentTlsHandshakeIsNotWaitedForLongerThanForAConnection() {
        try (RawBackend backend = new RawBackend((_, _) -> {})) {
            NotSent answer = (NotSent) fixture.push(secure(backend.port()), SHORT);
            assertThat(answer.reason()).isEqualTo(Reason.CONNECT_TIMEOUT);
            assertThat(answer.elapsed()).isBetween(SHORT.minusMillis(50), SHORT.multipliedBy(10));
        }
    }

    @Test
    void whatDoesNotSpeakTlsIsNotSentAnything() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            Thread.ofVirtual().start(() -> {
                try (Socket socket = server.accept()) {
                    write(socket.getOutputStream(), "HTTP/1.1 400 Bad Request\r\n\r\n");
                    socket.getInputStream().read();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            NotSent answer = (NotSent) fixture.push(secure(server.getLocalPort()), LONG);
            assertThat(answer.reason()).isEqualTo(Reason.TLS);
        }
    }

    private static URI secure(int port) {
        return URI.create("https://127.0.0.1:" + port + "/");
    }

    private static RawBackend closing(String said) {
        return new RawBackend((_, out) -> {
            write(out, said);
            out.flush();
            throw new IOException("close");
        });
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A little every few milliseconds until the other side has had enough. */
    private static void drip(OutputStream out, String drop) throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        try {
            while (!never.await(10, TimeUnit.MILLISECONDS)) {
                write(out, drop);
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
