package dev.millrace.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchIdTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123Z");
    private final SplittableRandom random = new SplittableRandom(42);

    @Test
    void taskIdLeadsBackToItsBatchAndIndex() {
        for (int round = 0; round < 1_000; round++) {
            BatchId batch = BatchId.make(NOW.plusMillis(round), random.nextInt(BatchId.QUEUES), random);
            int index = random.nextInt(BatchId.LIMIT);
            TaskId id = batch.at(index);

            assertThat(id.value()).hasSize(26).matches("[0-9A-HJKMNP-TV-Z]+");
            assertThat(BatchId.of(id)).contains(batch);
            assertThat(BatchId.index(id)).isEqualTo(index);
        }
    }

    @Test
    void idTellsTheNumberOfItsQueue() {
        for (int number : new int[] {0, 1, 15, 16, 65_535, 65_536, 999_999, BatchId.QUEUES - 1}) {
            BatchId batch = BatchId.make(NOW, number, random);

            assertThat(batch.queueNumber()).isEqualTo(number);
            assertThat(BatchId.of(batch.at(99)).orElseThrow().queueNumber()).isEqualTo(number);
        }
    }

    @Test
    void textOrderAndByteOrderAreTimeOrder() {
        List<BatchId> byTime = new ArrayList<>();
        for (long millis : new long[] {0, 1, 1_000, NOW.toEpochMilli(), NOW.toEpochMilli() + 1, (1L << 47) - 1}) {
            byTime.add(BatchId.make(Instant.ofEpochMilli(millis), random.nextInt(BatchId.QUEUES), random));
        }

        assertThat(byTime.stream().map(id -> id.at(7).value())).isSorted();
        for (int i = 1; i < byTime.size(); i++) {
            assertThat(Arrays.compareUnsigned(
                            byTime.get(i - 1).bytes(), byTime.get(i).bytes()))
                    .isNegative();
        }
    }

    @Test
    void textOrderWithinABatchIsItsOrder() {
        BatchId batch = BatchId.make(NOW, 7, random);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < BatchId.LIMIT; i++) {
            ids.add(batch.at(i).value());
        }

        assertThat(ids).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void bytesLeadBackToTheId() {
        BatchId batch = BatchId.make(NOW, 7, random);

        assertThat(batch.bytes()).hasSize(16);
        assertThat(BatchId.ofBytes(batch.bytes())).isEqualTo(batch);
        assertThat(batch.at(0).value()).isEqualTo(batch.toString());
    }

    @Test
    void idsOfTheSameMomentAndQueueDiffer() {
        assertThat(BatchId.make(NOW, 7, random)).isNotEqualTo(BatchId.make(NOW, 7, random));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "order-42",
                "8ZZZZZZZZZZZZZZZZZZZZZZZZZ",
                "01jzzzzzzzzzzzzzzzzzzzzzzz",
                "01JZZZZZZZZZZZZZZZZZZZZZZI",
                "01JZZZZZZZZZZZZZZZZZZZZZZ",
                "01JZZZZZZZZZZZZZZZZZZZZZZZZ",
                "01JZZZZZZZ-ZZZZZZZZZZZZZZZ"
            })
    void otherFormsAreNoServersId(String text) {
        assertThat(BatchId.of(new TaskId(text))).isEmpty();
    }

    @Test
    void whatDoesNotFitIsRefused() {
        BatchId batch = BatchId.make(NOW, 7, random);

        assertThatIllegalArgumentException().isThrownBy(() -> batch.at(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> batch.at(BatchId.LIMIT));
        assertThatIllegalArgumentException().isThrownBy(() -> BatchId.make(NOW, -1, random));
        assertThatIllegalArgumentException().isThrownBy(() -> BatchId.make(NOW, BatchId.QUEUES, random));
    }
}
