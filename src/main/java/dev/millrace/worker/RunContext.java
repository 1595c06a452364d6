package dev.millrace.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.millrace.task.Attempt;
import dev.millrace.task.Payload;
import dev.millrace.task.Task;
import java.util.Optional;

/** A run as its handler sees it. */
record RunContext(Run run, Settler settler, Handlers handlers, String worker) implements TaskContext {
    @Override
    public Task task() {
        return run.task();
    }

    @Override
    public Attempt attempt() {
        return new Attempt(
                task().status().attempts(),
                run.token().generation(),
                worker,
                task().status().times().startedAt());
    }

    @Override
    public Optional<Cancellation> cancellation() {
        return Optional.ofNullable(run.cancellation());
    }

    @Override
    public void progress(int percent, String message) {
        if (!cancelled() && run.notes().progress(percent, message)) {
            settler.hasNotes(run);
        }
    }

    @Override
    public void log(String line) {
        if (!cancelled() && run.notes().log(line)) {
            settler.hasNotes(run);
        }
    }

    @Override
    public Payload json(Object value) {
        try {
            return new Payload(handlers.mapper().writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not to be written as JSON: " + e.getOriginalMessage(), e);
        }
    }
}
