package dev.millrace.storage.redis;

import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.LeaseToken;
import dev.millrace.task.Task;
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
        return leases(request, deadline, answer.toBytes());
    }

    private Response call(LeaseRequest request, Instant now, Instant deadline, boolean tidied) {
        QueueCall call = new QueueCall(base, request.queue(), now)
                .arg(Math.min(request.max(), LeaseRequest.MAX))
                .arg(deadline.toEpochMilli())
                .arg(RedisKeys.bytes(request.worker()))
                .arg(tidied ? 1 : 0);
        request.types().forEach(type -> call.arg(RedisKeys.bytes(type)));
        return call.ask(Scripts.LEASE);
    }

    private List<Lease> leases(LeaseRequest request, Instant deadline, byte[] packed) {
        Map<TaskRef, TaskRecord> records = new LinkedHashMap<>();
        int width = TaskRef.LENGTH + TaskRecord.WIDTH;
        for (int at = 0; at < packed.length; at += width) {
            TaskRecord record = TaskRecord.read(packed, at + TaskRef.LENGTH);
            base.workers().learn(request.queue(), record.worker(), request.worker());
            records.put(TaskRef.ofBytes(packed, at), record);
        }
        List<Lease> leases = new ArrayList<>(records.size());
        for (Map.Entry<TaskRef, Task> one :
                reader.assemble(request.queue(), records, false).entrySet()) {
            LeaseToken token =
                    new LeaseToken(one.getKey().id(), one.getValue().status().generation());
            leases.add(new Lease(token, deadline, one.getValue()));
        }
        return leases;
    }
}
