package dev.millrace.monitor;

import dev.millrace.monitor.Diagnosis.Finding;
import dev.millrace.queue.AtOnce;
import dev.millrace.task.MillraceException;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** Finds out everything that is wrong with an installation, as far as this process can see. */
@ApplicationScoped
public class Doctor {
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
        findings.sort(Comparator.comparing(Finding::severity));
        return new Diagnosis(checks.stream().map(Check::name).toList(), List.copyOf(findings));
    }

    private static List<Finding> look(Check check) {
        try {
            return check.findings();
        } catch (MillraceException e) {
            return List.of(); // the store is away, which its own check says
        }
    }
}
