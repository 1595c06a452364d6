package dev.millrace.storage.sqlite;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.TransactionRequirement;
import io.agroal.api.configuration.supplier.AgroalConnectionFactoryConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.AgroalDefaultSecurityProvider;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/**
 * Opens connections to the one database file. A connection is taken by the one thread that will use it, for good; the
 * pools see to it that there are never more than planned.
 */
@RegisterForReflection(
        targets = {JDBC.class, Statement[].class, ResultSet[].class, AgroalDefaultSecurityProvider.class},
        classNames = {
            "io.agroal.pool.DataSource",
            "io.agroal.pool.ConnectionHandler",
            "[Lio.agroal.pool.ConnectionHandler;"
        })
final class Connections implements AutoCloseable {
    /** mmap stays off: an I/O error would come as SIGBUS and end the process. */
    private static final List<String> EVERYWHERE = List.of(
            "PRAGMA busy_timeout = 5000",
            "PRAGMA foreign_keys = ON",
            "PRAGMA temp_store = MEMORY",
            "PRAGMA mmap_size = 0",
            "PRAGMA trusted_schema = OFF");

    /** auto_vacuum takes effect in a new file alone, and only before it is written to, so before WAL. */
    private static final List<String> WRITER = List.of(
            "PRAGMA auto_vacuum = INCREMENTAL",
            "PRAGMA journal_mode = WAL",
            "PRAGMA cache_size = -16000",
            "PRAGMA journal_size_limit = 67108864",
            "PRAGMA wal_autocheckpoint = 1000");

    private static final List<String> READER = List.of("PRAGMA cache_size = -2000", "PRAGMA query_only = ON");

    private final SqliteSettings.Synchronous synchronous;
    private final String url;
    private final Damage damage;
    private final Reserve reserve;
    private final AgroalDataSource writer;
    private final AgroalDataSource readers;

    Connections(Path file, SqliteSettings settings) throws SQLException {
        this.synchronous = settings.synchronous();
        this.url = JDBC.PREFIX + file.toAbsolutePath();
        this.damage = new Damage(file);
        this.reserve = new Reserve(file.toAbsolutePath().getParent());
        this.writer = pool(file, 1);
        this.readers = pool(file, settings.readers());
    }

    /** What is known of the file's health. */
    Damage damage() {
        return damage;
    }

    /** Room for when the disk is full. */
    Reserve reserve() {
        return reserve;
    }

    Connection writer() throws SQLException {
        return prepared(writer.getConnection(), EVERYWHERE, WRITER, List.of("PRAGMA synchronous = " + synchronous));
    }

    Connection reader() throws SQLException {
        return prepared(readers.getConnection(), EVERYWHERE, READER);
    }

    /** One beside the pools, the caller's to close: for what takes long. */
    Connection apart() throws SQLException {
        return prepared(JDBC.createConnection(url, new Properties()), EVERYWHERE);
    }

    /** Closes the writer's connection for good, so that the next one starts from the file anew. */
    void discardWriter() {
        writer.flush(FlushMode.ALL);
    }

    @Override
    public void close() {
        readers.close();
        writer.close();
    }

    /** One that cannot be prepared, as on a damaged file, is given back: a pool would wait for it. */
    @SafeVarargs
    private static Connection prepared(Connection connection, List<String>... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (List<String> some : statements) {
                for (String sql : some) {
                    statement.execute(sql);
                }
            }
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static AgroalDataSource pool(Path file, int size) throws SQLException {
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .metricsEnabled(false)
                .connectionPoolConfiguration(pool -> pool.maxSize(size)
                        .transactionRequirement(TransactionRequirement.OFF)
                        .acquisitionTimeout(Duration.ofSeconds(10))
                        .connectionFactoryConfiguration(factory -> factory(factory, file))));
    }

    private static AgroalConnectionFactoryConfigurationSupplier factory(
            AgroalConnectionFactoryConfigurationSupplier factory, Path file) {
        return factory.connectionProviderClass(JDBC.class)
                .jdbcUrl(JDBC.PREFIX + file.toAbsolutePath())
                .trackJdbcResources(false)
                .jdbcProperty(SQLiteConfig.Pragma.JDBC_GET_GENERATED_KEYS.pragmaName, "false")
                .autoCommit(true);
    }
}
