package dev.millrace.storage;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which store to open, and where: checked, and free of the framework. */
public sealed interface StoreSettings {
    /**
     * @param data the directory of the file; made if it is not there
     * @param full every answer waits for the disk
     */
    record Sqlite(Path data, boolean full) implements StoreSettings {}

    /**
     * @param urls {@code redis://} or {@code rediss://}
     * @param master the primary's name among sentinels; null otherwise
     * @param prefix what every key starts with
     * @param timeout of one command
     * @param tls name of the TLS settings; null for the system's certificate authorities
     */
    record Redis(List<String> urls, StorageConfig.Mode mode, String master, String prefix, Duration timeout, String tls)
            implements StoreSettings {
        private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._-]{1,32}");
        private static final Duration SHORTEST = Duration.ofMillis(50);
        private static final Duration LONGEST = Duration.ofMinutes(1);

        public Redis {
            for (String url : urls) {
                check(
                        url.matches("rediss?://\\S+"),
                        "millrace.redis.url must start with redis:// or rediss://, and does not: " + masked(url));
            }
            check(
                    urls.size() == 1 || mode != StorageConfig.Mode.STANDALONE,
                    "millrace.redis.url has several addresses, but millrace.redis.mode is standalone");
            check(
                    (master != null) == (mode == StorageConfig.Mode.SENTINEL),
                    "millrace.redis.master goes with millrace.redis.mode sentinel, and only with that");
            check(
                    PREFIX.matcher(prefix).matches(),
                    "millrace.redis.prefix must be 1 to 32 of A-Z a-z 0-9 . _ -, and is \"" + prefix + "\"");
            check(
                    timeout.compareTo(SHORTEST) >= 0 && timeout.compareTo(LONGEST) <= 0,
                    "millrace.redis.timeout must be PT0.05S to PT1M, and is " + timeout);
            check(
                    tls == null || urls.stream().allMatch(url -> url.startsWith("rediss:")),
                    "millrace.redis.tls goes with addresses that begin with rediss://, and only with these");
        }

        /** One server, its keys under a prefix. */
        public static Redis at(String url, String prefix) {
            return new Redis(List.of(url), StorageConfig.Mode.STANDALONE, null, prefix, Duration.ofSeconds(5), null);
        }

        /** Without passwords. */
        @Override
        public String toString() {
            return "Redis[" + masked(String.join(",", urls)) + ", " + mode + ", prefix " + prefix + "]";
        }

        private static String masked(String url) {
            return url.replaceAll("//[^@/,]*@", "//***@");
        }
    }

    /**
     * @throws IllegalArgumentException with a sentence for people when settings do not fit together
     */
    static StoreSettings of(StorageConfig config) {
        Optional<String> url = address(config.redis());
        Sqlite sqlite = new Sqlite(config.data(), config.sqlite().synchronous() == StorageConfig.Synchronous.FULL);
        return switch (config.store()) {
            case SQLITE -> sqlite;
            case REDIS ->
                redis(
                        url.orElseThrow(
                                () -> new IllegalArgumentException(
                                        "millrace.store is redis, but neither millrace.redis.url nor millrace.redis.host is set")),
                        config.redis());
            case AUTO -> url.map(address -> redis(address, config.redis())).orElse(sqlite);
        };
    }

    private static StoreSettings redis(String url, StorageConfig.Redis config) {
        return new Redis(
                List.of(url.split("\\s*,\\s*")),
                config.mode(),
                config.master().filter(name -> !name.isBlank()).orElse(null),
                config.prefix(),
                config.timeout(),
                config.tls().filter(name -> !name.isBlank()).orElse(null));
    }

    private static Optional<String> address(StorageConfig.Redis config) {
        Optional<String> url = config.url().filter(text -> !text.isBlank());
        Optional<String> host = config.host().filter(text -> !text.isBlank());
        check(
                config.port() >= 1 && config.port() <= 65_535,
                "millrace.redis.port must be 1 to 65535, and is " + config.port());
        return url.or(() -> host.map(name -> "redis://" + name + ":" + config.port()));
    }

    private static void check(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
