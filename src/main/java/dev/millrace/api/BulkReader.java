package dev.millrace.api;

import dev.millrace.queue.TaskDraft;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the tasks of a bulk call; a bad one is refused by itself. */
final class BulkReader {
    private final byte[] body;
    private final int payloadLimit;
    private final Origin origin;
    private final List<BulkItem> items = new ArrayList<>();

    BulkReader(byte[] body, int payloadLimit, Origin origin) {
        this.body = body;
        this.payloadLimit = payloadLimit;
        this.origin = origin;
    }

    /** A JSON array. What is not JSON at all refuses the whole. */
    List<BulkItem> array() {
        Bodies.parse(body, in -> {
            if (in.startsArray()) {
                while (in.element()) {
                    add(item(in));
                }
            }
            return null;
        });
        return items;
    }

    /** A task per line; blank lines do not count. */
    List<BulkItem> lines() {
        int start = 0;
        for (int i = 0; i <= body.length; i++) {
            if (i == body.length || body[i] == '\n') {
                if (!isBlank(start, i)) {
                    add(line(start, i));
                }
                start = i + 1;
            }
        }
        return items;
    }

    private void add(BulkItem item) {
        if (items.size() == Limits.BULK) {
            throw new MillraceException(
                    ErrorCode.TOO_LARGE,
                    "A bulk call takes up to " + Limits.BULK + " tasks.",
                    Map.of("limit", Limits.BULK));
        }
        items.add(item);
    }

    private BulkItem line(int from, int to) {
        try (JsonInput in = JsonInput.open(body, from, to)) {
            TaskDraft draft = DraftReader.read(in, payloadLimit, origin.at(items.size()));
            in.end();
            return new BulkItem(draft, null);
        } catch (MillraceException e) {
            return new BulkItem(null, e);
        }
    }

    private BulkItem item(JsonInput in) {
        TaskDraft draft = DraftReader.read(in, payloadLimit, origin.at(items.size()));
        try {
            in.takeFaults().refuse();
            return new BulkItem(draft, null);
        } catch (MillraceException e) {
            return new BulkItem(null, e);
        }
    }

    private boolean isBlank(int from, int to) {
        for (int i = from; i < to; i++) {
            if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r') {
                return false;
            }
        }
        return true;
    }
}
