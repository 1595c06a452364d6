package dev.millrace.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A directory with a kustomization.yaml and what comes of it. Renders as much as ours use, and refuses what it does not
 * know: resources, patches, images, a namespace, generated config maps.
 */
record Kustomization(Path directory) {
    private static final String FILE = "kustomization.yaml";
    private static final Set<String> KNOWN = Set.of(
            "apiVersion",
            "kind",
            "namespace",
            "resources",
            "patches",
            "images",
            "configMapGenerator",
            "generatorOptions");

    /** Every one below the directory. */
    static List<Kustomization> below(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.getFileName().toString().equals(FILE))
                    .map(file -> new Kustomization(file.getParent().normalize()))
                    .sorted((a, b) -> a.directory.compareTo(b.directory))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode json() {
        return Yaml.document(directory.resolve(FILE));
    }

    /** Files named here and in the directories that this one builds on, itself included. */
    Set<Path> files() {
        Set<Path> files = new TreeSet<>(Set.of(directory.resolve(FILE)));
        for (JsonNode resource : json().path("resources")) {
            Path path = directory.resolve(resource.asText()).normalize();
            if (Files.isDirectory(path)) {
                files.addAll(new Kustomization(path).files());
            } else {
                files.add(path);
            }
        }
        for (JsonNode generator : json().path("configMapGenerator")) {
            generator.path("files").forEach(file -> files.add(directory.resolve(file.asText())));
        }
        return files;
    }

    List<Manifest> render() {
        JsonNode json = json();
        json.fieldNames().forEachRemaining(this::requireKnown);
        List<Manifest> all = new ArrayList<>();
        json.path("resources").forEach(resource -> all.addAll(load(resource.asText())));
        json.path("configMapGenerator").forEach(generator -> all.add(generated(generator)));
        json.path("patches").forEach(patch -> patch(all, patch));
        return List.copyOf(all);
    }

    private void requireKnown(String field) {
        if (!KNOWN.contains(field)) {
            throw new AssertionError(this + ": this test does not know how to render " + field);
        }
    }

    private List<Manifest> load(String resource) {
        Path path = directory.resolve(resource).normalize();
        if (Files.isDirectory(path)) {
            return new Kustomization(path).render();
        }
        return Yaml.documents(path).stream()
                .map(json -> new Manifest(path.toString(), json))
                .toList();
    }

    private Manifest generated(JsonNode generator) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("apiVersion", "v1").put("kind", "ConfigMap");
        json.putObject("metadata").set("name", generator.path("name"));
        ObjectNode data = json.putObject("data");
        for (JsonNode file : generator.path("files")) {
            Path path = directory.resolve(file.asText());
            try {
                data.put(path.getFileName().toString(), Files.readString(path));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new Manifest(toString(), json);
    }

    private void patch(List<Manifest> all, JsonNode patch) {
        List<Manifest> targets = all.stream()
                .filter(manifest -> matches(manifest, patch.path("target")))
                .toList();
        if (targets.size() != 1) {
            throw new AssertionError(this + ": a patch is for one resource, this is for " + targets + ": " + patch);
        }
        JsonNode body = Yaml.value(patch.path("patch").asText());
        if (body.path("$patch").asText().equals("delete")) {
            all.removeAll(targets);
        } else {
            Patch.apply(targets.getFirst().json(), body, toString());
        }
    }

    private static boolean matches(Manifest manifest, JsonNode target) {
        String group = target.path("group").asText();
        String version = target.path("version").asText();
        String apiVersion = group.isEmpty() ? version : group + "/" + version;
        return manifest.apiVersion().equals(apiVersion)
                && manifest.kind().equals(target.path("kind").asText())
                && manifest.name().equals(target.path("name").asText());
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
