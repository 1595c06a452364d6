package dev.millrace.storage.redis;

import dev.millrace.monitor.StoreCheck;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at INFO and CONFIG. Services that refuse CONFIG are not at fault: what it would say is unknown then. */
final class RedisStoreCheck implements StoreCheck {
    /** Of the memory: tasks are refused when all of it is used. */
    private static final double NEARLY = 0.9;

    private static final int OLDEST_MAJOR = 7;

    private final RedisBase base;
    private final StoreWatch watch;

    RedisStoreCheck(RedisBase base, StoreWatch watch) {
        this.base = base;
        this.watch = watch;
    }

    @Override
    public void ping() {
        base.link().ask(Request.cmd(Command.PING));
    }

    @Override
    public String kind() {
        return "redis";
    }

    @Override
    public String durability() {
        Map<String, String> info = info();
        if ("1".equals(info.get("aof_enabled"))) {
            String sync = config("appendfsync").orElse("unknown");
            return switch (sync) {
                case "always" -> "AOF always: what was answered survives a power cut";
                case "everysec" -> "AOF everysec: a killed Redis loses nothing, a power cut may lose the last second";
                case "no" ->
                    "AOF without fsync: a killed Redis loses nothing, a power cut may lose the last half minute";
                default -> "AOF, fsync unknown: a killed Redis loses nothing, a power cut may lose the last moments";
            };
        }
        if (!info.containsKey("aof_enabled")) {
            return "unknown: this Redis does not say how it persists";
        }
        boolean snapshots = config("save").map(save -> !save.isBlank()).orElse(false);
        return snapshots
                ? "snapshots alone: a killed Redis loses all since the last one"
                : "none: all tasks are lost when Redis ends";
    }

    @Override
    public int rollbacks() {
        return watch.rollbacks();
    }

    @Override
    public Duration clockOffset() {
        return watch.clockOffset();
    }

    @Override
    public List<Finding> findings() {
        Map<String, String> info = info();
        List<Finding> findings = new ArrayList<>();
        version(info).ifPresent(findings::add);
        if ("slave".equals(info.get("role"))) {
            findings.add(new Finding(
                    true,
                    "redis-replica",
                    "This Redis is a replica and takes no writes; give the address of the primary."));
        }
        clusterState().ifPresent(findings::add);
        eviction(info).ifPresent(findings::add);
        memory(info).ifPresent(findings::add);
        persistence(info).ifPresent(findings::add);
        findings.addAll(0, watch.findings());
        return findings;
    }

    private static Optional<Finding> version(Map<String, String> info) {
        String version = info.getOrDefault("redis_version", "");
        int dot = version.indexOf('.');
        if (dot < 1 || Integer.parseInt(version.substring(0, dot)) >= OLDEST_MAJOR) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                true,
                "redis-too-old",
                "This Redis is version " + version + "; Millrace needs 7.0 or later. Upgrade it, or take Valkey."));
    }

    private static Optional<Finding> eviction(Map<String, String> info) {
        String policy = info.getOrDefault("maxmemory_policy", "noeviction");
        if (policy.equals("noeviction")) {
            return Optional.empty();
        }
        boolean bounded = !"0".equals(info.getOrDefault("maxmemory", "0"));
        return Optional.of(new Finding(
                bounded,
                "redis-eviction",
                "Redis deletes tasks when its memory is full (maxmemory-policy " + policy
                        + "); set maxmemory-policy to noeviction."));
    }

    static Optional<Finding> memory(Map<String, String> info) {
        long most = Long.parseLong(info.getOrDefault("maxmemory", "0"));
        long used = Long.parseLong(info.getOrDefault("used_memory", "0"));
        if (most == 0 || used < most * NEARLY) {
            return Optional.empty();
        }
        return Optional.of(
                new Finding(
                        false,
                        "redis-nearly-full",
                        "Redis uses " + used * 100 / most + " % of its maxmemory of " + (most >> 20)
                                + " MiB: raise it, or keep ended tasks for less time, or no task will be accepted before long."));
    }

    static Optional<Finding> persistence(Map<String, String> info) {
        if ("err".equals(info.get("aof_last_write_status")) || "err".equals(info.get("rdb_last_bgsave_status"))) {
            return Optional.of(new Finding(
                    false,
                    "redis-persistence-failing",
                    "Redis cannot write its data to disk and may refuse tasks; look at its log and its disk."));
        }
        if (!"0".equals(info.get("aof_enabled"))) {
            return Optional.empty();
        }
        return Optional.of(
                new Finding(
                        false,
                        "redis-no-aof",
                        "Redis keeps no append-only file: tasks that were accepted are lost when it ends; set appendonly to yes."));
    }

    private Optional<Finding> clusterState() {
        try {
            return cluster(lines(base.link().ask(Command.CLUSTER, "INFO").toString()));
        } catch (IllegalStateException | MillraceException notACluster) {
            return Optional.empty();
        }
    }

    static Optional<Finding> cluster(Map<String, String> info) {
        String state = info.getOrDefault("cluster_state", "ok");
        return state.equals("ok")
                ? Optional.empty()
                : Optional.of(new Finding(
                        false,
                        "redis-cluster-down",
                        "The Redis Cluster's state is " + state
                                + ": some slots have no primary; look at CLUSTER INFO."));
    }

    private Map<String, String> info() {
        return lines(base.link().ask(Request.cmd(Command.INFO)).toString());
    }

    /** Empty when the server does not say. */
    private Optional<String> config(String name) {
        try {
            return Optional.ofNullable(
                    Hashes.strings(base.link().ask(Command.CONFIG, "GET", name)).get(name));
        } catch (IllegalStateException refused) {
            return Optional.empty();
        } catch (MillraceException refused) {
            if (refused.code() == ErrorCode.STORE_UNAVAILABLE
                    && refused.getMessage().contains("NOPERM")) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    static Map<String, String> lines(String text) {
        Map<String, String> fields = new HashMap<>();
        text.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 1).trim());
            }
        });
        return fields;
    }
}
