package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace queue}. */
@Command(
        name = "queue",
        header = "Show one queue with its settings, or change these.",
        footer = {
            "  millrace queue mail",
            "  millrace queue mail --concurrency 5 --rate 100/1m",
            "  millrace queue mail --max-depth 100000 --max-bytes none",
            "  millrace queue mail --default timeout=1m --default ttl=none --retention dead.age=60d"
        })
final class QueueCommand extends ServerCommand {
    private static final String WHOLE = "-?[0-9]{1,18}";
    private static final String NONE = "none";
    private static final Set<String> DURATIONS =
            Set.of("delay", "ttl", "timeout", "retention", "age", "deadAge", "dedupe");
    private static final Set<String> NUMBERS = Set.of("priority", "maxAttempts", "count", "bytes");

    private static final long MOST_TASKS = 1_000_000_000;
    private static final long MOST_BYTES = 1L << 40;

    @Parameters(paramLabel = "QUEUE", description = "The queue.")
    String queue;

    @Option(
            names = "--concurrency",
            paramLabel = "N|none",
            description = "Let so many of its tasks run at once, over all workers; none for no limit.")
    String concurrency;

    @Option(
            names = "--max-depth",
            paramLabel = "N|none",
            description = "Let so many of its tasks wait, and refuse more; none for no limit.")
    String maxDepth;

    @Option(
            names = "--max-bytes",
            paramLabel = "N|none",
            description = "Let those that did not end have so many bytes, and refuse more; none for no limit.")
    String maxBytes;

    @Option(
            names = "--default",
            paramLabel = "NAME=VALUE",
            description = "What its tasks have that do not say otherwise: priority, delay, ttl, timeout, maxAttempts,"
                    + " backoff (JSON) or retention; none for what is usual. May be repeated.")
    Map<String, String> defaults = new LinkedHashMap<>();

    @Option(
            names = "--retention",
            paramLabel = "NAME=VALUE",
            description =
                    "How long it keeps tasks that ended: age, count or bytes, of one state dead.age and the like, or"
                            + " dedupe; none for what is usual. May be repeated.")
    Map<String, String> retention = new LinkedHashMap<>();

    @Option(
            names = "--rate",
            paramLabel = "N[/TIME]|none",
            description = "Let so many of its tasks start in a time, over all workers, such as 100/1m; in a second "
                    + "unless said otherwise; none for no limit.")
    String rate;

    private JsonNode per;

    @Override
    void check() {
        requireQueue(queue);
        require(
                rate == null || rate.equals(NONE) || rate.matches("[1-9][0-9]{0,6}(/[^/]+)?"),
                "--rate is a number of tasks, with / and a duration such as 1m, or none.");
        per = rate == null ? null : duration(rate.contains("/") ? rate.substring(rate.indexOf('/') + 1) : "1s");
        requireLimit("--concurrency", concurrency, 1_000_000);
        requireLimit("--max-depth", maxDepth, MOST_TASKS);
        requireLimit("--max-bytes", maxBytes, MOST_BYTES);
        defaults.forEach(this::requireValue);
        retention.forEach(this::requireValue);
    }

    private void requireValue(String name, String value) {
        byte[] json = value.getBytes(StandardCharsets.UTF_8);
        require(
                !value.startsWith("{") || Json.shape(json, json.length) != Json.Shape.BROKEN,
                "'" + value + "' is not JSON.");
        require(
                !NUMBERS.contains(last(name)) || value.equals(NONE) || value.matches(WHOLE),
                name + " is a whole number, or none, not '" + value + "'.");
        if (isDuration(name, value)) {
            duration(value);
        }
    }

    private static boolean isDuration(String name, String value) {
        return DURATIONS.contains(last(name)) && !value.equals(NONE);
    }

    private static String last(String name) {
        return name.substring(name.indexOf('.') + 1);
    }

    /** As the API writes it. */
    private JsonNode duration(String text) {
        try {
            Duration duration = OptionForms.duration(text);
            return Json.MAPPER.getNodeFactory().textNode(text.startsWith("P") ? text : duration.toString());
        } catch (CommandLine.TypeConversionException e) {
            throw new CommandLine.ParameterException(command.commandLine(), e.getMessage());
        }
    }

    private void requireLimit(String option, String value, long most) {
        boolean whole = value != null && value.matches("[1-9][0-9]{0,17}");
        require(
                value == null || value.equals(NONE) || whole && Long.parseLong(value) <= most,
                option + " is 1 to " + most + ", or none.");
    }

