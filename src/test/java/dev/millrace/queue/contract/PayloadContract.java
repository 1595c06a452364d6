package dev.millrace.queue.contract;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Batch;
import dev.millrace.queue.Change;
import dev.millrace.queue.Lease;
import dev.millrace.queue.Submitted;
import dev.millrace.queue.TaskFilter;
import dev.millrace.queue.Verdict;
import dev.millrace.task.Payload;
import dev.millrace.task.TaskId;
import dev.millrace.task.Unique;
import dev.millrace.testing.StoreFixture;
import dev.millrace.testing.TaskBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Payloads and results come back byte for byte. */
public interface PayloadContract extends StoreFixture {
    int LARGEST = 256 * 1024;

    static List<Payload> hard() {
        String unicode = IntStream.rangeClosed(0x20, Character.MAX_CODE_POINT)
                .filter(c -> c != '"' && c != '\\' && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE))
                .filter(c -> c < 0x3000 || c % 61 == 0)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        String fields =
                IntStream.range(0, 5_000).mapToObj(i -> "\"f" + i + "\":" + i).collect(Collectors.joining(","));
        byte[] everyByte = new byte[256];
        for (int i = 0; i < everyByte.length; i++) {
            everyByte[i] = (byte) i;
        }
        return List.of(
                Payload.NULL,
                Payload.of("0"),
                Payload.of("\"\""),
                Payload.of("{}"),
                Payload.of(" [ ] \n"),
                Payload.of("9007199254740993"),
                Payload.of("[1e400, -0, -0.0, 0.1000, 1E+2, 123456789012345678901234567890.123456789]"),
                Payload.of("{\"a\":1,\"a\":2}"),
                Payload.of("\"\\u0000\\ud800 \\/ \\u00e9\""),
                Payload.of("\"" + unicode + "\""),
                Payload.of("[".repeat(60) + "]".repeat(60)),
                Payload.of("{" + fields + "}"),
                Payload.of("\"" + "x".repeat(LARGEST - 2) + "\""),
                new Payload(everyByte));
    }

    @ParameterizedTest
    @MethodSource("hard")
    default void payloadComesBackEqual(Payload payload) {
        TaskId id = accepted(aTask().withPayload(payload));

        assertThat(find(id).spec().payload().json()).isEqualTo(payload.json());
        assertThat(tasks().list(TaskFilter.ofQueue(queue(), null), null, 1, now())
                        .tasks()
                        .getFirst()
                        .spec()
                        .payload())
                .isEqualTo(payload);
        assertThat(leaseOne().task().spec().payload()).isEqualTo(payload);
    }

    @ParameterizedTest
    @MethodSource("hard")
    default void resultComesBackEqual(Payload result) {
        TaskId id = accepted(aTask());
        settle(leaseOne().token(), new Verdict.Succeed(result));

        assertThat(find(id).details().result()).isEqualTo(result);
    }

    @ParameterizedTest
    @MethodSource("hard")
    default void editedPayloadComesBackEqual(Payload payload) {
        TaskId id = accepted(aTask());
        bury(leaseOne());
        tasks().change(List.of(new Change.Retry(id, null, payload)), now());

        assertThat(find(id).spec().payload()).isEqualTo(payload);
        assertThat(leaseOne().task().spec().payload()).isEqualTo(payload);
    }

    @Test
    default void largePayloadsOfOneBatchDoNotMix() {
        TaskBuilder[] tasks = new TaskBuilder[20];
        for (int i = 0; i < tasks.length; i++) {
            tasks[i] = aTask().withPayload("\"" + ("" + i % 10).repeat(20_000 + i) + "\"");
        }
        Batch batch = batch(tasks);
        submit(batch);

        List<Lease> leases = lease(20);
        for (int i = 0; i < tasks.length; i++) {
            Payload payload = batch.tasks().get(i).spec().payload();
            assertThat(leases.get(i).task().spec().payload()).isEqualTo(payload);
            assertThat(find(batch.id().at(i)).spec().payload()).isEqualTo(payload);
        }
    }

    @Test
    default void textThatLooksLikeACommandIsText() {
        String nasty = "'; DROP TABLE task; -- %s {0} \\x00 $1 ? :name";
        TaskId id = accepted(aTask().withPayload("\"" + nasty + "\"")
                .tagged(nasty)
                .labelled(nasty, nasty)
                .from(nasty)
                .withKey(nasty)
                .unique(nasty, Unique.Mode.REJECT));
        settle(leaseOne().token(), new Verdict.Release(null, nasty));

        assertThat(new String(find(id).spec().payload().json(), StandardCharsets.UTF_8))
                .contains(nasty);
        assertThat(find(id).spec().marks().labels()).containsEntry(nasty, nasty);
        assertThat(find(id).details().history().getLast().message()).isEqualTo(nasty);
        assertThat(submit(aTask().unique(nasty, Unique.Mode.RETURN))).isEqualTo(new Submitted.Existing(id));
    }
}
