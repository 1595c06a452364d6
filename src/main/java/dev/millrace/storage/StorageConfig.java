package dev.millrace.storage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where tasks are kept. */
@ConfigMapping(prefix = "millrace")
public interface StorageConfig {
    /** {@code sqlite}, {@code redis}, or {@code auto}: Redis when an address of one is configured, else SQLite. */
    @WithDefault("auto")
    Kind store();

    /** The directory of the SQLite file; made if it is not there. Only one process may use it at a time. */
    @WithDefault("data")
    Path data();

    /** In tests of an application with handlers: see {@link dev.millrace.testing.TestMillrace}. Read when it is built. */
    @WithDefault("false")
    boolean testing();

    /** The SQLite file. */
    Sqlite sqlite();

    /** The Redis, Valkey or compatible server. */
    Redis redis();

    /** The stores there are. */
    enum Kind {
        AUTO,
        SQLITE,
        REDIS
    }

    /** How the file is written. */
    interface Sqlite {
        /**
         * {@code full}: every answer waits for the disk. {@code normal}: faster; a power cut, though not the end of the
         * process, may lose the last moments.
         */
        @WithDefault("full")
        Synchronous synchronous();
    }

    /** What an answer waits for. */
    enum Synchronous {
        FULL,
        NORMAL
    }

    /** How several addresses of Redis belong together. */
    enum Mode {
        STANDALONE,
        SENTINEL,
        CLUSTER
    }

    /** Redis 7.0 or newer. */
    interface Redis {
        /**
         * {@code redis://[user:password@]host:port[/database]}, {@code rediss://} for TLS; of a cluster or of sentinels
         * several, with commas between them.
         */
        Optional<String> url();

        /** Without an address: the server's name; no TLS, no password. */
        Optional<String> host();

        /** The port at {@code host}, 1 to 65535. */
        @WithDefault("6379")
        int port();

        /** {@code standalone}, {@code sentinel} or {@code cluster}. */
        @WithDefault("standalone")
        Mode mode();

        /** With sentinels: the name under which they know the primary. */
        Optional<String> master();

        /** What every key starts with, so that several installations can share a server: 1 to 32 of A-Z a-z 0-9 . _ -. */
        @WithDefault("mr")
        String prefix();

        /** How long one command may take before its outcome counts as unknown: PT0.05S to PT1M. */
        @WithDefault("PT5S")
        Duration timeout();

        /** With {@code rediss://}: name of the TLS settings; without it the system's certificate authorities are trusted. */
        Optional<String> tls();
    }
}
