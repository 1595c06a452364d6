package dev.millrace.bench;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One stream: XADD, XREADGROUP, XACK and XDEL, each batch pipelined. */
final class BareRedis implements Bare {
    private static final String GROUP = "g";

    private final RedisProbe redis;
    private final String stream;

    BareRedis(RedisProbe redis, String stream) {
        this.redis = redis;
        this.stream = stream;
    }

    @Override
    public Rates run(int tasks, int payloadBytes) {
        redis.send(Request.cmd(Command.XGROUP)
                .arg("CREATE")
                .arg(stream)
                .arg(GROUP)
                .arg("0")
                .arg("MKSTREAM"));
        try {
            long start = System.nanoTime();
            enqueue(tasks, "x".repeat(payloadBytes));
            long enqueued = System.nanoTime();
            process(tasks);
            return new Rates(tasks, enqueued - start, System.nanoTime() - enqueued);
        } finally {
            redis.send(Request.cmd(Command.DEL).arg(stream));
        }
    }

    private void enqueue(int tasks, String payload) {
        Request add = Request.cmd(Command.XADD).arg(stream).arg("*").arg("p").arg(payload);
        for (int done = 0; done < tasks; done += BATCH) {
            redis.sendAll(Collections.nCopies(Math.min(BATCH, tasks - done), add));
        }
    }

    private void process(int tasks) {
        int done = 0;
        while (done < tasks) {
            List<String> ids = read();
            redis.sendAll(List.of(
                    all(Request.cmd(Command.XACK).arg(stream).arg(GROUP), ids),
                    all(Request.cmd(Command.XDEL).arg(stream), ids)));
            done += ids.size();
        }
    }

    private List<String> read() {
        Response answer = redis.send(Request.cmd(Command.XREADGROUP)
                .arg("GROUP")
                .arg(GROUP)
                .arg("c")
                .arg("COUNT")
                .arg(BATCH)
                .arg("STREAMS")
                .arg(stream)
                .arg(">"));
        List<String> ids = new ArrayList<>(BATCH);
        for (Response entry : entries(answer)) {
            ids.add(entry.get(0).toString());
        }
        return ids;
    }

    /** RESP3 answers a map of streams, RESP2 a list of pairs. */
    private Response entries(Response answer) {
        return answer.isMap() ? answer.get(stream) : answer.get(0).get(1);
    }

    private static Request all(Request request, List<String> ids) {
        ids.forEach(request::arg);
        return request;
    }
}
