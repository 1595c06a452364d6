package dev.millrace.storage;

import dev.millrace.cluster.NeedsSharedStore;
import dev.millrace.monitor.StoreCheck;
import dev.millrace.queue.RetentionConfig;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import io.quarkus.arc.All;
import io.quarkus.runtime.Startup;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * The store as it was opened, for the guards alone: its type is seen in this package only, so that nobody can have an
 * unguarded port injected. Opened at the start, which ends here with a sentence if the store cannot be used.
 */
@Singleton
@Startup(Interceptor.Priority.PLATFORM_BEFORE + 10)
class OpenStorage {
    private static final Logger LOG = Logger.getLogger("millrace.store");

    private final Storage raw;

    @Inject
    OpenStorage(
            StorageConfig config,
            RetentionConfig retention,
            Instance<Vertx> vertx,
            TlsConfigurationRegistry tls,
            @All List<NeedsSharedStore> needs) {
        this(open(config, retention, vertx, tls, needs));
    }

    OpenStorage(Storage raw) {
        this.raw = raw;
        raw.check().findings().forEach(this::tell);
        LOG.infof("%s store: %s", raw.check().kind(), raw.check().durability());
    }

    Storage raw() {
        return raw;
    }

    @PreDestroy
    void close() {
        raw.close();
    }

    private static Storage open(
            StorageConfig config,
            RetentionConfig retention,
            Instance<Vertx> vertx,
            TlsConfigurationRegistry tls,
            List<NeedsSharedStore> needs) {
        try {
            StoreSettings settings = StoreSettings.of(config);
            if (settings instanceof StoreSettings.Sqlite && !needs.isEmpty()) {
                throw refuse(needs.getFirst().why());
            }
            return Storages.open(settings, retention.usual(), vertx::get, tls::get);
        } catch (MillraceException | IllegalArgumentException | IllegalStateException e) {
            throw refuse(e.getMessage());
        }
    }

    private void tell(StoreCheck.Finding finding) {
        String line = finding.code() + ": " + finding.sentence();
        if (finding.fatal()) {
            raw.close();
            throw refuse(line);
        }
        LOG.warn(line);
    }

    /** What starts the process prints the sentence without a trace. */
    private static MillraceException refuse(String sentence) {
        return new MillraceException(ErrorCode.STORE_UNAVAILABLE, sentence);
    }
}
