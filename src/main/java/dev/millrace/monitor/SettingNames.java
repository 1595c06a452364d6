package dev.millrace.monitor;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The settings that there are, and what environment variables mean them. */
final class SettingNames {
    /** A star stands for a name that people choose. A test compares them with the mappings. */
    static final List<String> ALL = List.of(
            "millrace.access.keys.*.hash",
            "millrace.access.keys.*.queues",
            "millrace.access.keys.*.roles",
            "millrace.api.payload",
            "millrace.dashboard.environment",
            "millrace.dashboard.streams",
            "millrace.dashboard.users.*.password-hash",
            "millrace.dashboard.users.*.role",
            "millrace.data",
            "millrace.delivery.allow",
            "millrace.delivery.connections",
            "millrace.delivery.dns",
            "millrace.delivery.idle",
            "millrace.delivery.loopback",
            "millrace.delivery.ports",
            "millrace.delivery.secret-keys",
            "millrace.destinations.*.backends",
            "millrace.destinations.*.balance",
            "millrace.destinations.*.breaker.failures",
            "millrace.destinations.*.breaker.open",
            "millrace.destinations.*.breaker.probes",
            "millrace.destinations.*.breaker.window",
            "millrace.destinations.*.concurrency",
            "millrace.destinations.*.fallback",
            "millrace.destinations.*.format",
            "millrace.destinations.*.health-check.interval",
            "millrace.destinations.*.health-check.path",
            "millrace.destinations.*.health-check.timeout",
            "millrace.destinations.*.health-path",
            "millrace.destinations.*.rate",
            "millrace.destinations.*.signing-secret",
            "millrace.destinations.*.signing-secrets",
            "millrace.destinations.*.sticky",
            "millrace.destinations.*.timeout",
            "millrace.destinations.*.tls",
            "millrace.drain",
            "millrace.heartbeat",
            "millrace.kicks.sweep",
            "millrace.metrics.label",
            "millrace.metrics.label-values",
            "millrace.metrics.queues",
            "millrace.metrics.types",
            "millrace.node.id",
            "millrace.pools.*.cold-start",
            "millrace.pools.*.cooldown",
            "millrace.pools.*.kick-key",
            "millrace.pools.*.kick-url",
            "millrace.pools.*.max-workers",
            "millrace.pools.*.min-workers",
            "millrace.pools.*.policy",
            "millrace.pools.*.processes",
            "millrace.pools.*.queues",
            "millrace.pools.*.scale-down",
            "millrace.pools.*.scale-up",
            "millrace.pools.*.target",
            "millrace.redis.host",
            "millrace.redis.master",
            "millrace.redis.mode",
            "millrace.redis.port",
            "millrace.redis.prefix",
            "millrace.redis.timeout",
            "millrace.redis.tls",
            "millrace.redis.url",
            "millrace.retention.cancelled.age",
            "millrace.retention.cancelled.bytes",
            "millrace.retention.cancelled.count",
            "millrace.retention.dead.age",
            "millrace.retention.dead.bytes",
            "millrace.retention.dead.count",
            "millrace.retention.dedupe",
            "millrace.retention.expired.age",
            "millrace.retention.expired.bytes",
            "millrace.retention.expired.count",
            "millrace.retention.succeeded.age",
            "millrace.retention.succeeded.bytes",
            "millrace.retention.succeeded.count",
            "millrace.role.api",
            "millrace.role.dashboard",
            "millrace.role.scheduler",
            "millrace.role.worker",
            "millrace.sqlite.synchronous",
            "millrace.store",
            "millrace.testing",
            "millrace.worker.batch",
            "millrace.worker.concurrency",
            "millrace.worker.cpu-threads",
            "millrace.worker.exit-when-idle",
            "millrace.worker.idle",
            "millrace.worker.lease",
            "millrace.worker.max-tasks",
            "millrace.worker.on-demand",
            "millrace.worker.parent",
            "millrace.worker.queues",
            "millrace.worker.slice");

    /** Those of the command line and of the tests, which are no settings of a server. */
    private static final List<String> OTHERS = List.of("MILLRACE_SERVER", "MILLRACE_KEY", "MILLRACE_SCHEMAS");

    /** What Kubernetes and Docker set for a service whose name begins like ours. */
    private static final Pattern LINK =
            Pattern.compile("MILLRACE(_.+)?_(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT(_\\d+_.+)?|NAME|ENV_.+)");

    private static final List<Pattern> VARIABLES =
            ALL.stream().map(SettingNames::pattern).toList();
    private static final List<Pattern> SETTINGS = ALL.stream()
            .map(name -> Pattern.compile(
                    name.replace(".", "\\.").replace("-", "[-.]").replace("*", "([^.\"]+|\"[^\"]+\")") + "(\\[\\d+])*"))
            .toList();
    private static final int FAR = 5;

    private SettingNames() {}

    /** Elements of a list have their number behind the name. */
    private static Pattern pattern(String name) {
        return Pattern.compile(variable(name).replace("_\0_", "_.+_") + "(_\\d+_.*)?");
    }

    /** The variable of the environment that means a setting. */
    static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replace('*', '\0').replaceAll("[^A-Z0-9\0]", "_");
    }

    /** Whether a variable of the environment means something. */
    static boolean isKnown(String variable) {
        return OTHERS.contains(variable) || LINK.matcher(variable).matches() || isLikeASetting(variable);
    }

    /** Whether a setting may be meant, if the names in it are right. */
    static boolean isLikeASetting(String variable) {
        return VARIABLES.stream().anyMatch(known -> known.matcher(variable).matches());
    }

    /** Whether something is set by this name. */
    static boolean isSetting(String name) {
        return SETTINGS.stream().anyMatch(known -> known.matcher(name).matches());
    }

    /** The variable that was probably meant; empty when none is like it. */
    static Optional<String> nearest(String variable) {
        return ALL.stream()
                .filter(name -> name.indexOf('*') < 0)
                .map(SettingNames::variable)
                .min(Comparator.comparingInt(known -> distance(known, variable)))
                .filter(known -> distance(known, variable) < FAR);
    }

    /** Letters to be put in, left out or changed to make one word of the other. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = corner + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                corner = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
