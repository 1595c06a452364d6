package dev.millrace.storage.record;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.millrace.task.NewTask;
import dev.millrace.task.Payload;
import dev.millrace.testing.FakeClock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BatchCodecTest {
    @Test
    void plainTaskComesBackEqual() {
        List<NewTask> tasks = List.of(aTask().build(FakeClock.START));

        assertThat(BatchCodec.decode(BatchCodec.encode(tasks)).tasks()).isEqualTo(tasks);
    }

    @Test
    void anyTasksComeBackEqual() {
        long seed = ThreadLocalRandom.current().nextLong();
        RandomTasks random = new RandomTasks(seed);
        for (int size : new int[] {1, 2, 7, 100, 100, 3, 1}) {
            List<NewTask> tasks = Stream.generate(random::next).limit(size).toList();
            byte[] bytes = BatchCodec.encode(tasks);

            BatchCodec.StoredBatch stored = BatchCodec.decode(bytes);

            assertThat(stored.tasks()).as("seed %d", seed).isEqualTo(tasks);
            assertThat(stored.size()).isEqualTo(bytes.length);
            assertThat(stored.spec(size - 1)).isEqualTo(tasks.getLast().spec());
        }
    }

    @Test
    void orderOfLabelsIsKept() {
        NewTask task =
                aTask().labelled("z", "1").labelled("a", "2").labelled("m", "3").build(FakeClock.START);

        NewTask stored =
                BatchCodec.decode(BatchCodec.encode(List.of(task))).tasks().getFirst();

        assertThat(stored.spec().marks().labels().keySet()).containsExactly("z", "a", "m");
    }

    @Test
    void textThatManyTasksShareIsStoredOnce() {
        String type = "t".repeat(120);
        List<NewTask> one = List.of(aTask(type).from("c".repeat(60)).build(FakeClock.START));
        List<NewTask> many = new ArrayList<>(Collections.nCopies(100, one.getFirst()));

        int each = (BatchCodec.encode(many).length - BatchCodec.encode(one).length) / 99;

        assertThat(each).isLessThan(40);
    }

    @Test
    void newerFormatIsRefusedWithASentence() {
        byte[] bytes = BatchCodec.encode(List.of(aTask().build(FakeClock.START)));
        bytes[0] = BatchCodec.FORMAT + 1;

        assertThatIllegalStateException()
                .isThrownBy(() -> BatchCodec.decode(bytes))
                .withMessageContaining("format 2")
                .withMessageContaining("Upgrade");
    }

    @Test
    void payloadWithACodecOfTheFutureIsRefusedWithASentence() {
        byte[] bytes = BatchCodec.encode(Payload.of("[1]"));
        assertThat(BatchCodec.decodePayload(bytes)).isEqualTo(Payload.of("[1]"));
        bytes[0] = 9;

        assertThatIllegalStateException()
                .isThrownBy(() -> BatchCodec.decodePayload(bytes))
                .withMessageContaining("codec 9")
                .withMessageContaining("Upgrade");
    }

    @Test
    void numbersComeBackFromTheByteRow() {
        ByteWriter out = new ByteWriter(0);
        long[] values = {0, 1, 127, 128, 16_383, 16_384, Integer.MAX_VALUE, Long.MAX_VALUE};
        for (long value : values) {
            out.varint(value);
            out.u64(~value);
            out.u32((int) value);
            out.u16((int) value & 0xFFFF);
        }
        out.text("äöü😀\u0000");
        ByteReader in = new ByteReader(out.toArray());
        for (long value : values) {
            assertThat(in.varint()).isEqualTo(value);
            assertThat(in.u64()).isEqualTo(~value);
            assertThat(in.u32()).isEqualTo((int) value);
            assertThat(in.u16()).isEqualTo((int) value & 0xFFFF);
        }
        assertThat(in.text()).isEqualTo("äöü😀\u0000");
        assertThat(in.atEnd()).isTrue();
    }
}
