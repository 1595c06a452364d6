package dev.millrace.storage.redis;

import dev.millrace.monitor.LogStore;
import dev.millrace.monitor.NodeLog;
import dev.millrace.storage.record.ByteReader;
import dev.millrace.storage.record.ByteWriter;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Logs of nodes, each in a list of its own that goes by itself. A line that was sent twice counts once. */
final class RedisLogStore implements LogStore {
    private static final int FORMAT = 1;

    private final RedisBase base;

    RedisLogStore(RedisBase base) {
        this.base = base;
    }

    @Override
    public void add(String node, List<NodeLog.Line> lines) {
        if (lines.isEmpty()) {
            return;
        }
        byte[] key = base.keys().log(node);
        Request push = Request.cmd(Command.RPUSH).arg(key);
        lines.forEach(line -> push.arg(write(line)));
        base.link()
                .askAll(List.of(
                        push,
                        Request.cmd(Command.LTRIM).arg(key).arg(-NodeLog.KEPT).arg(-1),
                        Request.cmd(Command.EXPIRE).arg(key).arg(MEMORY.toSeconds())));
    }

    @Override
    public List<NodeLog.Line> after(String node, long number) {
        Response all = base.link()
                .ask(Request.cmd(Command.LRANGE)
                        .arg(base.keys().log(node))
                        .arg(0)
                        .arg(-1));
        SortedMap<Long, NodeLog.Line> lines = new TreeMap<>();
        for (Response one : all) {
            ByteReader in = new ByteReader(one.toBytes());
            if (in.u8() == FORMAT) {
                NodeLog.Line line = read(in);
                lines.put(line.number(), line);
            }
        }
        return List.copyOf(lines.tailMap(number + 1).values());
    }

    private static byte[] write(NodeLog.Line line) {
        ByteWriter out = new ByteWriter(128);
        out.u8(FORMAT);
        out.varint(line.number());
        out.u64(line.at().toEpochMilli());
        out.text(line.level());
        out.text(line.logger());
        out.text(line.message());
        return out.toArray();
    }

    private static NodeLog.Line read(ByteReader in) {
        long number = in.varint();
        Instant at = Instant.ofEpochMilli(in.u64());
        return new NodeLog.Line(number, at, in.text(), in.text(), in.text());
    }
}
