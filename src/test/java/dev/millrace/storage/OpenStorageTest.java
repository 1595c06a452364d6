package dev.millrace.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.monitor.StoreCheck;
import dev.millrace.task.MillraceException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenStorageTest {
    @TempDir
    Path directory;

    @Test
    void aFatalFindingStopsTheStartWithOneLine() {
        AtomicBoolean closed = new AtomicBoolean();
        StoreCheck.Finding fatal =
                new StoreCheck.Finding(true, "redis-too-old", "This Redis is 6.2; use 7.0 or newer.");

        MillraceException stop =
                catchThrowableOfType(MillraceException.class, () -> new OpenStorage(storage(closed, fatal)));

        assertThat(stop).hasMessage("redis-too-old: This Redis is 6.2; use 7.0 or newer.");
        assertThat(closed).isTrue();
    }

    @Test
    void otherFindingsDoNotStopTheStart() {
        AtomicBoolean closed = new AtomicBoolean();
        StoreCheck.Finding finding = new StoreCheck.Finding(false, "redis-no-aof", "A crash of Redis loses tasks.");

        try (Storage storage = storage(closed, finding)) {
            assertThat(new OpenStorage(storage).raw()).isSameAs(storage);
            assertThat(closed).isFalse();
        }
    }

    private Storage storage(AtomicBoolean closed, StoreCheck.Finding finding) {
        Storage real = Storages.open(new StoreSettings.Sqlite(directory, true), () -> null);
        return new Storage(
                real.tasks(),
                real.queues(),
                real.wakeups(),
                real.series(),
                real.nodes(),
                real.destinations(),
                real.accounts(),
                real.logs(),
                checkThatSays(real.check(), finding),
                real.backup(),
                real.standstill(),
                real.clock(),
                real.secret(),
                () -> {
                    closed.set(true);
                    real.close();
                });
    }

    private static StoreCheck checkThatSays(StoreCheck real, StoreCheck.Finding finding) {
        return (StoreCheck) Proxy.newProxyInstance(
                StoreCheck.class.getClassLoader(),
                new Class<?>[] {StoreCheck.class},
                (self, method, arguments) ->
                        method.getName().equals("findings") ? List.of(finding) : method.invoke(real, arguments));
    }
}
