package dev.millrace.worker;

import dev.millrace.storage.Storage;
import dev.millrace.storage.sqlite.OpenSqlite;
import dev.millrace.testing.Scene;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqliteRunTest implements RunContract, NotesContract {
    @RegisterExtension
    static final OpenSqlite SQLITE = new OpenSqlite();

    @Override
    public Storage storage() {
        return SQLITE.storage();
    }

    private final Scene scene = new Scene();

    @Override
    public Scene scene() {
        return scene;
    }

    @Override
    public void checkLayout(Set<String> queues) {
        SQLITE.checkLayout(queues);
    }
}
