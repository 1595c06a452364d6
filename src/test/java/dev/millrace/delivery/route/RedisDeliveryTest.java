package dev.millrace.delivery.route;

import dev.millrace.storage.Storage;
import dev.millrace.storage.redis.OpenRedis;
import dev.millrace.testing.RedisServer;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisDeliveryTest implements DeliveryContract, TroubleContract, MischiefContract {
    @RegisterExtension
    static final OpenRedis STORE = new OpenRedis(RedisServer.Kind.PLAIN);

    private final Sending sending = new Sending(storage());

    @Override
    public Storage storage() {
        return STORE.storage();
    }

    @Override
    public Sending sending() {
        return sending;
    }
}
