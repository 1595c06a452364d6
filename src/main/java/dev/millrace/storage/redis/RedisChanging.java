package dev.millrace.storage.redis;

import dev.millrace.queue.Change;
import dev.millrace.queue.Changed;
import dev.millrace.queue.TaskStore;
import dev.millrace.storage.record.BatchCodec;
import dev.millrace.storage.record.ByteWriter;
import dev.millrace.task.Payload;
import dev.millrace.task.TaskState;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Cancels, retries, hurries and deletes by change.lua. */
final class RedisChanging {
    private static final long ANY_REVISION = (1L << 48) - 1;
    private static final long NO_REVISION = ANY_REVISION - 1;
    private static final int NO_STATE = 8;
    private static final int MAX_SIZE = (1 << 24) - 1;
    private static final Changed NOT_FOUND = new Changed(Changed.Result.NOT_FOUND, null);

    private final RedisBase base;
    private final TaskLocator locator;

    RedisChanging(RedisBase base, TaskLocator locator) {
        this.base = base;
        this.locator = locator;
    }

    List<Changed> change(List<Change> changes, Instant now) {
        List<Changed> answers = new ArrayList<>(Collections.nCopies(changes.size(), NOT_FOUND));
        Map<String, List<TaskLocator.Place>> queues =
                locator.locate(changes.stream().map(Change::id).toList());
        List<List<TaskLocator.Place>> slices = new ArrayList<>();
        List<CompletableFuture<Response>> sent = new ArrayList<>();
        queues.forEach((queue, places) -> {
            for (int from = 0; from < places.size(); from += TaskStore.STEP) {
                List<TaskLocator.Place> slice = places.subList(from, Math.min(places.size(), from + TaskStore.STEP));
                QueueCall call = new QueueCall(base, queue, now);
                slice.forEach(
                        place -> add(call.batch(base.queue(queue), place.ref().batch()), place, changes));
                slices.add(slice);
                sent.add(call.run(Scripts.CHANGE));
            }
        });
        for (int s = 0; s < sent.size(); s++) {
            byte[] told = base.link().await(sent.get(s)).toBytes();
            for (int i = 0; i < slices.get(s).size(); i++) {
                answers.set(slices.get(s).get(i).index(), changed(told[2 * i], told[2 * i + 1]));
            }
        }
        return answers;
    }

    private static void add(QueueCall call, TaskLocator.Place place, List<Change> changes) {
        Change change = changes.get(place.index());
        Payload payload = change instanceof Change.Retry retry ? retry.payload() : null;
        int size = payload == null ? 0 : Math.min(MAX_SIZE, payload.size() + 64);
        ByteWriter packed = new ByteWriter(16);
        packed.u8(place.ref().index());
        packed.u8(
                switch (change) {
                    case Change.Cancel cancel -> 1;
                    case Change.Retry retry -> 2;
                    case Change.RunNow now -> 3;
                    case Change.Delete delete -> 4;
                });
        packed.u48(revision(change.ifRevision()));
        packed.u8(size >>> 16);
        packed.u16(size);
        call.arg(place.ref().batch().bytes())
                .arg(packed.toArray())
                .arg(payload == null ? new byte[0] : BatchCodec.encode(payload));
    }

    /** Numbers that are no revision at all match none. */
    private static long revision(Long asked) {
        if (asked == null) {
            return ANY_REVISION;
        }
        return asked >= 0 && asked < NO_REVISION ? asked : NO_REVISION;
    }

    private static Changed changed(byte code, byte state) {
        Changed.Result result = switch (code) {
            case 0 -> Changed.Result.DONE;
            case 1 -> Changed.Result.NOT_FOUND;
            case 2 -> Changed.Result.ILLEGAL;
            case 3 -> Changed.Result.STALE;
            default -> Changed.Result.UNIQUE_TAKEN;
        };
        return new Changed(result, state == NO_STATE ? null : TaskState.ofCode(state));
    }
}
