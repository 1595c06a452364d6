package dev.millrace.monitor;

import dev.millrace.monitor.Diagnosis.Finding;
import dev.millrace.monitor.Diagnosis.Severity;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Whether files of the configuration that hold secrets can be read by those alone whom they are for. */
@Singleton
class FileLook implements Check {
    private static final Set<PosixFilePermission> OTHERS =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    /** Where platforms put secrets into a container that nobody else is in. */
    private static final String MOUNTED = "tmpfs";

    private final Map<String, List<String>> secrets;

    @Inject
    FileLook(Settings settings) {
        this(settings.secretsByFile());
    }

    /**
     * @param secrets settings by the file that they are from
     */
    FileLook(Map<String, List<String>> secrets) {
        this.secrets = new TreeMap<>(secrets);
    }

    @Override
    public String name() {
        return "files";
    }

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        secrets.forEach((file, names) -> {
            if (isOpen(Path.of(file))) {
                findings.add(new Finding(
                        Severity.WARNING,
                        name(),
                        "file-open",
                        "Others than its owner can read " + file + ", which holds secrets ("
                                + String.join(", ", names)
                                + "): chmod 600, owned by the user that runs Millrace."));
            }
        });
        return findings;
    }

    private static boolean isOpen(Path file) {
        try {
            return !Files.getFileStore(file).type().equals(MOUNTED)
                    && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
        } catch (IOException | UnsupportedOperationException e) {
            return false; // what cannot be found out is not a finding
        }
    }
}