    @Override
    int run(ApiClient client, Terminal terminal) {
        String path = "/api/v1/queues/" + queue;
        ObjectNode patch = patch();
        JsonNode found = patch.isEmpty()
                ? client.get(path).json()
                : client.patch(path, patch.toString().getBytes(StandardCharsets.UTF_8))
                        .json();
        if (server.asJson()) {
            terminal.out().println(Json.pretty(found));
        } else {
            print(found, terminal);
        }
        return 0;
    }

    private ObjectNode patch() {
        ObjectNode patch = Json.MAPPER.createObjectNode();
        limit(patch, "concurrency", concurrency);
        limit(patch, "maxDepth", maxDepth);
        limit(patch, "maxBytes", maxBytes);
        group(patch, "defaults", defaults);
        group(patch, "retention", retention);
        if (rate != null) {
            rate(patch);
        }
        return patch;
    }

    /** Which names there are, and what their values may be, is the server's to say. */
    private void group(ObjectNode patch, String member, Map<String, String> given) {
        if (!given.isEmpty()) {
            ObjectNode group = patch.putObject(member);
            given.forEach((name, value) -> put(group, name, isDuration(name, value) ? duration(value) : value(value)));
        }
    }

    /** A point in the name leads into an object. */
    private static void put(ObjectNode group, String name, JsonNode value) {
        int point = name.indexOf('.');
        if (point < 0) {
            group.set(name, value);
        } else {
            String outer = name.substring(0, point);
            ObjectNode inner = group.path(outer) instanceof ObjectNode there ? there : group.putObject(outer);
            inner.set(name.substring(point + 1), value);
        }
    }

    private static JsonNode value(String text) {
        if (text.equals(NONE)) {
            return Json.MAPPER.nullNode();
        }
        boolean json = text.startsWith("{") || text.matches(WHOLE);
        return json
                ? Json.parse(text.getBytes(StandardCharsets.UTF_8), "'" + text + "' is not JSON.")
                : Json.MAPPER.getNodeFactory().textNode(text);
    }

    private void rate(ObjectNode patch) {
        if (rate.equals(NONE)) {
            patch.putNull("rateLimit");
            return;
        }
        patch.putObject("rateLimit")
                .put("limit", Long.valueOf(rate.split("/")[0]))
                .set("per", per);
    }

    private static void limit(ObjectNode patch, String member, String value) {
        if (value != null) {
            patch.put(member, value.equals(NONE) ? null : Long.valueOf(value));
        }
    }

    private static void print(JsonNode queue, Terminal terminal) {
        JsonNode config = queue.path("config");
        terminal.out()
                .println(terminal.bold(queue.path("name").asText())
                        + (queue.path("paused").asBoolean() ? " " + terminal.state("paused") : ""));
        members(queue.path("counts"), terminal);
        line("oldest ready", Ages.words(queue.path("oldestReadyAge").asText("")), terminal);
        terminal.out().println();
        line("concurrency", config.path("concurrency").asText("no limit"), terminal);
        line("maxDepth", config.path("maxDepth").asText("no limit"), terminal);
        line("maxBytes", config.path("maxBytes").asText("no limit"), terminal);
        line("rateLimit", rate(config.path("rateLimit")), terminal);
        members(config.path("defaults"), terminal);
        retention(config.path("retention"), queue.path("ownRetention").toString(), terminal);
    }

    private static String rate(JsonNode rate) {
        return rate.isMissingNode()
                ? "no limit"
                : rate.path("limit").asText() + " in " + rate.path("per").asText() + ", at once "
                        + rate.path("burst").asText();
    }

    private static void members(JsonNode object, Terminal terminal) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            JsonNode value = member.getValue();
            line(member.getKey(), value.isValueNode() ? value.asText() : value.toString(), terminal);
        }
    }

    /** What is not marked is as usual: all queues have it that say nothing else. */
    private static void retention(JsonNode retention, String own, Terminal terminal) {
        for (Map.Entry<String, JsonNode> member : retention.properties()) {
            JsonNode value = member.getValue();
            String mark = own.contains('"' + member.getKey()) ? " (set here)" : "";
            line(member.getKey(), (value.has("age") ? kept(value) : Ages.words(value.asText())) + mark, terminal);
        }
    }

    private static String kept(JsonNode kept) {
        return Ages.words(kept.path("age").asText())
                + (kept.has("count")
                        ? ", at most %,d tasks".formatted(kept.path("count").asLong())
                        : "")
                + (kept.has("bytes")
                        ? ", at most %,d bytes".formatted(kept.path("bytes").asLong())
                        : "");
    }

    private static void line(String name, String value, Terminal terminal) {
        if (!value.isEmpty()) {
            terminal.out().printf("  %-13s %s%n", name, Table.text(value));
        }
    }
}
