package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes members out of what tasks carry: out of payloads, and out of results, which often repeat them. */
final class Redaction {
    private static final String MARK = "[redacted]";
    private static final Set<String> CARRIED = Set.of("payload", "result");

    private final List<String[]> paths;

    /**
     * @param paths names with dots between them; of what lies in an array, each element's
     */
    Redaction(List<String> paths) {
        this.paths = paths.stream().map(path -> path.split("\\.")).toList();
    }

    /** The task on one line, as it was but for what is taken out. */
    byte[] apply(byte[] task) {
        if (paths.isEmpty()) {
            return Raw.oneLine(task);
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream(task.length);
        char separator = '{';
        for (Map.Entry<String, byte[]> member : Raw.members(task).entrySet()) {
            line.write(separator);
            line.writeBytes(Json.MAPPER
                    .getNodeFactory()
                    .textNode(member.getKey())
                    .toString()
                    .getBytes(StandardCharsets.UTF_8));
            line.write(':');
            line.writeBytes(CARRIED.contains(member.getKey()) ? redacted(member.getValue()) : member.getValue());
            separator = ',';
        }
        line.write('}');
        return Raw.oneLine(line.toByteArray());
    }

    private byte[] redacted(byte[] value) {
        JsonNode json = Json.parse(value, "A task's payload is not JSON.");
        boolean any = false;
        for (String[] path : paths) {
            any |= redact(json, path, 0);
        }
        return any ? json.toString().getBytes(StandardCharsets.UTF_8) : value;
    }

    private static boolean redact(JsonNode json, String[] path, int depth) {
        boolean any = false;
        if (json.isArray()) {
            for (JsonNode element : json) {
                any |= redact(element, path, depth);
            }
        } else if (json.has(path[depth]) && json instanceof ObjectNode object) {
            if (depth == path.length - 1) {
                object.put(path[depth], MARK);
                return true;
            }
            any = redact(json.get(path[depth]), path, depth + 1);
        }
        return any;
    }
}
