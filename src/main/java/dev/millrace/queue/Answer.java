package dev.millrace.queue;

import dev.millrace.task.Outcome;

/** What a worker says of a task it leased. */
public record Answer(LeaseToken token, Outcome outcome) {}
