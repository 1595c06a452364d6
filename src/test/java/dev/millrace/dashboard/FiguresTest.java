package dev.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.monitor.Buckets;
import dev.millrace.monitor.Level;
import dev.millrace.monitor.Minute;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How figures are made and how they read. */
class FiguresTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    static Minute minute(Instant at, long submitted, long succeeded, long dead) {
        long[] waits = new long[Buckets.COUNT];
        waits[Buckets.index(100)] = succeeded + dead;
        Map<String, Map<String, Long>> ended =
                Map.of("t", Map.of("succeeded", succeeded, "dead", dead, "released", 7L));
        return new Minute(at, submitted, succeeded + dead, ended, waits, new long[Buckets.COUNT]);
    }

    private static Slot slot(Instant at, long submitted, long succeeded) {
        Slot slot = new Slot(at);
        slot.add(minute(at, submitted, succeeded, 0));
        return slot;
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "7,7",
        "999,999",
        "1000,1k",
        "1234,1.23k",
        "12345,12.3k",
        "123456,123k",
        "999999,1M",
        "1500000,1.5M"
    })
    void numbersAreShort(long number, String text) {
        assertThat(Format.brief(number)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0.04,0", "0.26,0.3", "9.94,9.9", "9.96,10", "100,100", "1234,1.23k"})
    void ratesHaveOneDecimalBelowTen(double rate, String text) {
        assertThat(Format.rate(rate)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0 ms",
        "999,999 ms",
        "1000,1 s",
        "4200,4.2 s",
        "9949,9.9 s",
        "9950,10 s",
        "59499,59 s",
        "59999,1 min",
        "60000,1 min",
        "80000,1 min 20 s",
        "3600000,1 h",
        "18120000,5 h 2 min",
        "172800000,2 d",
        "180000000,2 d 2 h"
    })
    void spansHaveTwoUnitsAtMost(long millis, String text) {
        assertThat(Format.spanOfMillis(millis)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0,now",
        "1,now",
        "2,2 s ago",
        "59,59 s ago",
        "60,1 min ago",
        "89,1 min ago",
        "90,2 min ago",
        "3569,59 min ago",
        "3570,1 h ago",
        "7200,2 h ago",
        "171000,2 d ago",
        "-300,in 5 min"
    })
    void agesAreTheNearestOfOneUnit(long seconds, String text) {
        assertThat(Format.ago(NOON.minusSeconds(seconds), NOON)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "1,1",
        "2,2",
        "3,4",
        "5,6",
        "9,10",
        "11,12",
        "13,20",
        "99,100",
        "101,120",
        "1250,2000",
        "2600,3000",
        "9000,10000"
    })
    void scalesAreRoundAndDivideByTwo(long highest, long top) {
        assertThat(Chart.roundUp(highest)).isEqualTo(top);
    }

    @ParameterizedTest
    @CsvSource({"0,0,–", "0,10,0", "1,10000,<0.1", "4,1000,0.4", "1,3,33", "3,3,100"})
    void sharesAreNeverZeroUnlessTheyAre(long part, long whole, String text) {
        assertThat(Rates.percent(part, whole)).isEqualTo(text);
    }

    @Test
    void aMinuteThatIsTakenBackLeavesNothing() {
        Slot slot = new Slot(NOON);
        slot.add(minute(NOON, 9, 5, 2));
        slot.remove(minute(NOON, 9, 5, 2));
        assertThat(slot.submitted() + slot.ran() + slot.ended()).isZero();
        assertThat(slot.waits(0.5)).isNegative();
    }

    @Test
    void whatAlwaysTakesTheSameHasThatForAllItsPercentilesWithinAnEighth() {
        for (long millis : new long[] {0, 1, 3, 100, 1_000, 45_000, 7_200_000}) {
            long[] runs = new long[Buckets.COUNT];
            runs[Buckets.index(millis)] = 10;
            Slot slot = new Slot(NOON);
            slot.add(new Minute(NOON, 0, 10, Map.of(), new long[Buckets.COUNT], runs));
            assertThat(slot.runs(0.5)).isCloseTo(millis, Percentage.withPercentage(12.5));
            assertThat(slot.runs(0.99)).isEqualTo(slot.runs(0.5));
            assertThat(slot.waits(0.5)).isNegative();
        }
    }

    @ParameterizedTest
    @CsvSource({"0,0 ms", "96,96 ms", "347,350 ms", "1234,1.2 s", "45056,45 s", "59700,1 min", "197432,3 min 20 s"})
    void whatIsKnownToAnEighthHasTwoDigits(long millis, String text) {
        assertThat(Format.aboutMillis(millis)).isEqualTo(text);
    }

    @Test
    void theBacklogIsCountedBackFromNow() {
        List<Slot> slots =
                List.of(slot(NOON, 10, 0), slot(NOON.plusSeconds(60), 5, 8), slot(NOON.plusSeconds(120), 0, 4));
        assertThat(Rates.backlog(slots, 3)).containsExactly(10L, 7L, 3L);
    }

    @Test
    void whatWasNotedIsNotCountedBack() {
        List<Slot> slots = List.of(
                slot(NOON, 10, 0),
                slot(NOON.plusSeconds(60), 5, 8),
                slot(NOON.plusSeconds(120), 0, 4),
                slot(NOON.plusSeconds(180), 0, 0));
        slots.get(1).add(new Level(NOON.plusSeconds(60), 99, Duration.ofSeconds(7)));
        assertThat(Rates.backlog(slots, 3)).containsExactly(102L, 99L, 3L, 3L);
        assertThat(Rates.oldest(slots, null)).containsExactly(-1L, 7_000L, -1L, -1L);
        assertThat(Rates.oldest(slots, Duration.ofMillis(5))).endsWith(-1L, 5L);
    }

    @Test
    void aQuarterOfAnHourEndsAsItsLastMinuteDidAndIsAsOldAsItsOldest() {
        List<Level> levels = List.of(
                new Level(NOON, 5, Duration.ofSeconds(40)), new Level(NOON.plusSeconds(60), 9, Duration.ofSeconds(2)));
        Level last = Range.DAY
                .slots(List.of(), levels, NOON.plusSeconds(90))
                .getLast()
                .level();
        assertThat(last.live()).isEqualTo(9);
        assertThat(last.oldest()).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void ratesAreOfTheLastFullMinuteAndTheRunningOne() {
        List<Slot> slots =
                List.of(slot(NOON, 0, 500), slot(NOON.plusSeconds(60), 0, 60), slot(NOON.plusSeconds(120), 0, 30));
        assertThat(Rates.perMinute(slots, Slot::ended, NOON.plusSeconds(150))).isEqualTo(60.0);
        assertThat(Rates.perMinute(List.of(), Slot::ended, NOON)).isZero();
    }

    @Test
    void aRangeHoldsTheRunningSlotAndNothingOlder() {
        Instant now = NOON.plusSeconds(30);
        List<Slot> minutes = List.of(
                slot(NOON.minus(Duration.ofMinutes(60)), 1, 0),
                slot(NOON.minus(Duration.ofMinutes(59)), 2, 0),
                slot(NOON, 4, 0),
                slot(NOON.plus(Duration.ofMinutes(1)), 8, 0));
        List<Slot> hour = Range.HOUR.slots(minutes, List.of(), now);
        assertThat(hour).hasSize(60);
        assertThat(hour.getFirst().submitted()).isEqualTo(2);
        assertThat(hour.getLast().submitted()).isEqualTo(4);
        assertThat(Rates.sum(Range.DAY.slots(minutes, List.of(), now), Slot::submitted))
                .isEqualTo(15);
    }

    /** Each below the middle of its slot. */
    @ParameterizedTest
    @CsvSource({
        "60, 60, 2026-11-21T10:07:00Z, '10:15@14.17 10:30@39.17 10:45@64.17 11:00@89.17'",
        "60, 60, 2026-11-21T10:00:00Z, '10:00@0.83 10:15@25.83 10:30@50.83 10:45@75.83'",
        "900, 96, 2026-11-20T13:15:00Z, '18:00@20.31 00:00@45.31 06:00@70.31 12:00@95.31'",
        "15, 120, 2026-11-21T10:07:15Z, '10:10@9.58 10:20@42.92 10:30@76.25'",
        "15, 2, 2026-11-21T10:07:50Z, '10:08@58.33'",
        "15, 1, 2026-11-21T10:07:50Z, ''"
    })
    void timesBelowAChartAreRound(int step, int count, Instant from, String wanted) {
        List<Instant> moments = IntStream.range(0, count)
                .mapToObj(i -> from.plusSeconds((long) i * step))
                .toList();
        String times = TimeAxis.of(moments).ticks().stream()
                .map(tick -> tick.at().toString().substring(11, 16) + "@" + tick.x())
                .collect(Collectors.joining(" "));
        assertThat(times).isEqualTo(wanted);
    }

    @Test
    void barsStandOnEachOtherAndFitTheScale() {
        Slot slot = new Slot(NOON);
        slot.add(minute(NOON, 0, 30, 10));
        Chart chart = Chart.bars(
                "t",
                List.of(slot, new Slot(NOON.plusSeconds(60))),
                new Chart.Series(Slot::succeeded, "fine"),
                new Chart.Series(Slot::failed, "failed"));
        assertThat(chart.marks()).containsExactly("40", "20", "0");
        assertThat(chart.columns().getFirst().lower()).isEqualTo(new Chart.Bar("25", "75"));
        assertThat(chart.columns().getFirst().upper()).isEqualTo(new Chart.Bar("0", "25"));
        assertThat(chart.columns().getFirst().tip()).isEqualTo("@\n30 fine\n10 failed");
        assertThat(chart.columns().getLast().lower()).isNull();
    }
}
