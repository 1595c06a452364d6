package dev.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.ActionReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BulkTest {
    private static final Bulk BULK = Bulk.read(
            Map.of("action", "retry", "state", "dead", "queue", "mail")::get,
            List.of(),
            Instant.parse("2026-03-01T10:00:00Z"));

    @Test
    void whatWasCountedIsSaidAndThatThereMayBeMore() {
        assertThat(BULK.counted(new ActionReport(0, 0, null)).count()).isEqualTo("0 tasks");
        assertThat(BULK.counted(new ActionReport(1, 0, null)).count()).isEqualTo("1 task");
        assertThat(BULK.counted(new ActionReport(1_234, 0, null)).count()).isEqualTo("1,234 tasks");
        assertThat(BULK.counted(new ActionReport(10_000, 0, "more")).count()).isEqualTo("10,000+ tasks");
    }

    @Test
    void whatWasDoneIsToldAndWhatWasNotAndThatThereIsMore() {
        assertThat(BULK.told(new ActionReport(1, 1, null))).isEqualTo("1 task is ready again.");
        assertThat(BULK.told(new ActionReport(1_003, 1_002, null)))
                .isEqualTo(
                        "1,002 tasks are ready again. 1 was not: changed meanwhile, or its state does not allow it.");
        assertThat(BULK.told(new ActionReport(10_000, 10_000, "more")))
                .isEqualTo("10,000 tasks are ready again. There are more: do it again.");
    }
}
