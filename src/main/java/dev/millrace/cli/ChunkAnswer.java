package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * What became of the tasks of a chunk, over all its repeats under one key. A repeat says of a task that is there only
 * that it came before, so what was accepted first stands.
 */
final class ChunkAnswer {
    private final List<JsonNode> results;

    ChunkAnswer(int tasks) {
        results = new ArrayList<>(Collections.nCopies(tasks, null));
    }

    /**
     * @param answer to a bulk request
     * @return true when nothing that it says of a task is worth another try
     * @throws Refused when it does not speak of the tasks that were sent
     */
    boolean take(Answer answer) {
        if (!answer.ok()) {
            return true;
        }
        for (JsonNode result : answer.parsed().path("results")) {
            int index = result.path("index").asInt(-1);
            require(index >= 0 && index < results.size(), answer);
            JsonNode before = results.get(index);
            if (before == null || !accepted(before)) {
                results.set(index, result);
            }
        }
        require(!results.contains(null), answer);
        return results().stream().noneMatch(ChunkAnswer::passing);
    }

    private void require(boolean asSent, Answer answer) {
        if (!asSent) {
            throw new Refused("The answer of %s is not about the %,d tasks that were sent. Is it a Millrace server?"
                    .formatted(answer.server(), results.size()));
        }
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
        return Resend.passing(result.path("code").asText());
    }
}
