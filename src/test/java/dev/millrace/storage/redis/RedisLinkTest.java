package dev.millrace.storage.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.testing.RedisServer;
import dev.millrace.testing.RedisServer.Kind;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        assertThatThrownBy(() -> LINK.askAll(List.of(echo("a"), failing(error), failing("BUSY"))))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
        assertThatThrownBy(() -> LINK.askAll(List.of(echo("a"), failing("ERR unknown command"))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(LINK.ask(echo("still there"))).hasToString("still there");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ERR [0] java.net.SocketException: Connection reset",
                "ERR [12] io.netty.channel.StacklessClosedChannelException",
                "ERR [0] CONNECTION_CLOSED"
            })
    void aConnectionThatBreaksUnderManyQuestionsIsNoErrorOfTheirs(String error) {
        assertThat(RedisLink.refusal(new IllegalStateException(error)))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE));
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
