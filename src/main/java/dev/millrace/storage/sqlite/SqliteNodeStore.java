package dev.millrace.storage.sqlite;

import dev.millrace.cluster.Node;
import dev.millrace.cluster.NodeStore;
import dev.millrace.cluster.Order;
import dev.millrace.task.MillraceException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Nodes in a SQLite file: the one process that has it open, and its predecessors. */
final class SqliteNodeStore implements NodeStore {
    private final Writer writer;
    private final Readers readers;

    SqliteNodeStore(Writer writer, Readers readers) {
        this.writer = writer;
        this.readers = readers;
    }

    private static final String KNOWN = """
            SELECT 1 FROM node WHERE id = ?""";

    private static final String ANNOUNCE = """
            INSERT INTO node (id, name, host, version, roles, started, heartbeat, running, cpu, memory, stage, clock_offset)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE
              SET name = excluded.name, host = excluded.host, version = excluded.version, roles = excluded.roles,
                  started = excluded.started, heartbeat = excluded.heartbeat, running = excluded.running,
                  cpu = excluded.cpu, memory = excluded.memory, stage = excluded.stage,
                  clock_offset = excluded.clock_offset
            RETURNING told""";

    @Override
    public Announced announce(Node node) {
        return change(tx -> {
            boolean known = tx.sql.first(KNOWN, row -> true, node.id()) != null;
            return new Announced(known, Optional.ofNullable(announce(tx, node)));
        });
    }

    private static Order announce(Transaction tx, Node node) throws SQLException {
        return tx.sql.first(
                ANNOUNCE,
                row -> order(row, 1),
                node.id(),
                node.name(),
                node.host(),
                node.version(),
                String.join(",", new TreeSet<>(node.roles())),
                node.startedAt().toEpochMilli(),
                node.load().heartbeatAt().toEpochMilli(),
                node.load().running(),
                node.load().cpu(),
                node.load().memoryBytes(),
                node.load().stage().ordinal(),
                node.load().clockOffset().toMillis());
    }

    private static final String TELL = """
            UPDATE node SET told = ? WHERE id = ?""";

    @Override
    public boolean tell(String id, Order order) {
        return change(tx -> {
            boolean there = tx.sql.update(TELL, order.ordinal(), id) > 0;
            if (there) {
                tx.announcements.told(id);
            }
            return there;
        });
    }

    private static final String REMOVE = """
            DELETE FROM node WHERE id = ?""";

    @Override
    public void remove(String id) {
        change(tx -> tx.sql.update(REMOVE, id));
    }

    private static final String LIST = """
            SELECT id, name, host, version, roles, started, heartbeat, running, cpu, memory, stage, clock_offset, told
              FROM node
             WHERE heartbeat >= ? ORDER BY name, started, id""";

    private static final String SILENT = """
            SELECT count(*) FROM node WHERE heartbeat < ?""";

    private static final String FORGET = """
            DELETE FROM node WHERE heartbeat < ?""";

    @Override
    public List<Node> list(Instant since) {
        long from = since.toEpochMilli();
        boolean silent = readers.call(sql -> sql.first(SILENT, row -> row.getInt(1) > 0, from));
        if (silent) {
            change(tx -> tx.sql.update(FORGET, from));
        }
        return readers.call(sql -> sql.all(LIST, SqliteNodeStore::node, from));
    }

    private static Node node(ResultSet row) throws SQLException {
        String roles = row.getString(5);
        return new Node(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                roles.isEmpty() ? Set.of() : Set.of(roles.split(",")),
                Instant.ofEpochMilli(row.getLong(6)),
                new Node.Load(
                        Instant.ofEpochMilli(row.getLong(7)),
                        row.getInt(8),
                        row.getDouble(9),
                        row.getLong(10),
                        Node.Stage.of(row.getInt(11)),
                        Duration.ofMillis(row.getLong(12))),
                order(row, 13));
    }

    /** Null for none, and for one that only a newer version knows. */
    private static Order order(ResultSet row, int column) throws SQLException {
        Long told = Statements.number(row, column);
        return told == null || told < 0 || told >= Order.values().length ? null : Order.values()[told.intValue()];
    }

    private <T> T change(Writer.Unit<T> unit) {
        try {
            return writer.call(unit);
        } catch (MillraceException e) {
            throw SqliteErrors.notFull(e);
        }
    }
}
