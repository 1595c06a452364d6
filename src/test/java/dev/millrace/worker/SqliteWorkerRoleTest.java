package dev.millrace.worker;

import dev.millrace.storage.Storage;
import dev.millrace.storage.sqlite.OpenSqlite;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqliteWorkerRoleTest implements WorkerRoleContract {
    @RegisterExtension
    static final OpenSqlite SQLITE = new OpenSqlite();

    @Override
    public Storage storage() {
        return SQLITE.storage();
    }
}
