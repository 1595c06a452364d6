package dev.millrace.storage.redis;

import dev.millrace.monitor.StoreBackup;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import java.time.Instant;

/** A Redis is copied by its own means, where it runs. */
final class RedisBackup implements StoreBackup {
    @Override
    public Copy take(Instant now) {
        throw new MillraceException(
                ErrorCode.INVALID_REQUEST,
                "The store is a Redis, which is backed up by its own means: have it write a snapshot with BGSAVE and copy"
                        + " the file, or copy its append-only directory.");
    }
}
