package dev.millrace.cli;

import java.net.URI;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which server, as whom, and how to print what it says. */
final class ServerOptions {
    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "${env:MILLRACE_SERVER:-http://127.0.0.1:8080}",
            description = "The server to talk to (environment: MILLRACE_SERVER). Default: http://127.0.0.1:8080")
    String server;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            defaultValue = "${env:MILLRACE_KEY}",
            description = "API key (better: environment MILLRACE_KEY). None is needed on an open loopback server.")
    String key;

    @Option(
            names = "--output",
            paramLabel = "table|json",
            defaultValue = "table",
            description = "How to print: table or json. Default: table")
    Format output;

    /** How to print. */
    enum Format {
        table,
        json
    }

    boolean asJson() {
        return output == Format.json;
    }

    ApiClient connect() {
        return new ApiClient(address(), key == null || key.isBlank() ? null : key);
    }

    private URI address() {
        try {
            URI uri = URI.create(server.contains("://") ? server : "http://" + server);
            if (uri.getHost() != null
                    && (uri.getScheme().equals("http") || uri.getScheme().equals("https"))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // said below, like every other address that cannot be used
        }
        throw new ParameterException(
                command.commandLine(),
                "'" + server + "' is not an address of a server. Write it like http://127.0.0.1:8080");
    }
}
