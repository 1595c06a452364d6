package dev.millrace.monitor;

import dev.millrace.access.AccessConfig;
import dev.millrace.access.Role;
import dev.millrace.monitor.Diagnosis.Finding;
import dev.millrace.monitor.Diagnosis.Severity;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether the API keys make sense. */
@Singleton
class KeyLook implements Check {
    /** Of docs/configuration.md. */
    private static final String EXAMPLE = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";

    private final AccessConfig config;

    KeyLook(AccessConfig config) {
        this.config = config;
    }

    @Override
    public String name() {
        return "keys";
    }

    @Override
    public List<Finding> findings() {
        Map<String, ? extends AccessConfig.Key> keys = new TreeMap<>(config.keys());
        if (keys.isEmpty()) {
            return List.of(finding(
                    Severity.NOTE,
                    "keys-none",
                    "No API key is configured: every program on this machine may do everything, and no other machine"
                            + " anything. Configure millrace.access.keys to change that."));
        }
        List<Finding> findings = new ArrayList<>();
        keys.entrySet().stream()
                .collect(Collectors.groupingBy(
                        key -> key.getValue().hash().strip().toLowerCase(Locale.ROOT),
                        TreeMap::new,
                        Collectors.mapping(Map.Entry::getKey, Collectors.toCollection(TreeSet::new))))
                .forEach((hash, ids) -> hash(hash, ids, findings));
        if (keys.values().stream().noneMatch(key -> key.roles().contains(Role.ADMIN))) {
            findings.add(finding(
                    Severity.NOTE,
                    "keys-no-admin",
                    "No API key has the role admin, so queues can be neither configured nor deleted. Give one"
                            + " that role, unless this is wanted."));
        }
        return findings;
    }

    private static void hash(String hash, TreeSet<String> ids, List<Finding> findings) {
        if (hash.equals(EXAMPLE)) {
            findings.add(finding(
                    Severity.ERROR,
                    "key-example",
                    "The API key " + String.join(", ", ids)
                            + " has the hash that the documentation shows as an example,"
                            + " so nobody can use it. Make a secret of your own, and put its hash there."));
        } else if (ids.size() > 1) {
            findings.add(finding(
                    Severity.WARNING,
                    "keys-same-secret",
                    "The API keys " + String.join(", ", ids)
                            + " have the same secret: who has one has all. Give each its own."));
        }
    }

    private static Finding finding(Severity severity, String code, String sentence) {
        return new Finding(severity, "keys", code, sentence);
    }
}
