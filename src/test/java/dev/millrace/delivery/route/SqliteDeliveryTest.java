package dev.millrace.delivery.route;

import dev.millrace.storage.Storage;
import dev.millrace.storage.sqlite.OpenSqlite;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqliteDeliveryTest implements DeliveryContract, TroubleContract, MischiefContract {
    @RegisterExtension
    static final OpenSqlite STORE = new OpenSqlite();

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
