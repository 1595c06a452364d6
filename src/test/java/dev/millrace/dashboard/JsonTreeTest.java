package dev.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.dashboard.JsonTree.Kind;
import dev.millrace.dashboard.JsonTree.Row;
import dev.millrace.task.Payload;
import org.junit.jupiter.api.Test;

class JsonTreeTest {
    @Test
    void whatOpensIsClosedAndKnowsItsSize() {
        JsonTree tree = JsonTree.of(Payload.of("{\"a\": [1, {\"b\": null}], \"c\": \"x\"}"));

        assertThat(tree.rows())
                .extracting(row -> row.kind() + ":" + row.name() + ":" + row.text() + ":" + row.size())
                .containsExactly(
                        "OBJECT:null:null:2",
                        "ARRAY:a:null:2",
                        "NUMBER:null:1:0",
                        "OBJECT:null:null:1",
                        "WORD:b:null:0",
                        "END:null:}:1",
                        "END:null:]:2",
                        "STRING:c:x:0",
                        "END:null:}:2");
        assertThat(tree.cut()).isFalse();
    }

    @Test
    void numbersAreTheCharactersThatWereSent() {
        String big = "123456789012345678901234567890.10";

        assertThat(JsonTree.of(Payload.of("[" + big + ", 1e400, -0.0]")).rows())
                .filteredOn(row -> row.kind() == Kind.NUMBER)
                .extracting(Row::text)
                .containsExactly(big, "1e400", "-0.0");
    }

    @Test
    void muchIsCutAndStillClosed() {
        String many = "[" + "[1],".repeat(5000) + "2]";

        JsonTree tree = JsonTree.of(Payload.of("{\"many\": " + many + "}"));

        assertThat(tree.cut()).isTrue();
        assertThat(tree.rows()).filteredOn(row -> !row.closes()).hasSize(JsonTree.MAX_ROWS);
        assertThat(tree.rows().stream().filter(Row::opens).count())
                .isEqualTo(tree.rows().stream().filter(Row::closes).count());
    }

    @Test
    void whatCannotBeSeenIsSpeltOut() {
        Row row = JsonTree.of(Payload.of("{\"\": \"a\\u0000b\\u2028c\\u202ed\\r\\n\\te\\ud83d\\ude00\\ud83d\"}"))
                .rows()
                .get(1);

        assertThat(row.name()).isEmpty();
        assertThat(row.text()).isEqualTo("a\\u0000b\\u2028c\\u202ed\\u000d\n\te😀\\ud83d");
    }

    @Test
    void longTextIsCut() {
        Row row = JsonTree.of(Payload.of("\"" + "x".repeat(5000) + "\"")).rows().getFirst();

        assertThat(row.text()).hasSize(JsonTree.MAX_TEXT);
        assertThat(row.size()).isEqualTo(3000);
    }

    @Test
    void longListsAndDeepLevelsAreCollapsedAtFirst() {
        JsonTree tree = JsonTree.of(Payload.of("[[[[1]]], [" + "1,".repeat(60) + "1]]"));

        assertThat(tree.rows())
                .filteredOn(Row::opens)
                .extracting(Row::open)
                .containsExactly(true, true, true, false, false);
    }
}
