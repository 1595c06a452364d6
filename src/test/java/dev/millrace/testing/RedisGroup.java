package dev.millrace.testing;

import dev.millrace.testing.RedisServer.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A Redis Cluster of three masters, each with a third of the slots. */
public final class RedisGroup implements AutoCloseable {
    private static final int[] BOUNDS = {0, 5461, 10923, 16384};

    private final List<RedisServer> servers = new ArrayList<>();

    public static RedisGroup start() {
        RedisGroup group = new RedisGroup();
        try {
            group.form();
            return group;
        } catch (RuntimeException e) {
            group.close();
            throw e;
        }
    }

    private void form() {
        for (int i = 0; i + 1 < BOUNDS.length; i++) {
            RedisServer server = RedisServer.start(Kind.MEMBER);
            servers.add(server);
            server.command("CLUSTER", "ADDSLOTSRANGE", "" + BOUNDS[i], "" + (BOUNDS[i + 1] - 1));
            server.command("CLUSTER", "SET-CONFIG-EPOCH", "" + (i + 1));
        }
        RedisServer first = servers.getFirst();
        for (RedisServer other : servers.subList(1, servers.size())) {
            first.command("CLUSTER", "MEET", "127.0.0.1", "" + other.port(), "" + other.busPort());
        }
        servers.forEach(RedisServer::awaitCluster);
    }

    public List<RedisServer> servers() {
        return servers;
    }

    /** Who has the slot of a key's hash tag. */
    public RedisServer ownerOf(String tag) {
        int slot = slot(tag);
        int i = 0;
        while (slot >= BOUNDS[i + 1]) {
            i++;
        }
        return servers.get(i);
    }

    /** Gives the slot of a tag, which has no keys, to another master. */
    public void moveSlot(String tag, RedisServer to) {
        String id = to.command("CLUSTER", "MYID")
                .lines()
                .skip(1)
                .findFirst()
                .orElseThrow()
                .strip();
        Stream.concat(Stream.of(to), servers.stream().filter(server -> server != to))
                .forEach(server -> server.command("CLUSTER", "SETSLOT", "" + slot(tag), "NODE", id));
    }

    private int slot(String tag) {
        return Integer.parseInt(
                servers.getFirst().command("CLUSTER", "KEYSLOT", tag).strip().substring(1));
    }

    @Override
    public void close() {
        servers.forEach(RedisServer::close);
    }
}
