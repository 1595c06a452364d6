package dev.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static Report report() {
        Map<String, Report> pages = new LinkedHashMap<>();
        pages.put("/", new Report().put("p50", 1.5).put("max", 30.25).put("withinGoal", true));
        pages.put(
                "/dead-letters", new Report().put("p50", 42.1).put("max", 72.0).put("withinGoal", false));
        return new Report().put("tasks", 1000).grid("pages", pages);
    }

    @Test
    void sectionsWithTheSameFiguresAreLinesOfATable() {
        StringWriter out = new StringWriter();
        report().table(new PrintWriter(out));

        assertThat(out.toString().lines().toList())
                .containsExactly(
                        "tasks                        1000",
                        "",
                        "pages                 p50         max  withinGoal",
                        "/                     1.5       30.25         yes",
                        "/dead-letters        42.1        72.0          no");
    }

    @Test
    void asJsonTheyAreObjects() {
        assertThat(report().json())
                .isEqualTo("{\"tasks\":1000,\"pages\":{\"/\":{\"p50\":1.5,\"max\":30.25,\"withinGoal\":true},"
                        + "\"/dead-letters\":{\"p50\":42.1,\"max\":72.0,\"withinGoal\":false}}}");
    }
}
