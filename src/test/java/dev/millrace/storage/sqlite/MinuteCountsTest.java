package dev.millrace.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.monitor.Minute;
import dev.millrace.storage.record.ByteReader;
import dev.millrace.storage.sqlite.MinuteCounts.End;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MinuteCountsTest {
    private static MinuteCounts counted() {
        MinuteCounts minute = new MinuteCounts(60_000);
        minute.submitted = 300;
        minute.started = 2;
        minute.waits[0] = 1;
        minute.waits[116] = 200;
        minute.runs[40] = 2;
        minute.ended("t", End.DEAD);
        return minute;
    }

    @Test
    void whatWasWrittenIsRead() {
        Minute minute = MinuteCounts.decode(counted().encode()).toMinute();

        assertThat(minute).usingRecursiveComparison().isEqualTo(counted().toMinute());
    }

    /** As it read, word for word; what stands behind it did not look at. */
    @Test
    void programBeforeReadsAMinuteWithoutItsTimes() {
        ByteReader in = new ByteReader(counted().encode());

        assertThat(in.u8()).as("format").isEqualTo(1);
        assertThat(in.varint()).as("at").isEqualTo(60_000);
        assertThat(in.varint()).as("submitted").isEqualTo(300);
        assertThat(in.varint()).as("started").isEqualTo(2);
        assertThat(in.varint()).as("buckets of waits").isZero();
        assertThat(in.varint()).as("buckets of runs").isZero();
        assertThat(in.varint()).as("types").isEqualTo(1);
        assertThat(Map.entry(in.text(), in.varint())).isEqualTo(Map.entry("t", 3L));
        assertThat(new long[] {in.varint(), in.varint(), in.varint()}).containsExactly(0, 0, 1);
    }
}
