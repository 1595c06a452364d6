package dev.millrace.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads YAML as Kubernetes and Compose do: anchors are merged, and a name may stand only once. */
final class Yaml {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, List<JsonNode>> READ = new ConcurrentHashMap<>();

    private Yaml() {}

    /** The documents of a file, without empty ones. */
    static List<JsonNode> documents(Path file) {
        try {
            return documents(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw new AssertionError(file + ": " + e.getMessage(), e);
        }
    }

    /** Copies, since patches change them; what was read once is not read again, which takes most of the time. */
    static List<JsonNode> documents(String text) {
        return READ.computeIfAbsent(text, Yaml::read).stream()
                .map(JsonNode::<JsonNode>deepCopy)
                .toList();
    }

    private static List<JsonNode> read(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        Iterable<Object> read = new org.yaml.snakeyaml.Yaml(new SafeConstructor(options)).loadAll(text);
        return StreamSupport.stream(read.spliterator(), false)
                .map(document -> JSON.<JsonNode>valueToTree(document))
                .filter(JsonNode::isObject)
                .toList();
    }

    static JsonNode document(Path file) {
        return documents(file).getFirst();
    }

    /** A list whose elements need not be objects, such as a patch. */
    static JsonNode value(String text) {
        return JSON.valueToTree(new org.yaml.snakeyaml.Yaml(new SafeConstructor(new LoaderOptions())).load(text));
    }
}
