package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One run over many lines: submits what they say in chunks, and keeps count of what was refused. */
abstract class BulkRun {
    private static final int SHOWN = 10;

    private final String keys;
    private final Sender sender;
    private final List<String> refusals = new ArrayList<>();
    private Chunk chunk = new Chunk();
    private String queue;
    private int chunks;
    private long rejected;
    private Runnable afterChunk = () -> {};

    /**
     * @param keys every chunk's key is this and the chunk's number
     */
    BulkRun(String keys, Sender sender) {
        this.keys = keys;
        this.sender = sender;
    }

    /** How chunks are submitted. */
    record Sender(ApiClient client, Resend resend) {
        /** Notes what became of its tasks, and gives the last answer. */
        Answer send(String queue, byte[] ndjson, String idempotencyKey, ChunkAnswer told) {
            return resend.send(
                    () -> client.post(
                            "/api/v1/queues/" + queue + "/tasks/bulk", "application/x-ndjson", ndjson, idempotencyKey),
                    told::take);
        }
    }

    /** Is told after each chunk. */
    @FunctionalInterface
    interface Progress {
        void at(long accepted, long bytesRead);
    }

    /**
     * @throws Ending that says how to go on
     */
    final void run(LineReader lines, Progress progress) throws IOException {
        afterChunk = () -> progress.at(accepted(), lines.bytes());
        try {
            submitAll(lines);
        } catch (Ending e) {
            throw anythingIn() ? e.and("%,d tasks are known to be accepted. %s".formatted(accepted(), again())) : e;
        }
    }

    private void submitAll(LineReader lines) throws IOException {
        for (byte[] line = lines.next(); line != null; line = lines.next()) {
            if (!blank(line)) {
                take(line, lines.number());
            }
        }
        flush();
    }

    /** What a line says is to be submitted, refused or left out. */
    abstract void take(byte[] line, long number);

    private boolean anythingIn() {
        return accepted() > 0 || sender.resend().inDoubt();
    }

    /** Whether there is something to report of a run that ended in the middle. */
    final boolean begun() {
        return rejected > 0 || anythingIn();
    }

    /** What became of the tasks of a chunk; what is worth another try is still open. */
    abstract void answered(List<JsonNode> results, Chunk sent);

    /** Tasks that are there now. */
    abstract long accepted();

    final void submit(String to, byte[] task, long line) {
        if (!to.equals(queue) || !chunk.takes(task.length + 1)) {
            flush();
            queue = to;
        }
        chunk.add(task, line);
    }

    private void flush() {
        if (!chunk.isEmpty()) {
            Chunk sent = chunk;
            chunk = new Chunk();
            ChunkAnswer told = new ChunkAnswer(sent.size());
            Answer last;
            try {
                last = sender.send(queue, sent.body(), keys + "-" + chunks++, told);
            } finally {
                answered(told.results(), sent);
                afterChunk.run();
            }
            endIfRefused(last, told, sent);
        }
    }

    /** What was refused for as long as patience lasted will not be taken for the next chunk either. */
    private static void endIfRefused(Answer last, ChunkAnswer told, Chunk sent) {
        JsonNode left =
                told.results().stream().filter(ChunkAnswer::passing).findFirst().orElse(null);
        if (last.ok() && left == null) {
            return;
        }
        throw last.ok() ? Refused.ofTask(left, sent.line(left.path("index").asInt())) : Refused.by(last);
    }

    /** How the command is repeated without anything being accepted twice. */
    abstract String again();

    final void refuse(long line, String why) {
        rejected++;
        if (refusals.size() < SHOWN) {
            refusals.add("line " + line + ": " + why);
        }
    }

    /** What the server says of one task of a chunk is that it does not take it; what may pass ends the run instead. */
    final void refuse(Chunk sent, JsonNode result) {
        if (!ChunkAnswer.passing(result)) {
            refuse(
                    sent.line(result.path("index").asInt()),
                    result.path("detail").asText() + " (" + result.path("code").asText() + ")");
        }
    }

    final String keys() {
        return keys;
    }

    final long rejected() {
        return rejected;
    }

    /** Tells people of the first few refusals, and how many more there were. */
    final void sayRefusals(Terminal terminal) {
        refusals.forEach(refusal -> Commands.say(refusal, terminal.err()));
        if (rejected > refusals.size()) {
            Commands.say("and " + (rejected - refusals.size()) + " more", terminal.err());
        }
    }

    private static boolean blank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }
}
