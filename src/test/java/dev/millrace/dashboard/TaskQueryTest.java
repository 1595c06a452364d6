package dev.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.TaskFilter;
import dev.millrace.task.TaskState;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskQueryTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private static final TaskQuery WHOLE = TaskQuery.read(whole()::get, NOW);

    private static Map<String, String> whole() {
        return Map.of(
                "queue",
                "mail",
                "state",
                "dead",
                "type",
                "a/b:c",
                "tag",
                "é&=",
                "label",
                "tenant=a=b",
                "after",
                "1h",
                "before",
                "2026-03-01T09:30",
                "text",
                "\"><x>",
                "error",
                "0123456789abcdef");
    }

    @Test
    void filterIsRead() {
        assertThat(WHOLE.faults()).isEmpty();
        assertThat(WHOLE.filter())
                .isEqualTo(new TaskFilter(
                        "mail",
                        TaskState.DEAD,
                        "a/b:c",
                        "é&=",
                        Map.of("tenant", "a=b"),
                        NOW.minusSeconds(3600),
                        NOW.minusSeconds(1800),
                        "\"><x>",
                        "0123456789abcdef"));
    }

    @Test
    void filterIsTheAddress() {
        assertThat(WHOLE.search())
                .isEqualTo("?queue=mail&state=dead&type=a%2Fb%3Ac&tag=%C3%A9%26%3D&label=tenant%3Da%3Db"
                        + "&after=1h&before=2026-03-01T09%3A30&text=%22%3E%3Cx%3E&error=0123456789abcdef");
    }

    @Test
    void searchChangesOnePartAndKeepsTheRest() {
        TaskQuery query = TaskQuery.read(Map.of("queue", "mail", "state", "dead")::get, NOW);

        assertThat(query.search(Map.of("state", ""))).isEqualTo("?queue=mail");
        assertThat(query.search(Map.of("state", "ready", "type", "a"))).isEqualTo("?queue=mail&state=ready&type=a");
        assertThat(TaskQuery.read(name -> " ", NOW).search()).isEmpty();
    }

    @Test
    void whatIsNotValidIsToldAndLeftOut() {
        Map<String, String> given = Map.of(
                "queue",
                "Ma il",
                "state",
                "x",
                "type",
                "<b>",
                "label",
                "=x",
                "after",
                "yesterday",
                "error",
                "zz",
                "text",
                "x".repeat(257));

        TaskQuery query = TaskQuery.read(given::get, NOW);

        assertThat(query.faults()).hasSize(7).allMatch(fault -> fault.endsWith("."));
        assertThat(query.filter()).isEqualTo(TaskFilter.ofQueue(null, null));
    }
}
