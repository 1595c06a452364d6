package dev.millrace.storage.redis;

import dev.millrace.storage.model.ModelCheck;
import dev.millrace.storage.model.Nodes;
import dev.millrace.testing.RedisServer.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisClusterModelTest implements ModelCheck {
    @RegisterExtension
    static final OpenRedis REDIS = new OpenRedis(Kind.CLUSTER);

    private final RedisNodes nodes = new RedisNodes(REDIS);

    @Override
    public Nodes nodes() {
        return nodes;
    }

    /** The scripts are those of a single Redis; what is different is where their keys are. */
    @Override
    public int steps() {
        return 2_500;
    }

    @AfterEach
    void close() {
        nodes.close();
    }
}
