package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace push}. */
@Command(
        name = "push",
        header = "Submit one task, or many as NDJSON (one JSON object a line).",
        description = {
            "Each object is a task as the API takes it. One without a \"type\" is, with --type, the payload of a task of "
                    + "that type. A request whose answer is lost is sent again with the same Idempotency-Key, so "
                    + "that nothing is accepted twice."
        },
        footer = {
            "  millrace push mail '{\"type\": \"echo\", \"payload\": {\"to\": \"ada@example.org\"}}'",
            "  millrace push mail --type echo '{\"to\": \"ada@example.org\"}'",
            "  millrace push mail @tasks.ndjson",
            "  seq 10000 | millrace push numbers --type echo -"
        })
final class PushCommand extends ServerCommand {
    @Parameters(index = "0", paramLabel = "QUEUE", description = "The queue; it comes into being with its first task.")
    String queue;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "JSON|@FILE|-",
            defaultValue = "-",
            description = "A task, a file, or standard input. Default: -")
    String what;

    @Option(names = "--type", description = "The type of objects that name none.")
    String type;

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "Makes the whole command repeatable: with the same key and input nothing is accepted twice.")
    String idempotencyKey;

    @Mixin
    PatienceOption patience;

    @Override
    void check() {
        requireQueue(queue);
        requireType(type);
    }

    @Override
    int run(ApiClient client, Terminal terminal) throws IOException {
        String keys = idempotencyKey == null ? UUID.randomUUID().toString() : idempotencyKey;
        Resend resend = patience.resend(terminal);
        boolean many = what.equals("-") || what.startsWith("@");
        return many ? pushMany(client, resend, keys, terminal) : pushOne(client, resend, keys, terminal);
    }

    private int pushOne(ApiClient client, Resend resend, String key, Terminal terminal) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        String wrong = new TaskText(type).write(what.getBytes(StandardCharsets.UTF_8), body);
        require(wrong == null, "The task cannot be sent: " + wrong + ".");
        JsonNode task = submit(client, resend, body.toByteArray(), key);
        terminal.out()
                .println(
                        server.asJson()
                                ? Json.pretty(task)
                                : "Task %s in %s is %s."
                                        .formatted(
                                                task.path("id").asText(),
                                                queue,
                                                task.path("state").asText()));
        return 0;
    }

    private JsonNode submit(ApiClient client, Resend resend, byte[] task, String key) {
        try {
            return resend.send(() -> client.post("/api/v1/queues/" + queue + "/tasks", "application/json", task, key))
                    .json();
        } catch (Ending e) {
            throw resend.inDoubt() ? e.and(Push.again(key)) : e;
        }
    }

    private int pushMany(ApiClient client, Resend resend, String keys, Terminal terminal) throws IOException {
        long start = System.nanoTime();
        Push push = new Push(queue, keys, new TaskText(type), new BulkRun.Sender(client, resend));
        try (Source source = Source.of(what);
                PushProgress bar = PushProgress.of(queue, source.length(), terminal)) {
            push.run(source.lines(), bar);
        } catch (Ending e) {
            if (push.begun()) {
                report(push, (System.nanoTime() - start) / 1e9, terminal);
            }
            throw e;
        }
        report(push, (System.nanoTime() - start) / 1e9, terminal);
        return push.rejected() == 0 ? 0 : Commands.REFUSED;
    }

    private void report(Push push, double seconds, Terminal terminal) {
        push.sayRefusals(terminal);
        if (server.asJson()) {
            terminal.out()
                    .println(Json.pretty(Json.MAPPER
                            .createObjectNode()
                            .put("queue", queue)
                            .put("accepted", push.accepted())
                            .put("rejected", push.rejected())));
        } else {
            terminal.out()
                    .printf(
                            "%,d tasks accepted in %s, %,d rejected; %.1f s, %,.0f tasks/s%n",
                            push.accepted(), queue, push.rejected(), seconds, push.accepted() / seconds);
        }
    }
}
