package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What became of the tasks of a chunk, over all its repeats under one key. A repeat says of a task that is there only
 * that it came before, so what was accepted first stands.
 */
final class ChunkAnswer {
    private static final Set<String> PASSING = Set.of("STORE_FULL", "STORE_UNAVAILABLE");

    private final List<JsonNode> results;

    ChunkAnswer(int tasks) {
        results = new ArrayList<>(Collections.nCopies(tasks, null));
    }

    /**
     * @param answer to a bulk request
     * @return true when nothing of the chunk is worth another try
     */
    boolean take(Answer answer) {
        if (!answer.ok()) {
            return !PASSING.contains(answer.code());
        }
        for (JsonNode result : answer.parsed().path("results")) {
            int index = result.path("index").asInt();
            JsonNode before = results.get(index);
            if (before == null || !accepted(before)) {
                results.set(index, result);
            }
        }
        return results().stream().noneMatch(ChunkAnswer::passing);
    }

    /** Of those tasks that the server said something of. */
    List<JsonNode> results() {
        return results.stream().filter(Objects::nonNull).toList();
    }

    static boolean accepted(JsonNode result) {
        return result.path("status").asInt() < 400;
    }

    /** The store was full or away when the task came. */
    static boolean passing(JsonNode result) {
        return PASSING.contains(result.path("code").asText());
    }
}
