package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** The server said no, or something here cannot be done. The message says what to do next. Exit code 1. */
final class Refused extends Ending {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
        super(message, null);
    }

    @Override
    Refused and(String more) {
        return new Refused(getMessage() + "\n" + more);
    }

    static Refused by(Answer answer) {
        if (!answer.contentType().contains("json")) {
            return new Refused("%s answered %d. Is it a Millrace server?".formatted(answer.server(), answer.status()));
        }
        JsonNode problem = answer.parsed();
        String code = problem.path("code").asText("");
        StringBuilder text =
                new StringBuilder(problem.path("detail").asText("The server refused, without saying why."));
        for (JsonNode error : problem.path("errors")) {
            text.append("\n  ")
                    .append(error.path("pointer").asText())
                    .append(": ")
                    .append(error.path("detail").asText());
        }
        text.append(" (").append(answer.status()).append(' ').append(code).append(')');
        return new Refused(text.append(advice(code)).toString());
    }

    /** One task of many was not taken. */
    static Refused ofTask(JsonNode result, long line) {
        String code = result.path("code").asText();
        return new Refused(
                "line %d: %s (%s)%s".formatted(line, result.path("detail").asText(), code, advice(code)));
    }

    private static String advice(String code) {
        return switch (code) {
            case "UNAUTHENTICATED" -> "\nGive an API key with --key KEY or in MILLRACE_KEY.";
            case "FORBIDDEN" -> "\nUse a key whose role allows this.";
            case "TASK_NOT_FOUND" -> "\nIt was never submitted here, or it ended and was pruned.";
            case "QUEUE_NOT_FOUND" -> "\nA queue comes into being with its first task. See them with: millrace queues";
            case "STORE_UNAVAILABLE" -> "\nSee what is wrong with: millrace status";
            case "STORE_FULL" -> "\nMake room in the store; how full it is, says: millrace doctor";
            default -> "";
        };
    }
}
