package dev.millrace.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Parameters;

/** Changes one backend of a destination, and shows the destination after it. */
abstract class BackendCommand extends DestinationCommand {
    @Parameters(index = "1", paramLabel = "URL", description = "The backend.")
    String url;

    ObjectNode backend() {
        return Json.MAPPER.createObjectNode().put("url", url);
    }

    /** What follows the path of the backends. */
    abstract String step();

    @Override
    final int run(ApiClient client, Terminal terminal) {
        byte[] body = backend().toString().getBytes(StandardCharsets.UTF_8);
        return show(client.post(path() + "/backends" + step(), body).json(), terminal);
    }
}
