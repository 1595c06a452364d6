package dev.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every example of docs/http-api.md, run one after the other, answers what stands below it. */
@Tag("smoke")
class HttpApiPageIT {
    private static final Pattern EXAMPLE = Pattern.compile("```sh\n(.*?)```\n\n```json\n(.*?)```", Pattern.DOTALL);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    @Test
    void examplesAnswerWhatThePageSays() throws Exception {
        List<MatchResult> examples = EXAMPLE.matcher(Files.readString(Path.of("docs/http-api.md")))
                .results()
                .toList();
        assertThat(examples).hasSizeGreaterThanOrEqualTo(7);
        try (MillraceProcess server = MillraceProcess.start(directory)) {
            for (MatchResult example : examples) {
                String command = example.group(1).replace("8080", "" + server.port());
                assertCovers(JSON.readTree(example.group(2)), JSON.readTree(shell(command)), command);
            }
        }
    }

    /** Everything that is shown is there; what differs from run to run (texts, times, names) by its kind alone. */
    private static void assertCovers(JsonNode shown, JsonNode answer, String where) {
        assertThat(answer.getNodeType()).as(where + answer).isEqualTo(shown.getNodeType());
        for (Map.Entry<String, JsonNode> member : shown.properties()) {
            assertThat(answer.has(member.getKey()))
                    .as(where + member.getKey() + " in " + answer)
                    .isTrue();
            assertCovers(member.getValue(), answer.get(member.getKey()), where);
        }
        for (int i = 0; shown.isArray() && i < shown.size(); i++) {
            assertThat(answer.size()).as(where + answer).isGreaterThan(i);
            assertCovers(shown.get(i), answer.get(i), where);
        }
        if (shown.isNumber()
                || shown.isBoolean()
                || List.of("succeeded", "ready").contains(shown.asText())) {
            assertThat(answer.asText()).as(where + answer).isEqualTo(shown.asText());
        }
    }

    private String shell(String command) throws IOException, InterruptedException {
        Path out = directory.resolve("out.txt");
        Process shell = new ProcessBuilder("bash", "-euo", "pipefail", "-c", command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(shell.waitFor()).as(command).isZero();
        return Files.readString(out);
    }
}
