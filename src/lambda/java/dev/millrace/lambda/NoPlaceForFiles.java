package dev.millrace.lambda;

import dev.millrace.cluster.NeedsSharedStore;
import jakarta.inject.Singleton;

/** A function may write to its own disk, and finds it empty the next time. */
@Singleton
class NoPlaceForFiles implements NeedsSharedStore {
    @Override
    public String why() {
        return "On AWS Lambda tasks are kept in Redis: set millrace.redis.url. An SQLite file would be gone with the"
                + " instance of the function that wrote it.";
    }
}
