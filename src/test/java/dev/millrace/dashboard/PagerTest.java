package dev.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PagerTest {
    @Test
    void wayBackIsTheWayThere() {
        Pager first = Pager.of("/tasks?a=b", null, null, "c2");
        assertThat(first).isEqualTo(new Pager(null, null, "/tasks?a=b&cursor=c2"));
        assertThat(Pager.of("/tasks", "c2", null, "c3"))
                .isEqualTo(new Pager("/tasks", "/tasks", "/tasks?cursor=c3&trail=c2"));
        assertThat(Pager.of("/tasks", "c3", "c2", "c4"))
                .isEqualTo(new Pager("/tasks", "/tasks?cursor=c2", "/tasks?cursor=c4&trail=c2.c3"));
        assertThat(Pager.of("/tasks", "c4", "c2.c3", null))
                .isEqualTo(new Pager("/tasks", "/tasks?cursor=c3&trail=c2", null));
    }

    @Test
    void addressStaysShortHoweverFarOneGoes() {
        String cursor = "x".repeat(200);
        String trail = null;
        String older = null;
        for (int page = 2; page < 100; page++) {
            older = Pager.of("/tasks", cursor, trail, cursor).older();
            int at = older.indexOf("trail=");
            trail = at < 0 ? null : older.substring(at + 6);
        }
        assertThat(older).hasSizeLessThan(2000);
    }

    @Test
    void whatIsNoCursorIsLeftOut() {
        assertThat(Pager.of("/tasks", "c3", "\"><x>.c2", null).newer()).isEqualTo("/tasks?cursor=c2");
        assertThat(Pager.valid("<b>")).isFalse();
    }
}
