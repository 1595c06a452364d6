package dev.millrace.storage.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.storage.record.ByteWriter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which record of a page a task has; a page has from one run for all its tasks to one for each. */
class RecordPageTest {
    private static final int HEAD = 18;
    private static final long AT = 1_700_000_000_000L;
    private static final long SEQ = 7;
    private static final int NOBODY = -1;

    /**
     * @param flags of each task; {@link #NOBODY} where there is none
     */
    private static RecordPage page(int... flags) {
        ByteWriter out = new ByteWriter(HEAD);
        out.u8(RecordPage.FORMAT);
        out.u8(0);
        out.u8(flags.length);
        out.u8(0);
        out.u48(AT);
        out.u32((int) SEQ);
        out.u16(0);
        out.u16(HEAD);
        byte[] runs = RecordPage.fresh(flags);
        for (int at = 0, index = 0; at < runs.length; at += 1 + TaskRecord.WIDTH) {
            if (flags[index] == NOBODY) {
                runs[at + 1] = (byte) TaskRecord.ABSENT;
            }
            index += runs[at];
        }
        out.bytes(runs, runs.length);
        return RecordPage.read(out.toArray());
    }

    @Test
    void aTaskHasTheRecordOfItsRunAndItsOwnPlace() {
        for (int[] flags : List.of(
                new int[] {3},
                new int[100],
                new int[] {1, 2},
                new int[] {1, 1, 2, NOBODY, NOBODY, 5, 5, 5, 1},
                alternating(100),
                alternating(99))) {
            RecordPage page = page(flags);
            for (int index = 0; index < flags.length; index++) {
                TaskRecord record = page.record(index);
                if (flags[index] == NOBODY) {
                    assertThat(record).as(Arrays.toString(flags) + index).isNull();
                } else {
                    assertThat(record.flags())
                            .as(Arrays.toString(flags) + index)
                            .isEqualTo(flags[index]);
                    assertThat(record.at()).isEqualTo(AT);
                    assertThat(record.seq()).isEqualTo(SEQ + index);
                }
            }
        }
    }

    private static int[] alternating(int size) {
        int[] flags = new int[size];
        Arrays.setAll(flags, index -> index % 2 + 1);
        return flags;
    }

    @Test
    void beyondTheLastTaskThereIsNone() {
        assertThat(page(1, 2, 2).record(3)).isNull();
        assertThat(RecordPage.EMPTY.record(0)).isNull();
    }
}
