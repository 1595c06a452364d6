package dev.millrace.storage.sqlite;

import dev.millrace.queue.Submitted;
import dev.millrace.storage.record.ByteReader;
import dev.millrace.storage.record.ByteWriter;
import dev.millrace.task.TaskId;

/** Answers to tasks that were not added, as bytes: a repeat of their batch gets the same. */
final class Refusals {
    private Refusals() {}

    static byte[] encode(Submitted answer) {
        return switch (answer) {
            case Submitted.Repeated a -> bytes(1, a.id().value());
            case Submitted.Existing a -> bytes(2, a.id().value());
            case Submitted.NameTaken a -> bytes(3, a.id().value());
            case Submitted.KeyReused a -> bytes(4, a.id().value());
            case Submitted.UniqueTaken a -> bytes(5, a.id().value());
            case Submitted.QueueFull a -> bytes(6, a.reason());
            default -> throw new IllegalArgumentException(answer + " is no refusal of a batch that was added");
        };
    }

    static Submitted decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        int kind = in.u8();
        String text = in.text();
        return switch (kind) {
            case 1 -> new Submitted.Repeated(new TaskId(text));
            case 2 -> new Submitted.Existing(new TaskId(text));
            case 3 -> new Submitted.NameTaken(new TaskId(text));
            case 4 -> new Submitted.KeyReused(new TaskId(text));
            case 5 -> new Submitted.UniqueTaken(new TaskId(text));
            case 6 -> new Submitted.QueueFull(text);
            default -> throw new IllegalStateException("A refusal has kind " + kind);
        };
    }

    private static byte[] bytes(int kind, String text) {
        ByteWriter out = new ByteWriter(text.length() + 4);
        out.u8(kind);
        out.text(text);
        return out.toArray();
    }
}
