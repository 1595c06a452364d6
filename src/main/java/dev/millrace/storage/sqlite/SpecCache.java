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

    private static final String READ = """
            SELECT data FROM spec WHERE batch = ?""";

    /** From memory or the file; null when the batch is gone. */
    StoredBatch read(Statements sql, LiveBatch batch) throws SQLException {
        StoredBatch known = get(batch.id);
        if (known == null) {
            byte[] data = sql.first(READ, row -> row.getBytes(1), batch.seq);
            known = data == null ? null : BatchCodec.decode(data);
            if (known != null) {
                put(batch.id, known);
            }
        }
        return known;
    }
}
