package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Tells the new lines of a log of which only the last ones are kept. */
final class LogTail {
    private List<JsonNode> seen = List.of();

    /** Those of these lines that were not among the ones of the call before. */
    List<JsonNode> fresh(JsonNode lines) {
        List<JsonNode> now = lines.valueStream().toList();
        int known = Math.min(seen.size(), now.size());
        while (!seen.subList(seen.size() - known, seen.size()).equals(now.subList(0, known))) {
            known--;
        }
        seen = now;
        return now.subList(known, now.size());
    }
}
