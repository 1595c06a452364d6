package dev.millrace.worker;

import dev.millrace.task.Outcome;
import jakarta.inject.Singleton;

/** What a user of the library writes. */
@Singleton
@Handles("test.greet")
class Greet implements TaskHandler<Greet.Guest> {
    record Guest(String name) {}

    @Override
    public Outcome run(Guest guest, TaskContext context) {
        return Outcome.succeeded(context.json("Hello, " + guest.name()));
    }
}
