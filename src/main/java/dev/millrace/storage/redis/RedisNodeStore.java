package dev.millrace.storage.redis;

import dev.millrace.cluster.Node;
import dev.millrace.cluster.NodeStore;
import dev.millrace.cluster.Order;
import dev.millrace.storage.record.ByteReader;
import dev.millrace.storage.record.ByteWriter;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The nodes, in one hash by id; what each was told stands there as well, under its id with a mark before it. */
final class RedisNodeStore implements NodeStore {
    private static final int FORMAT = 1;
    /** Begins the field of an order. No name of a node begins so; versions that know of no orders pass over the value. */
    private static final char TOLD = '\u0002';

    private final RedisBase base;

    RedisNodeStore(RedisBase base) {
        this.base = base;
    }

    @Override
    public Announced announce(Node node) {
        byte[] nodes = base.keys().nodes();
        boolean known = base.keep(nodes, Map.of(node.id(), write(node)), List.of()) == 0;
        Response order = base.link().ask(Command.HGET, nodes, TOLD + node.id());
        return new Announced(known, Optional.ofNullable(order).flatMap(RedisNodeStore::order));
    }

    @Override
    public boolean tell(String id, Order order) {
        List<byte[]> args = Stream.of(id, TOLD + id, order.wire(), base.keys().channel())
                .map(RedisKeys::bytes)
                .toList();
        return base.link()
                        .await(Scripts.TELL.run(
                                base.link().line(), List.of(base.keys().nodes()), args))
                        .toInteger()
                == 1;
    }

    @Override
    public void remove(String id) {
        base.link()
                .ask(Request.cmd(Command.HDEL).arg(base.keys().nodes()).arg(id).arg(TOLD + id));
    }

    @Override
    public List<Node> list(Instant since) {
        Map<String, Response> all = Hashes.of(
                base.link().ask(Request.cmd(Command.HGETALL).arg(base.keys().nodes())));
        List<Node> nodes = new ArrayList<>();
        List<String> forgotten = new ArrayList<>();
        all.forEach((id, value) -> {
            if (id.charAt(0) == TOLD) {
                if (!all.containsKey(id.substring(1))) {
                    forgotten.add(id);
                }
                return;
            }
            byte[] bytes = value.toBytes();
            if (bytes[0] != FORMAT) {
                return; // of another version; left to nodes that know it
            }
            Node node = read(id, bytes, all.get(TOLD + id));
            if (node.load().heartbeatAt().isBefore(since)) {
                forgotten.addAll(List.of(id, TOLD + id));
            } else {
                nodes.add(node);
            }
        });
        forget(forgotten);
        nodes.sort(Comparator.comparing(Node::name).thenComparing(Node::startedAt));
        return nodes;
    }

    private void forget(List<String> fields) {
        if (!fields.isEmpty()) {
            Request forgotten = Request.cmd(Command.HDEL).arg(base.keys().nodes());
            fields.forEach(forgotten::arg);
            base.link().ask(forgotten);
        }
    }

    /** Empty also for one that only a newer version knows. */
    private static Optional<Order> order(Response wire) {
        String text = wire.toString();
        return Arrays.stream(Order.values())
                .filter(order -> order.wire().equals(text))
                .findFirst();
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
        out.u8(node.load().stage().ordinal());
        out.u64(node.load().clockOffset().toMillis());
        return out.toArray();
    }

    private static Node read(String id, byte[] bytes, Response told) {
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
        Order order = told == null ? null : order(told).orElse(null);
        return new Node(id, name, host, version, roles, startedAt, load(in), order);
    }

    private static Node.Load load(ByteReader in) {
        Instant heartbeatAt = Instant.ofEpochMilli(in.u64());
        int running = (int) in.varint();
        double cpu = Double.longBitsToDouble(in.u64());
        long memory = in.varint();
        if (in.atEnd()) {
            return new Node.Load(heartbeatAt, running, cpu, memory); // of a version that says no more
        }
        Node.Stage stage = Node.Stage.of(in.u8());
        return new Node.Load(heartbeatAt, running, cpu, memory, stage, Duration.ofMillis(in.u64()));
    }
}
