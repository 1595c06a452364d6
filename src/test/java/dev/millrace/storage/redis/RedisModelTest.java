package dev.millrace.storage.redis;

import dev.millrace.storage.model.ModelCheck;
import dev.millrace.storage.model.Nodes;
import dev.millrace.testing.RedisServer.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisModelTest implements ModelCheck {
    @RegisterExtension
    static final OpenRedis REDIS = new OpenRedis(Kind.PLAIN);

    private final RedisNodes nodes = new RedisNodes(REDIS);

    @Override
    public Nodes nodes() {
        return nodes;
    }

    @AfterEach
    void close() {
        nodes.close();
    }
}
