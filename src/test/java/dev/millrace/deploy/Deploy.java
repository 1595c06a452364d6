package dev.millrace.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The directory {@code deploy}. */
final class Deploy {
    static final Path ROOT = Path.of("deploy");

    private Deploy() {}

    static List<Kustomization> kustomizations() {
        return Kustomization.below(ROOT);
    }

    /** Those that are whole: with a namespace, and with a place to keep tasks. */
    static List<Kustomization> installations() {
        return kustomizations().stream()
                .filter(kustomization -> kustomization.render().stream().anyMatch(found -> found.is("Namespace")))
                .filter(kustomization -> kustomization.render().stream()
                        .anyMatch(found -> found.is("StatefulSet") || found.is("PersistentVolumeClaim")))
                .toList();
    }

    /** Every pod of every installation. */
    static List<Pod> pods() {
        return kustomizations().stream()
                .flatMap(kustomization -> Pod.in(kustomization.render()).stream())
                .toList();
    }

    static List<Path> files(String ending) {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
