package dev.millrace.storage.redis;

import dev.millrace.cluster.Node;
import dev.millrace.cluster.NodeStore;
import dev.millrace.storage.record.ByteReader;
import dev.millrace.storage.record.ByteWriter;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The nodes, in one hash by id. */
final class RedisNodeStore implements NodeStore {
    private static final int FORMAT = 1;

    private final RedisBase base;

    RedisNodeStore(RedisBase base) {
        this.base = base;
    }

    @Override
    public void announce(Node node) {
        base.link()
                .ask(Request.cmd(Command.HSET)
                        .arg(base.keys().nodes())
                        .arg(node.id())
                        .arg(write(node)));
    }

    @Override
    public void remove(String id) {
        base.link().ask(Request.cmd(Command.HDEL).arg(base.keys().nodes()).arg(id));
    }

    @Override
    public List<Node> list(Instant since) {
        Map<String, Response> all = Hashes.of(
                base.link().ask(Request.cmd(Command.HGETALL).arg(base.keys().nodes())));
        List<Node> nodes = new ArrayList<>();
        Request forgotten = Request.cmd(Command.HDEL).arg(base.keys().nodes());
        boolean any = false;
        for (Map.Entry<String, Response> one : all.entrySet()) {
            byte[] bytes = one.getValue().toBytes();
            if (bytes[0] != FORMAT) {
                continue; // of another version; left to nodes that know it
            }
            Node node = read(one.getKey(), bytes);
            if (node.load().heartbeatAt().isBefore(since)) {
                forgotten.arg(one.getKey());
                any = true;
            } else {
                nodes.add(node);
            }
        }
        if (any) {
            base.link().ask(forgotten);
        }
        nodes.sort(Comparator.comparing(Node::name).thenComparing(Node::startedAt));
        return nodes;
    }

    private static byte[] write(Node node) {
        ByteWriter out = new ByteWriter(256);
        out.u8(FORMAT);
        out.text(node.name());
        out.text(node.host());
        out.text(node.version());
        out.varint(node.roles().size());
        new TreeSet<>(node.roles()).forEach(out::text);
        out.u64(node.startedAt().toEpochMilli());
        out.u64(node.load().heartbeatAt().toEpochMilli());
        out.varint(node.load().running());
        out.u64(Double.doubleToLongBits(node.load().cpu()));
        out.varint(node.load().memoryBytes());
        return out.toArray();
    }

    private static Node read(String id, byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        in.u8();
        String name = in.text();
        String host = in.text();
        String version = in.text();
        Set<String> roles = new TreeSet<>();
        for (long n = in.varint(); n > 0; n--) {
            roles.add(in.text());
        }
        Instant startedAt = Instant.ofEpochMilli(in.u64());
        Instant heartbeatAt = Instant.ofEpochMilli(in.u64());
        int running = (int) in.varint();
        double cpu = Double.longBitsToDouble(in.u64());
        return new Node(
                id, name, host, version, roles, startedAt, new Node.Load(heartbeatAt, running, cpu, in.varint()));
    }
}
