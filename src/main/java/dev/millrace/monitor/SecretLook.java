package dev.millrace.monitor;

import dev.millrace.access.KeptSecrets;
import dev.millrace.monitor.Diagnosis.Finding;
import dev.millrace.monitor.Diagnosis.Severity;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Whether secrets are safe in the store. */
@Singleton
class SecretLook implements Check {
    private final List<KeptSecrets> kept;

    SecretLook(@All List<KeptSecrets> kept) {
        this.kept = kept;
    }

    @Override
    public String name() {
        return "secrets";
    }

    @Override
    public List<Finding> findings() {
        int locked = kept.stream().mapToInt(KeptSecrets::locked).sum();
        int plain = kept.stream().mapToInt(KeptSecrets::plain).sum();
        List<Finding> findings = new ArrayList<>();
        if (locked > 0) {
            findings.add(finding(
                    Severity.ERROR,
                    "secrets-locked",
                    locked + (locked == 1 ? " signing secret was" : " signing secrets were")
                            + " encrypted with a key that this node does not have, so it delivers nothing that would have"
                            + " to be signed with it. Add the key to millrace.delivery.secret-keys."));
        }
        if (plain > 0) {
            findings.add(finding(
                    Severity.NOTE,
                    "secrets-plain",
                    plain + (plain == 1 ? " signing secret lies" : " signing secrets lie")
                            + " in the store unencrypted, and in its backups. Configure millrace.delivery.secret-keys to"
                            + " change that."));
        }
        return findings;
    }

    private static Finding finding(Severity severity, String code, String sentence) {
        return new Finding(severity, "secrets", code, sentence);
    }
}
