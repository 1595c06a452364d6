package dev.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.task.Cause;
import dev.millrace.task.Outcome;
import dev.millrace.task.Payload;
import dev.millrace.task.TaskError;
import java.lang.reflect.Type;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HandlerTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    record Email(String to, int tries) {}

    @Handles("email.send")
    private static final class Marked {}

    private static <P> Outcome call(Type type, TaskHandler<P> handler, String json) throws Exception {
        Handles handles = Marked.class.getAnnotation(Handles.class);
        return Handler.typed(handles, type, handler, MAPPER).run(Payload.of(json), null);
    }

    @Test
    void recordPayloadIsReadByJackson() throws Exception {
        AtomicReference<Email> seen = new AtomicReference<>();
        TaskHandler<Email> handler = (email, context) -> {
            seen.set(email);
            return Outcome.succeeded();
        };
        call(Email.class, handler, "{\"to\":\"ada@example.org\",\"tries\":3}");
        assertThat(seen).hasValue(new Email("ada@example.org", 3));
    }

    @Test
    void rawPayloadIsHandedOverAsItWasSent() throws Exception {
        AtomicReference<byte[]> bytes = new AtomicReference<>();
        TaskHandler<byte[]> handler = (json, context) -> {
            bytes.set(json);
            return Outcome.succeeded();
        };
        call(byte[].class, handler, "{ \"n\": 1.0000000000000000001 }");
        assertThat(bytes.get()).asString().isEqualTo("{ \"n\": 1.0000000000000000001 }");
        TaskHandler<Payload> echo = (payload, context) -> Outcome.succeeded(payload);
        assertThat(call(Payload.class, echo, "1e3")).isEqualTo(Outcome.succeeded(Payload.of("1e3")));
    }

    @Test
    void membersThatAHandlerDoesNotKnowAreLeftAside() throws Exception {
        TaskHandler<Email> handler = (email, context) -> Outcome.succeeded(Payload.of("\"" + email.to() + "\""));
        assertThat(call(Email.class, handler, "{\"to\":\"ada\",\"cc\":\"bob\"}"))
                .isEqualTo(Outcome.succeeded(Payload.of("\"ada\"")));
    }

    @Test
    void payloadThatCannotBeReadIsDeadAtOnce() throws Exception {
        TaskHandler<Email> handler = (email, context) -> Outcome.succeeded();
        assertThat(call(Email.class, handler, "[1]")).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.retryable()).isFalse();
            assertThat(failed.error().type()).isEqualTo("UnreadablePayload");
        });
    }

    @Test
    void oneTypeHasOneHandler() {
        Handler one = Handler.raw("same", Effort.INSTANT, (payload, context) -> Outcome.succeeded());
        assertThatThrownBy(() -> new Handlers(List.of(one, one), MAPPER)).hasMessageContaining("same");
    }

    @Test
    void aTypeThatNoTaskCanHaveIsRefused() {
        Handler odd = Handler.raw("with blanks", Effort.INSTANT, (payload, context) -> Outcome.succeeded());
        assertThatThrownBy(() -> new Handlers(List.of(odd), MAPPER)).hasMessageContaining("with blanks");
    }

    @Test
    void failFailsAsItIsTold() {
        FailHandler fail = new FailHandler();
        assertThat(fail.run(null, null))
                .isEqualTo(new Outcome.Failed(
                        new TaskError("Failed", "This task fails always"), true, null, Cause.FAILED));
        assertThat(fail.run(new FailHandler.Wish("as you wish", false), null))
                .isEqualTo(Outcome.failedForGood("Failed", "as you wish"));
    }

    @Test
    void sleepSleepsNoLongerThanItMay() throws Exception {
        SleepHandler sleep = new SleepHandler();
        assertThat(sleep.run(new SleepHandler.Nap("PT0.001S"), null)).isEqualTo(Outcome.succeeded());
        for (String bad : List.of("", "1s", "-PT1S", "PT1H0.001S")) {
            assertThat(sleep.run(new SleepHandler.Nap(bad), null))
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.retryable()).isFalse());
        }
    }
}
