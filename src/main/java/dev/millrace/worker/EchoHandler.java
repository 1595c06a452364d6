package dev.millrace.worker;

import dev.millrace.task.Outcome;
import dev.millrace.task.Payload;
import jakarta.inject.Singleton;

/** Its result is its payload. */
@Singleton
@Handles(value = "echo", effort = Effort.INSTANT)
class EchoHandler implements TaskHandler<Payload> {
    @Override
    public Outcome run(Payload payload, TaskContext context) {
        return Outcome.succeeded(payload);
    }
}
