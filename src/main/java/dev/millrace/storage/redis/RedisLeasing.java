package dev.millrace.storage.redis;

import dev.millrace.queue.Lanes;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.LeaseToken;
import dev.millrace.storage.record.ByteReader;
import dev.millrace.task.BatchId;
import dev.millrace.task.TaskSpec;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Hands out tasks by lease.lua; where it says that upkeep is due, that is done first. */
final class RedisLeasing {
    private static final int UPKEEP = 500;
    private static final int ROUNDS = 4;

    private final RedisBase base;
    private final TaskReader reader;
    private final RedisUpkeep upkeep;

    RedisLeasing(RedisBase base, TaskReader reader, RedisUpkeep upkeep) {
        this.base = base;
        this.reader = reader;
        this.upkeep = upkeep;
    }

    List<Lease> lease(LeaseRequest request, Instant now) {
        Instant deadline = Instant.ofEpochMilli(now.toEpochMilli()).plus(request.lease());
        Response answer = call(request, now, deadline, false);
        if (answer.type() != ResponseType.BULK) {
            for (int round = 0; round < ROUNDS && upkeep.tidy(request.queue(), UPKEEP, now) >= UPKEEP; round++) {
                // as long as there is more, up to a bound
            }
            answer = call(request, now, deadline, true);
        }
        // Too much has expired to be seen to in one call: the next one goes on.
        return answer.type() == ResponseType.BULK ? leases(request, deadline, answer.toBytes()) : List.of();
    }

    private Response call(LeaseRequest request, Instant now, Instant deadline, boolean tidied) {
        QueueCall call = new QueueCall(base, request.queue(), now)
                .arg(Math.min(request.max(), LeaseRequest.MAX))
                .arg(deadline.toEpochMilli())
                .arg(RedisKeys.bytes(request.worker()))
                .arg(tidied ? 1 : 0);
        name(request.lanes(), call);
        return call.ask(Scripts.LEASE);
    }

    private static void name(Lanes lanes, QueueCall call) {
        switch (lanes) {
            case Lanes.AllTypes all -> call.arg(0);
            case Lanes.Types some -> {
                call.arg(0);
                some.types().forEach(type -> call.arg(RedisKeys.bytes(type)));
            }
            case Lanes.Destinations open -> {
                call.arg(open.each());
                open.limits()
                        .forEach((name, limit) ->
                                call.arg(RedisKeys.bytes(TaskSpec.laneOf(name))).arg(limit));
            }
        }
    }

    /** The answer comes in runs of tasks of one batch with the same record. */
    private List<Lease> leases(LeaseRequest request, Instant deadline, byte[] packed) {
        Map<TaskRef, TaskRecord> records = new LinkedHashMap<>();
        ByteReader in = new ByteReader(packed);
        while (!in.atEnd()) {
            BatchId batch = BatchId.ofBytes(in.bytes(16));
            int count = in.u8();
            TaskRecord record = TaskRecord.read(in.bytes(TaskRecord.WIDTH));
            long at = in.u48();
            long seq = in.u32() & 0xFFFFFFFFL;
            base.workers().learn(request.queue(), record.worker(), request.worker());
            for (int i = 0; i < count; i++) {
                int index = in.u8();
                records.put(new TaskRef(batch, index), record.placed(at, seq + index));
            }
        }
        List<Lease> leases = new ArrayList<>(records.size());
        reader.assemble(request.queue(), records, false)
                .forEach((ref, task) -> leases.add(
                        new Lease(new LeaseToken(ref.id(), task.status().generation()), deadline, task)));
        return leases;
    }
}
