package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace destinations}. */
@Command(
        name = "destinations",
        header = "Show and set where tasks are pushed to.",
        subcommands = {
            DestinationsCommand.Show.class,
            DestinationsCommand.Put.class,
            DestinationsCommand.Delete.class,
            DestinationsCommand.Add.class,
            DestinationsCommand.Drain.class,
            DestinationsCommand.Resume.class,
            DestinationsCommand.Remove.class
        },
        footer = {
            "  millrace destinations",
            "  millrace destinations put hooks '{\"backends\": [{\"url\": \"http://127.0.0.1:9000/\"}]}'",
            "  millrace destinations drain hooks http://127.0.0.1:9000/"
        })
final class DestinationsCommand extends ServerCommand {
    @Override
    int run(ApiClient client, Terminal terminal) {
        ArrayNode all = ListPage.all(client, "/api/v1/destinations");
        if (server.asJson()) {
            terminal.out().println(Json.pretty(Json.MAPPER.createObjectNode().set("items", all)));
        } else if (all.isEmpty()) {
            terminal.out().println("No destinations yet. See: millrace destinations put --help");
        } else {
            Table table = new Table("DESTINATION", "BALANCE", "CONCURRENCY", "FALLBACK", "BACKENDS");
            for (JsonNode each : all) {
                table.row(
                        each.path("name").asText(),
                        each.path("balance").asText(),
                        each.path("concurrency").asLong(),
                        each.path("fallback").asText("-"),
                        backends(each));
            }
            table.print(terminal);
        }
        return 0;
    }

    private static String backends(JsonNode destination) {
        StringBuilder text = new StringBuilder();
        for (JsonNode backend : destination.path("backends")) {
            text.append(text.isEmpty() ? "" : " ").append(backend.path("url").asText());
            text.append(backend.path("draining").asBoolean() ? " (draining)" : "");
        }
        return text.toString();
    }

    /** {@code millrace destinations show}. */
    @Command(
            name = "show",
            header = "Show a destination and how it does.",
            footer = "  millrace destinations show hooks")
    static final class Show extends DestinationCommand {
        @Override
        int run(ApiClient client, Terminal terminal) {
            ObjectNode both = Json.MAPPER.createObjectNode();
            both.set("destination", client.get(path()).json());
            both.set("stats", client.get(path() + "/stats").json());
            return show(both, terminal);
        }
    }

    /** {@code millrace destinations put}. */
    @Command(
            name = "put",
            header = "Set a destination as a whole.",
            footer = {
                "  millrace destinations put hooks '{\"backends\": [{\"url\": \"http://127.0.0.1:9000/\"}]}'",
                "  millrace destinations put hooks @hooks.json"
            })
    static final class Put extends DestinationCommand {
        private static final int LIMIT = 1 << 20;

        @Parameters(index = "1", paramLabel = "JSON", description = "The destination, @FILE, or - for standard input.")
        String json;

        @Override
        int run(ApiClient client, Terminal terminal) throws IOException {
            return show(client.put(path(), body()).json(), terminal);
        }

        private byte[] body() throws IOException {
            if (!json.startsWith("@") && !json.equals("-")) {
                return json.getBytes(StandardCharsets.UTF_8);
            }
            try (Source source = Source.of(json)) {
                return source.stream().readNBytes(LIMIT);
            }
        }
    }

    /** {@code millrace destinations delete}. */
    @Command(
            name = "delete",
            header = "Remove a destination; its tasks wait until there is one of this name again.",
            footer = "  millrace destinations delete hooks")
    static final class Delete extends DestinationCommand {
        @Override
        int run(ApiClient client, Terminal terminal) {
            Answer answer = client.delete(path());
            if (!answer.ok()) {
                throw Refused.by(answer);
            }
            terminal.out().println("Destination " + name + " is gone.");
            return 0;
        }
    }

    /** {@code millrace destinations add}. */
    @Command(
            name = "add",
            header = "Add a backend; one that is there already gets this weight.",
            footer = {
                "  millrace destinations add hooks http://127.0.0.1:9001/",
                "  millrace destinations add hooks http://127.0.0.1:9001/ --weight 3"
            })
    static final class Add extends BackendCommand {
        @Option(
                names = "--weight",
                paramLabel = "N",
                description = "Its share beside the others', 1 to 1000; 1 without it.")
        int weight = 1;

        @Override
        void check() {
            super.check();
            require(weight >= 1 && weight <= 1000, "--weight is 1 to 1000.");
        }

        @Override
        String step() {
            return "";
        }

        @Override
        ObjectNode backend() {
            return super.backend().put("weight", weight);
        }
    }

    /** {@code millrace destinations drain}. */
    @Command(
            name = "drain",
            header = "Give a backend nothing new; what is under way ends.",
            footer = "  millrace destinations drain hooks http://127.0.0.1:9000/")
    static final class Drain extends BackendCommand {
        @Override
        String step() {
            return "/drain";
        }
    }

    /** {@code millrace destinations resume}. */
    @Command(
            name = "resume",
            header = "Give a backend that was drained tasks again.",
            footer = "  millrace destinations resume hooks http://127.0.0.1:9000/")
    static final class Resume extends BackendCommand {
        @Override
        String step() {
            return "/resume";
        }
    }

    /** {@code millrace destinations remove}. */
    @Command(
            name = "remove",
            header = "Remove a backend; the last one goes with its destination only.",
            footer = "  millrace destinations remove hooks http://127.0.0.1:9000/")
    static final class Remove extends BackendCommand {
        @Override
        String step() {
            return "/remove";
        }
    }
}
