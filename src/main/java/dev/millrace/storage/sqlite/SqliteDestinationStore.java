package dev.millrace.storage.sqlite;

import dev.millrace.delivery.destination.Destination;
import dev.millrace.delivery.destination.DestinationStore;
import dev.millrace.storage.record.DestinationCodec;
import java.sql.SQLException;
import java.util.List;

/** Destinations in a SQLite file. */
final class SqliteDestinationStore implements DestinationStore {
    private final Writer writer;
    private final Readers readers;

    SqliteDestinationStore(Writer writer, Readers readers) {
        this.writer = writer;
        this.readers = readers;
    }

    private static final String LIST = """
            SELECT data, version FROM destination WHERE name > '' ORDER BY name""";

    @Override
    public List<Destination> list() {
        return readers.call(sql -> sql.all(LIST, row -> DestinationCodec.decode(row.getBytes(1), row.getLong(2))));
    }

    private static final String REVISION = """
            SELECT coalesce((SELECT value FROM meta WHERE key = 'destinations'), 0)""";

    @Override
    public long revision() {
        return readers.call(sql -> sql.first(REVISION, row -> row.getLong(1)));
    }

    private static final String VERSION = """
            SELECT version FROM destination WHERE name = ?""";

    private static final String COUNT = """
            SELECT count(*) FROM destination WHERE name > ''""";

    private static final String NEXT = """
            INSERT INTO meta (key, value) VALUES ('destinations', 1)
            ON CONFLICT (key) DO UPDATE SET value = value + 1 RETURNING value""";

    private static final String PUT = """
            INSERT INTO destination (name, version, data) VALUES (?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET version = excluded.version, data = excluded.data""";

    @Override
    public Written put(Destination destination, long expected) {
        byte[] data = DestinationCodec.encode(destination);
        return writer.call(tx -> {
            Long present = version(tx, destination.name());
            if (expected != ANY && expected != (present == null ? NONE : present)) {
                return new Written.Stale();
            }
            if (present == null && tx.sql.first(COUNT, row -> row.getInt(1)) >= LIMIT) {
                return new Written.Full();
            }
            long version = tx.sql.first(NEXT, row -> row.getLong(1));
            tx.sql.update(PUT, destination.name(), version, data);
            return new Written.Done(version);
        });
    }

    private static final String REMOVE = """
            DELETE FROM destination WHERE name = ?""";

    @Override
    public Written remove(String name, long expected) {
        return writer.call(tx -> {
            Long present = version(tx, name);
            if (present == null) {
                return new Written.NotFound();
            }
            if (expected != ANY && expected != present) {
                return new Written.Stale();
            }
            tx.sql.first(NEXT, row -> row.getLong(1));
            tx.sql.update(REMOVE, name);
            return new Written.Done(present);
        });
    }

    private static Long version(Transaction tx, String name) throws SQLException {
        return tx.sql.first(VERSION, row -> row.getLong(1), name);
    }
}
