package dev.millrace.storage.sqlite;

import dev.millrace.storage.record.BatchCodec;
import dev.millrace.storage.record.BatchCodec.StoredBatch;
import dev.millrace.task.BatchId;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** What never changes of the batches used last, by their ids; bounded by the bytes it takes to store them. */
final class SpecCache {
    private static final long MOST_BYTES = 16L << 20;

    private final Map<BatchId, StoredBatch> kept = new LinkedHashMap<>(256, 0.75f, true);
    private long bytes;

    synchronized StoredBatch get(BatchId batch) {
        return kept.get(batch);
    }

    synchronized void put(BatchId batch, StoredBatch specs) {
        StoredBatch before = kept.put(batch, specs);
        bytes += specs.size() - (before == null ? 0 : before.size());
        Iterator<StoredBatch> oldest = kept.values().iterator();
        while (bytes > MOST_BYTES && kept.size() > 1) {
            bytes -= oldest.next().size();
            oldest.remove();
        }
    }

    private static final String ID = """
            SELECT id FROM batch WHERE seq = ?""";

    /** True when it was not here yet and came from the file. */
    boolean warm(Statements sql, long batch) throws SQLException {
        BatchId id = sql.first(ID, row -> BatchId.ofBytes(row.getBytes(1)), batch);
        return id != null && get(id) == null && read(sql, id, batch) != null;
    }

    private static final String READ = """
            SELECT data FROM spec WHERE batch = ?""";

    /** From memory or the file; null when the batch is gone. */
    StoredBatch read(Statements sql, LiveBatch batch) throws SQLException {
        StoredBatch known = get(batch.id);
        return known != null ? known : read(sql, batch.id, batch.seq);
    }

    private StoredBatch read(Statements sql, BatchId id, long seq) throws SQLException {
        byte[] data = sql.first(READ, row -> row.getBytes(1), seq);
        StoredBatch read = data == null ? null : BatchCodec.decode(data);
        if (read != null) {
            put(id, read);
        }
        return read;
    }
}
