package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void linesComeBackWhateverTheirLength() throws IOException {
        String longLine = "x".repeat(200_000);
        LineReader lines = reader("a\n\n" + longLine + "\nlast", 300_000);
        List<String> read = new ArrayList<>();
        for (byte[] line = lines.next(); line != null; line = lines.next()) {
            read.add(new String(line, StandardCharsets.UTF_8));
        }
        assertThat(read).containsExactly("a", "", longLine, "last");
        assertThat(lines.number()).isEqualTo(4);
        assertThat(lines.bytes()).isEqualTo(200_008);
    }

    @Test
    void lineOverTheLimitIsRefusedBeforeItFillsTheMemory() {
        LineReader lines = reader("x".repeat(2_000_000), 100_000);
        assertThatThrownBy(lines::next).isInstanceOf(Refused.class).hasMessageContaining("Line 1 is longer");
    }

    @Test
    void typeCountsOnlyAtTheTopOfAnObject() {
        assertThat(shape("{\"a\":{\"type\":1}}")).isEqualTo(Json.Shape.VALUE);
        assertThat(shape("{\"a\":[1,{\"b\":2}],\"type\":1}")).isEqualTo(Json.Shape.TASK);
        assertThat(shape("[{\"type\":1}]")).isEqualTo(Json.Shape.VALUE);
        assertThat(shape("12")).isEqualTo(Json.Shape.VALUE);
        assertThat(shape("")).isEqualTo(Json.Shape.BROKEN);
        assertThat(shape("{\"type\":1} {}")).isEqualTo(Json.Shape.BROKEN);
        assertThat(shape("{\"type\":")).isEqualTo(Json.Shape.BROKEN);
        assertThat(shape("{\"type\":1")).isEqualTo(Json.Shape.BROKEN);
    }

    @Test
    void numbersStandToTheRight() {
        StringWriter out = new StringWriter();
        new Table("NAME", "READY")
                .row("a", 5)
                .row("long-name", 12_345)
                .print(new Terminal(new PrintWriter(out, true), null, Set.of(), true, false));
        assertThat(out.toString().lines()).containsExactly("NAME       READY", "a              5", "long-name  12345");
    }

    @Test
    void agesAreSaidInTheTwoLargestUnits() {
        assertThat(Ages.words("PT0.25S")).isEqualTo("250 ms");
        assertThat(Ages.words("PT0.000321S")).isEqualTo("0.3 ms");
        assertThat(Ages.words("PT59S")).isEqualTo("59 s");
        assertThat(Ages.words("PT2H5M9S")).isEqualTo("2 h 5 min");
        assertThat(Ages.words("P3DT1H")).isEqualTo("3 d 1 h");
        assertThat(Ages.words("soon")).isEqualTo("soon");
        assertThat(Ages.words("")).isEqualTo("-");
    }

    @Test
    void progressIsShownOnATerminalAlone() {
        StringWriter err = new StringWriter();
        Terminal live = new Terminal(null, new PrintWriter(err), Set.of("err"), true, false);
        try (PushProgress bar = PushProgress.of("mail", 200, live)) {
            bar.at(50, 100);
            assertThat(bar.line(50, 100, 0.5))
                    .isEqualTo("mail [====================>                   ]  50%  50 tasks, 100/s");
            assertThat(bar.line(100, 200, 1)).contains("[========================================] 100%");
        }
        assertThat(err.toString()).startsWith("\r").contains("50 tasks").endsWith("\r\u001b[K");

        StringWriter piped = new StringWriter();
        PushProgress.of("mail", 200, new Terminal(null, new PrintWriter(piped), Set.of("out"), true, false))
                .at(50, 100);
        assertThat(piped.toString()).isEmpty();
        assertThat(PushProgress.of("mail", -1, live).line(7, 9, 1)).isEqualTo("mail  7 tasks, 7/s");
    }

    @Test
    void partsOfJsonAreTakenAsTheyStandThere() {
        byte[] page = "{ \"next\" : null, \"items\" : [ {\"a\": -0.0, \"b\": \"x\\u0041é]\"} , 1e400,\"t\", [1, 2] ] }"
                .getBytes(StandardCharsets.UTF_8);
        assertThat(Raw.items(page).stream().map(TextTest::text))
                .containsExactly("{\"a\": -0.0, \"b\": \"x\\u0041é]\"}", "1e400", "\"t\"", "[1, 2]");
        assertThat(Raw.members(Raw.items(page).getFirst()))
                .extractingByKeys("a", "b")
                .map(part -> text(part))
                .containsExactly("-0.0", "\"x\\u0041é]\"");
        assertThatThrownBy(() -> Raw.members("{\"a\": 1} 2".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Refused.class);
        assertThatThrownBy(() -> Raw.items("{}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Refused.class);
    }

    @Test
    void logOfWhichTheLastLinesAreKeptIsShownOnce() {
        LogTail tail = new LogTail();
        assertThat(tail.fresh(log("[]"))).isEmpty();
        assertThat(tail.fresh(log("[1, 2]"))).extracting(JsonNode::asInt).containsExactly(1, 2);
        assertThat(tail.fresh(log("[1, 2]"))).isEmpty();
        assertThat(tail.fresh(log("[2, 2, 3]"))).extracting(JsonNode::asInt).containsExactly(2, 3);
        assertThat(tail.fresh(log("[8, 9]"))).extracting(JsonNode::asInt).containsExactly(8, 9);
    }

    private static JsonNode log(String json) {
        return Json.parse(json.getBytes(StandardCharsets.UTF_8), "");
    }

    private static String text(byte[] part) {
        return new String(part, StandardCharsets.UTF_8);
    }

    private static LineReader reader(String text, int longest) {
        return new LineReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), longest);
    }

    private static Json.Shape shape(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return Json.shape(bytes, bytes.length);
    }
}
