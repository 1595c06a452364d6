package dev.millrace.storage.redis;

import dev.millrace.delivery.destination.Destination;
import dev.millrace.delivery.destination.DestinationStore;
import dev.millrace.storage.record.ByteReader;
import dev.millrace.storage.record.DestinationCodec;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The destinations, in one hash by name. */
final class RedisDestinationStore implements DestinationStore {
    private static final String REVISION = ".revision";
    private static final int VERSION_BYTES = 6;

    private final RedisBase base;

    RedisDestinationStore(RedisBase base) {
        this.base = base;
    }

    @Override
    public List<Destination> list() {
        Map<String, Response> all = Hashes.of(
                base.link().ask(Request.cmd(Command.HGETALL).arg(base.keys().destinations())));
        Map<String, byte[]> seen = new HashMap<>();
        all.forEach((name, value) -> seen.put(name, value.toBytes()));
        base.memory().learnDestinations(seen);
        List<Destination> destinations = new ArrayList<>();
        all.forEach((name, value) -> {
            if (!name.equals(REVISION)) {
                byte[] bytes = value.toBytes();
                ByteReader in = new ByteReader(bytes);
                long version = in.u48();
                destinations.add(DestinationCodec.decode(in.bytes(bytes.length - VERSION_BYTES), version));
            }
        });
        destinations.sort(Comparator.comparing(Destination::name));
        return destinations;
    }

    @Override
    public long revision() {
        Response revision = base.link().ask(Command.HGET, base.keys().destinations(), REVISION);
        return revision == null ? 0 : revision.toLong();
    }

    @Override
    public Written put(Destination destination, long expected) {
        return write(destination.name(), expected, DestinationCodec.encode(destination));
    }

    @Override
    public Written remove(String name, long expected) {
        return write(name, expected, new byte[0]);
    }

    private Written write(String name, long expected, byte[] bytes) {
        List<byte[]> args = List.of(
                RedisKeys.bytes(name),
                RedisKeys.bytes(String.valueOf(expected)),
                bytes,
                RedisKeys.bytes(String.valueOf(LIMIT)));
        Response answer = base.link()
                .await(Scripts.DESTINATION.run(
                        base.link().line(), List.of(base.keys().destinations()), args));
        return switch (answer.get(0).toInteger()) {
            case 1 -> new Written.Done(answer.get(1).toLong());
            case 2 -> new Written.Stale();
            case 3 -> new Written.NotFound();
            default -> new Written.Full();
        };
    }
}
