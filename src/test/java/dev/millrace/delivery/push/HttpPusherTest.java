package dev.millrace.delivery.push;

import static dev.millrace.delivery.push.RawBackend.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.delivery.guard.DnsServer;
import dev.millrace.delivery.push.PushAnswer.Answered;
import dev.millrace.delivery.push.PushAnswer.NotSent;
import dev.millrace.delivery.push.PushAnswer.Reason;
import dev.millrace.task.Payload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpPusherTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static PusherFixture fixture;

    @BeforeAll
    static void open() {
        fixture = new PusherFixture();
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    @Test
    void theRequestGoesOutAsItIsAndTheAnswerComesBack() {
        try (RawBackend backend = RawBackend.saying(ok("{\"big\": 12345678901234567890.10}"))) {
            URI target = backend.url().resolve("/hook?a=b%20c");
            Answered answer = (Answered) fixture.push(target, LONG);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.result()).isEqualTo(Payload.of("{\"big\": 12345678901234567890.10}"));
            assertThat(answer.header("content-type")).contains("application/json");
            assertThat(answer.elapsed()).isPositive().isLessThan(LONG);
            RawBackend.Received request = backend.received().getFirst();
            assertThat(request.line()).isEqualTo("POST /hook?a=b%20c HTTP/1.1");
            assertThat(request.text()).isEqualTo("{\"n\":1}");
            assertThat(request.header("host")).contains("127.0.0.1:" + backend.port());
            assertThat(request.header("accept-encoding")).isEmpty();
        }
    }

    @Test
    void targetsOnOneHostAndPortShareFewLoopsAndTheirConnections() {
        try (RawBackend backend = RawBackend.saying(ok("{}"))) {
            Set<Thread> threads = new HashSet<>();
            for (int i = 0; i < 8; i++) {
                URI target = backend.url().resolve("/" + i);
                CompletableFuture<Thread> began = new CompletableFuture<>();
                CompletableFuture<Thread> ended = new CompletableFuture<>();
                fixture.pusher().loop(target).execute(() -> {
                    began.complete(Thread.currentThread());
                    fixture.pusher()
                            .push(PusherFixture.request(target, LONG))
                            .whenComplete((_, _) -> ended.complete(Thread.currentThread()));
                });
                threads.add(began.join());
                threads.add(ended.orTimeout(20, TimeUnit.SECONDS).join());
            }
            int few = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
            assertThat(threads).hasSizeLessThanOrEqualTo(few);
            assertThat(backend.accepted()).isEqualTo(threads.size());
        }
    }

    @Test
    void redirectsAreNotFollowed() {
        try (RawBackend other = RawBackend.saying(ok("{}"));
                RawBackend backend = RawBackend.saying(
                        "HTTP/1.1 307 Over There\r\nLocation: " + other.url() + "\r\nContent-Length: 0\r\n\r\n")) {
            Answered answer = (Answered) fixture.push(backend.url(), LONG);
            assertThat(answer.status()).isEqualTo(307);
            assertThat(other.accepted()).isZero();
        }
    }

    @Test
    void proxiesOfTheProcessAreNotUsed() {
        try (RawBackend proxy = RawBackend.saying(ok("{}"));
                RawBackend backend = RawBackend.saying(ok("7"));
                PusherFixture fresh = new PusherFixture()) {
            Map<String, String> settings = Map.of(
                    "http.proxyHost", "127.0.0.1", "http.proxyPort", "" + proxy.port(), "http.nonProxyHosts", "");
            settings.forEach(System::setProperty);
            try {
                assertThat(((Answered) fresh.push(backend.url(), LONG)).result())
                        .isEqualTo(Payload.of("7"));
                assertThat(proxy.accepted()).isZero();
            } finally {
                settings.keySet().forEach(System::clearProperty);
            }
        }
    }

    @Test
    void onlySafeHeadersAreKept() {
        String answer = "HTTP/1.1 200 OK\r\nSet-Cookie: session=1\r\nLocation: http://10.0.0.1/\r\nX-Secret: 1\r\n"
                + "WWW-Authenticate: Basic\r\nMillrace-Complete: later\r\nRetry-After: 3\r\nContent-Length: 0\r\n\r\n";
        try (RawBackend backend = RawBackend.saying(answer)) {
            assertThat(((Answered) fixture.push(backend.url(), LONG)).headers())
                    .containsOnlyKeys("millrace-complete", "retry-after", "content-length");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | {\"a\":1} | true",
                "application/problem+json; charset=utf-8 | [1] | true",
                "text/plain | {\"a\":1} | false",
                "application/json | {\"a\":1} {} | false",
                "application/json | {\"a\": | false",
                "application/json | not json | false"
            })
    void aJsonBodyIsTheResult(String type, String body, boolean json) {
        try (RawBackend backend = RawBackend.saying("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body)) {
            Answered answer = (Answered) fixture.push(backend.url(), LONG);
            assertThat(Optional.ofNullable(answer.result()))
                    .isEqualTo(json ? Optional.of(Payload.of(body)) : Optional.empty());
            assertThat(answer.excerpt()).isEqualTo(body);
        }
    }

    @Test
    void theResultIsKeptUpToItsLimitAndTheExcerptUpToItsOwn() {
        String fits = "\"" + "a".repeat(AnswerReader.KEPT - 2) + "\"";
        try (RawBackend backend = RawBackend.saying(ok(fits));
                RawBackend talker = RawBackend.saying(ok(fits + " "))) {
            Answered answer = (Answered) fixture.push(backend.url(), LONG);
            assertThat(answer.result().size()).isEqualTo(AnswerReader.KEPT);
            assertThat(answer.excerpt()).hasSize(4096);
            assertThat(((Answered) fixture.push(talker.url(), LONG)).result()).isNull();
        }
    }

    @Test
    void connectionsAreUsedAgainAndClosedWhenIdle() throws InterruptedException {
        try (RawBackend backend = RawBackend.saying(ok("{}"))) {
            for (int i = 0; i < 20; i++) {
                fixture.push(backend.url(), LONG);
            }
            assertThat(backend.accepted()).isOne();
            until(() -> backend.gone() == 1);
        }
    }

    @Test
    void aRefusedConnectionIsNotSent() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        NotSent answer = (NotSent) fixture.push(URI.create("http://127.0.0.1:" + free + "/"), LONG);
        assertThat(answer.reason()).isEqualTo(Reason.REFUSED);
    }

    @Test
    void anAddressThatRefusesIsFollowedByTheNext() throws IOException {
        try (DnsServer dns = new DnsServer();
                RawBackend backend = RawBackend.saying(ok("{}"));
                PusherFixture asking = new PusherFixture(PusherFixture.dns(dns.address()), 8, _ -> Optional.empty())) {
            dns.answer("two.test", "127.0.0.77", "127.0.0.1");
            URI target = URI.create("http://two.test:" + backend.port() + "/");
            assertThat(asking.push(target, LONG)).isInstanceOf(Answered.class);
            assertThat(backend.received().getFirst().header("host")).contains("two.test:" + backend.port());
        }
    }

    @Test
    void aConnectionIsNotUsedForAnotherName() throws IOException {
        try (DnsServer dns = new DnsServer();
                RawBackend backend = RawBackend.saying(ok("{}"));
                PusherFixture asking = new PusherFixture(PusherFixture.dns(dns.address()), 8, _ -> Optional.empty())) {
            dns.answer("one.test", "127.0.0.1").answer("two.test", "127.0.0.1");
            asking.push(URI.create("http://one.test:" + backend.port() + "/"), LONG);
            asking.push(URI.create("http://two.test:" + backend.port() + "/"), LONG);
            assertThat(backend.accepted()).isEqualTo(2);
        }
    }

    @Test
    void aForbiddenAddressIsNotConnectedTo() throws IOException {
        try (DnsServer dns = new DnsServer();
                RawBackend backend = RawBackend.saying(ok("{}"));
                PusherFixture asking = new PusherFixture(PusherFixture.dns(dns.address()), 8, _ -> Optional.empty())) {
            dns.answer("mixed.test", "127.0.0.1", "169.254.169.254");
            NotSent answer = (NotSent) asking.push(URI.create("http://mixed.test:" + backend.port() + "/"), LONG);
            assertThat(answer.reason()).isEqualTo(Reason.BLOCKED);
            assertThat(backend.accepted()).isZero();
        }
    }

    @Test
    void aSilentDnsServerIsNotWaitedForLongerThanForAConnection() throws IOException {
        try (DnsServer dns = new DnsServer();
                PusherFixture asking = new PusherFixture(PusherFixture.dns(dns.address()), 8, _ -> Optional.empty())) {
            NotSent answer = (NotSent) asking.push(URI.create("http://silent.test:9999/"), SHORT);
            assertThat(answer.reason()).isEqualTo(Reason.CONNECT_TIMEOUT);
            assertThat(answer.elapsed()).isBetween(SHORT.minusMillis(50), SHORT.multipliedBy(10));
        }
    }

    @Test
    void noMoreConnectionsAreOpenedThanAllowedAndTheRestWaits() throws InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        try (RawBackend backend = new RawBackend((_, out) -> {
                    await(gate);
                    out.write(ok("{}").getBytes());
                });
                PusherFixture narrow = new PusherFixture(_ -> null, 4, _ -> Optional.empty())) {
            List<CompletableFuture<PushAnswer>> answers = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                answers.add(narrow.pusher()
                        .push(PusherFixture.request(backend.url(), LONG))
                        .toCompletableFuture());
            }
            until(() -> backend.received().size() == 4);
            NotSent late = (NotSent) narrow.push(backend.url(), SHORT);
            assertThat(late.reason()).isEqualTo(Reason.BUSY);
            gate.countDown();
            assertThat(answers)
                    .allSatisfy(answer ->
                            assertThat(answer.get(10, TimeUnit.SECONDS)).isInstanceOf(Answered.class));
            assertThat(backend.accepted()).isEqualTo(4);
        }
    }

    @Test
    void aCancelledPushLetsGoOfItsConnection() throws InterruptedException {
        try (RawBackend backend = new RawBackend((_, _) -> {})) {
            CompletableFuture<PushAnswer> answer = fixture.pusher()
                    .push(PusherFixture.request(backend.url(), LONG))
                    .toCompletableFuture();
            until(() -> backend.received().size() == 1);
            answer.cancel(true);
            until(() -> backend.gone() == 1);
        }
    }

    @Test
    void aGetHasNoBody() {
        try (RawBackend backend = RawBackend.saying(ok("{}"))) {
            fixture.push(new PushRequest(
                    backend.url(),
                    "GET",
                    List.of(Map.entry("X-A", "b")),
                    new byte[0],
                    PushRequest.Patience.of(LONG),
                    null));
            RawBackend.Received request = backend.received().getFirst();
            assertThat(request.line()).isEqualTo("GET / HTTP/1.1");
            assertThat(request.header("x-a")).contains("b");
            assertThat(request.header("content-length").orElse("0")).isEqualTo("0");
        }
    }

    static void await(CountDownLatch gate) {
        try {
            gate.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static void until(java.util.function.BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        CountDownLatch never = new CountDownLatch(1);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            never.await(5, TimeUnit.MILLISECONDS);
        }
    }
}
