package dev.millrace.storage.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.testing.RedisServer;
import dev.millrace.testing.RedisServer.Kind;
import dev.millrace.testing.TcpProxy;
import io.vertx.core.Vertx;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many questions in one write. */
class RedisLinkTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final RedisLink LINK =
            new RedisLink(VERTX, RedisSettings.of(RedisServer.shared(Kind.PLAIN).uri()));

    @AfterAll
    static void close() {
        LINK.close();
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void answersComeInTheOrderOfTheirQuestionsAndNothingIsNull() {
        List<Response> answers =
                LINK.askAll(List.of(echo("a"), Request.cmd(Command.GET).arg("link-test-none"), echo("b")));

        assertThat(answers)
                .extracting(answer -> answer == null ? null : answer.toString())
                .containsExactly("a", null, "b");
        assertThat(LINK.askAll(List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"OOM command not allowed, STORE_FULL", "LOADING the dataset, STORE_UNAVAILABLE"})
    void anErrorAmongManyAnswersMeansWhatItMeansAlone(String error, ErrorCode code) {
        assertRefused(code, () -> LINK.askAll(List.of(echo("a"), failing(error), failing("BUSY"))));
        assertThatThrownBy(() -> LINK.askAll(List.of(echo("a"), failing("ERR unknown command"))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(LINK.ask(echo("still there"))).hasToString("still there");
    }

    @Test
    void ofManyErrorsTheFirstIsToldAsItWasSaid() {
        assertThatThrownBy(() -> LINK.askAll(List.of(echo("a"), failing("ERR one"), failing("OOM two"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Redis: ERR one");
    }

    /** Whatever their words: they are not those of Redis, or those of the client in their form. */
    static Stream<Throwable> failuresOfTheConnection() {
        return Stream.of(
                new SocketException("Connection reset"),
                new IOException("ERR of the network"),
                new ClosedChannelException(),
                new NoStackTraceThrowable("Connection is closed"),
                new NoStackTraceThrowable("Redis waiting queue is full"),
                new ConnectionPoolTooBusyException("Connection pool reached max wait queue size of 24"),
                new IllegalStateException("Client is closed"),
                new RejectedExecutionException("ERR event executor terminated"),
                new NullPointerException(),
                new CompletionException(new IOException("WRONGTYPE")),
                ErrorType.create("CONNECTION_CLOSED"),
                ErrorType.create("ILLEGAL_STATE Unknown RESP type ?"),
                ErrorType.create(null));
    }

    @ParameterizedTest
    @MethodSource("failuresOfTheConnection")
    void whatRedisDidNotSayIsAnOutage(Throwable failure) {
        assertRefused(ErrorCode.STORE_UNAVAILABLE, () -> LINK.await(CompletableFuture.failedFuture(failure)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ERR unknown command", "WRONGTYPE Operation against a key", "CROSSSLOT Keys in request"})
    void whatRedisSaysOfAQuestionIsAFaultOfTheProgram(String error) {
        assertThatThrownBy(() -> LINK.ask(failing(error)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(error);
    }

    /** Also of a write of which some answers had come, and with new connections being broken while they are made. */
    @Test
    void connectionsThatBreakUnderManyCallersAreNothingButOutages() {
        RedisServer server = RedisServer.shared(Kind.PLAIN);
        Set<Object> told = ConcurrentHashMap.newKeySet();
        try (TcpProxy proxy = TcpProxy.before(server.port());
                RedisLink link = new RedisLink(VERTX, RedisSettings.of("redis://127.0.0.1:" + proxy.port()))) {
            link.ask(Request.cmd(Command.SET).arg("link-test-long").arg("x".repeat(100_000)));
            Request read = Request.cmd(Command.GET).arg("link-test-long");
            List<Thread> callers = IntStream.range(0, 8)
                    .mapToObj(caller -> Thread.ofPlatform().start(() -> {
                        for (int call = 0; call < 150; call++) {
                            told.add(kind(() -> link.askAll(List.of(echo("a"), read, echo("b")))));
                        }
                    }))
                    .toList();
            while (callers.stream().anyMatch(Thread::isAlive)) {
                proxy.reset();
                LockSupport.parkNanos(20_000_000);
            }
        }
        assertThat(told).containsExactlyInAnyOrder("answered", ErrorCode.STORE_UNAVAILABLE);
    }

    private static Object kind(Supplier<List<Response>> call) {
        try {
            return call.get().size() == 3 ? "answered" : "answered by half";
        } catch (MillraceException e) {
            return e.code();
        } catch (RuntimeException e) {
            return e;
        }
    }

    @Test
    void aClientThatIsClosedIsAnOutage() {
        RedisLink link = new RedisLink(
                VERTX, RedisSettings.of(RedisServer.shared(Kind.PLAIN).uri()));
        assertThat(link.ask(echo("here"))).hasToString("here");
        link.close();

        assertRefused(ErrorCode.STORE_UNAVAILABLE, () -> link.ask(echo("gone")));
        assertRefused(ErrorCode.STORE_UNAVAILABLE, () -> link.askAll(List.of(echo("gone"))));
    }

    private static void assertRefused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }

    private static Request echo(String text) {
        return Request.cmd(Command.ECHO).arg(text);
    }

    private static Request failing(String error) {
        return Request.cmd(Command.EVAL)
                .arg("return redis.error_reply(ARGV[1])")
                .arg(0)
                .arg(error);
    }
}
