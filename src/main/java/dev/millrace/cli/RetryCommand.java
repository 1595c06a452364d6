package dev.millrace.cli;

import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code millrace retry}. */
@Command(
        name = "retry",
        header = "Run tasks again that have ended.",
        description = "They are ready again, with none of their attempts used up.",
        footer = {"  millrace retry failed-1", "  millrace retry failed-2 --payload '{\"retryable\": false}'"})
final class RetryCommand extends ChangeCommand {
    @Option(
            names = "--payload",
            paramLabel = "JSON|@FILE",
            description = "Run with this payload in place of the one that was submitted.")
    String payload;

    private byte[] body = new byte[0];

    @Override
    void check() {
        super.check();
        if (payload != null) {
            byte[] json = Source.json(payload);
            require(Json.shape(json, json.length) != Json.Shape.BROKEN, "The payload is not JSON.");
            body = ("{\"payload\":" + new String(json, StandardCharsets.UTF_8) + "}").getBytes(StandardCharsets.UTF_8);
        }
    }

    @Override
    Answer change(ApiClient client, String path) {
        return payload == null ? client.post(path + "/retry") : client.post(path + "/retry", body);
    }
}
