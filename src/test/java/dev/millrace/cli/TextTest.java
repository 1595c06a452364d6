package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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
                .print(new Terminal(new PrintWriter(out, true), null, false, false));
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
        Terminal live = new Terminal(null, new PrintWriter(err), false, true);
        try (PushProgress bar = PushProgress.of("mail", 200, live)) {
            bar.at(50, 100);
            assertThat(bar.line(50, 100, 0.5))
                    .isEqualTo("mail [====================>                   ]  50%  50 tasks, 100/s");
            assertThat(bar.line(100, 200, 1)).contains("[========================================] 100%");
        }
        assertThat(err.toString()).startsWith("\r").contains("50 tasks").endsWith("\r\u001b[K");

        StringWriter piped = new StringWriter();
        PushProgress.of("mail", 200, new Terminal(null, new PrintWriter(piped), false, false))
                .at(50, 100);
        assertThat(piped.toString()).isEmpty();
        assertThat(PushProgress.of("mail", -1, live).line(7, 9, 1)).isEqualTo("mail  7 tasks, 7/s");
    }

    private static LineReader reader(String text, int longest) {
        return new LineReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), longest);
    }

    private static Json.Shape shape(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return Json.shape(bytes, bytes.length);
    }
}
