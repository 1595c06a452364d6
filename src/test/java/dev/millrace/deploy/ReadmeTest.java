package dev.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever follows the pages ends up where they say. */
class ReadmeTest {
    private static final Path README = Deploy.ROOT.resolve("README.md");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern PATH = Pattern.compile("(?<![\\w/.])((?:deploy|src)/[\\w./-]*\\w)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern VARIABLE = Pattern.compile("`(MILLRACE_[A-Z_]+)`");

    static List<Path> pages() throws IOException {
        List<Path> pages =
                new ArrayList<>(List.of(Path.of("README.md"), README, Deploy.ROOT.resolve("aws-lambda/README.md")));
        try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
        }
        return pages;
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadSomewhere(Path page) throws IOException {
        LINK.matcher(Files.readString(page))
                .results()
                .map(link -> link.group(1))
                .forEach(target -> {
                    if (target.matches("https?://.*")) {
                        return;
                    }
                    String[] parts = target.split("#", 2);
                    Path file = parts[0].isEmpty()
                            ? page
                            : page.toAbsolutePath()
                                    .getParent()
                                    .resolve(parts[0])
                                    .normalize();
                    assertThat(file).as(page + ": " + target).exists();
                    if (parts.length == 2) {
                        assertThat(anchors(file)).as(page + ": " + target).contains(parts[1]);
                    }
                });
    }

    private static Set<String> anchors(Path page) {
        try {
            return HEADING.matcher(Files.readString(page))
                    .results()
                    .map(heading -> heading.group(1)
                            .toLowerCase(java.util.Locale.ROOT)
                            .replaceAll("[^a-z0-9 -]", "")
                            .replace(' ', '-'))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatIsNamedIsThere() throws IOException {
        List<String> named = PATH.matcher(Files.readString(README))
                .results()
                .map(MatchResult::group)
                .filter(path -> !path.equals("deploy/compose/.env"))
                .toList();
        assertThat(named)
                .hasSizeGreaterThan(15)
                .allSatisfy(path -> assertThat(Path.of(path)).exists());
    }

    @Test
    void everyDirectoryHasItsSection() throws IOException {
        String headings = String.join(" ", anchors(README));
        try (Stream<Path> directories = Files.list(Deploy.ROOT)) {
            assertThat(directories
                            .filter(Files::isDirectory)
                            .map(directory -> directory.getFileName().toString()))
                    .allSatisfy(name -> assertThat(headings).contains(name));
        }
    }

    @Test
    void everyOverlayIsMentioned() throws IOException {
        String text = Files.readString(README);
        assertThat(Deploy.kustomizations().stream()
                        .map(overlay -> overlay.directory().getFileName().toString()))
                .allSatisfy(name -> assertThat(text).contains(name));
    }

    @Test
    void variablesAreThoseOfManifests() throws IOException {
        StringBuilder manifests = new StringBuilder("MILLRACE_SCHEMAS MILLRACE_WORKER_QUEUES");
        for (Path file : Deploy.files(".yaml")) {
            manifests.append(Files.readString(file));
        }
        assertThat(VARIABLE.matcher(Files.readString(README)).results().map(variable -> variable.group(1)))
                .allSatisfy(name -> assertThat(manifests).contains(name));
    }

    /** The image is made for the user, the port and the arguments that manifests give it. */
    @Test
    void imagesAndManifestsAgree() throws IOException {
        for (String name : List.of("Dockerfile.native", "Dockerfile.jvm")) {
            String image = Files.readString(Path.of("src/main/docker", name));
            assertThat(image).contains("\nUSER 1001:0\n", "\nEXPOSE 8080\n", "\nCMD [\"start\"]\n");
        }
        assertThat(Deploy.pods().stream().filter(pod -> pod.millrace().isPresent()))
                .allSatisfy(pod -> {
                    assertThat(pod.toString() + pod.template()).contains("\"runAsUser\":1001");
                    assertThat(pod.millrace().orElseThrow().has("command")).isFalse();
                    assertThat(pod.millrace().orElseThrow().path("ports").findValues("containerPort"))
                            .allMatch(port -> port.asInt() == 8080);
                });
    }
}
