package dev.millrace.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Parameters;

/** Changes one backend of a destination, and shows the destination after it. */
abstract class BackendCommand extends DestinationCommand {
    @Parameters(index = "1", paramLabel = "URL", description = "The backend.")
    String url;

    final ObjectNode backend() {
        return Json.MAPPER.createObjectNode().put("url", url);
    }

    /**
     * @param step what follows the path of the backends
     */
    final int change(ApiClient client, String step, ObjectNode body, Terminal terminal) {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        return show(client.post(path() + "/backends" + step, bytes).json(), terminal);
    }
}
