package dev.millrace.monitor;

import dev.millrace.monitor.Diagnosis.Finding;
import dev.millrace.monitor.Diagnosis.Severity;
import dev.millrace.queue.AtOnce;
import dev.millrace.task.MillraceException;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Finds out everything that is wrong with an installation, as far as this process can see. */
@ApplicationScoped
public class Doctor {
    private static final Logger LOG = Logger.getLogger(Doctor.class);

    private final List<Check> checks;

    Doctor(@All List<Check> checks) {
        this.checks = checks.stream().sorted(Comparator.comparing(Check::name)).toList();
    }

    /** Looks at everything now, and at all at the same time. Blocks, for some seconds when the store does not answer. */
    public Diagnosis examine() {
        List<Finding> findings = new ArrayList<>();
        List<Supplier<List<Finding>>> looks = new ArrayList<>();
        checks.forEach(check -> looks.add(() -> look(check)));
        AtOnce.ask(looks).forEach(findings::addAll);
        sayOnce(findings);
        findings.sort(Comparator.comparing(Finding::severity));
        return new Diagnosis(checks.stream().map(Check::name).toList(), List.copyOf(findings));
    }

    private static List<Finding> look(Check check) {
        try {
            return check.findings();
        } catch (RuntimeException e) {
            if (MillraceException.isStoreAway(e)) {
                return List.of(unseen(check.name()));
            }
            LOG.errorf(e, "The check %s of the doctor failed", check.name());
            return List.of(failed(check.name(), e.getClass().getSimpleName()));
        }
    }

    /** Where the check of the store itself says that it is away, there is no need for the others to say so. */
    private static void sayOnce(List<Finding> findings) {
        if (findings.stream().anyMatch(finding -> finding.code().equals("store-away"))) {
            findings.removeIf(finding -> finding.code().equals("not-looked-at"));
        }
    }

    private static Finding unseen(String check) {
        return new Finding(
                Severity.WARNING,
                check,
                "not-looked-at",
                "The store did not answer while it was asked about " + check
                        + ", so nothing is known of that. See the log for what failed, and ask again.");
    }

    private static Finding failed(String check, String cause) {
        return new Finding(
                Severity.ERROR,
                check,
                "check-failed",
                "The check of " + check + " failed with " + cause
                        + ", so nothing is known of that. See the log of this node for how, and report it.");
    }
}
