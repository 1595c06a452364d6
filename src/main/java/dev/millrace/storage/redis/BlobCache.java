package dev.millrace.storage.redis;

import dev.millrace.storage.record.BatchCodec.StoredBatch;
import dev.millrace.task.BatchId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Batches as they were submitted, which never change; the least recently used go first. */
final class BlobCache {
    private static final long LIMIT = 16L << 20;

    private final Map<BatchId, StoredBatch> batches = new LinkedHashMap<>(256, 0.75f, true);
    private long bytes;

    synchronized StoredBatch get(BatchId id) {
        return batches.get(id);
    }

    synchronized void put(BatchId id, StoredBatch batch) {
        if (batch.size() > LIMIT / 4) {
            return;
        }
        StoredBatch before = batches.put(id, batch);
        bytes += batch.size() - (before == null ? 0 : before.size());
        Iterator<StoredBatch> eldest = batches.values().iterator();
        while (bytes > LIMIT && eldest.hasNext()) {
            bytes -= eldest.next().size();
            eldest.remove();
        }
    }

    synchronized void clear() {
        batches.clear();
        bytes = 0;
    }
}
