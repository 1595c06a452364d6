package dev.millrace.dashboard;

import dev.millrace.monitor.Diagnosis;
import java.util.Locale;

/**
 * Something that the system sees wrong with itself.
 *
 * @param severity {@code error}, {@code warning} or {@code note}
 * @param href where to see to it
 */
public record Trouble(String severity, String sentence, String href) {
    static Trouble of(Diagnosis.Finding finding) {
        String href = switch (finding.check()) {
            case "queues" -> "/queues?sort=oldest";
            case "nodes" -> "/workers";
            default -> "/system";
        };
        return new Trouble(finding.severity().name().toLowerCase(Locale.ROOT), finding.sentence(), href);
    }
}
