package dev.millrace.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A template of AWS, its tags written out: {@code !Ref X} is {@code {"!Ref": "X"}}. */
record CloudFormation(JsonNode json) {
    private static final Pattern INSIDE = Pattern.compile("\\$\\{([A-Za-z0-9:]+)(?:\\.\\w+)?}");

    static CloudFormation read(Path file) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try {
            Object read = new org.yaml.snakeyaml.Yaml(new Tagged(options)).load(Files.readString(file));
            return new CloudFormation(new ObjectMapper().valueToTree(read));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode parameter(String name) {
        return json.path("Parameters").path(name);
    }

    /** What is referred to anywhere: parameters, resources, and what AWS knows itself. */
    Set<String> references() {
        Set<String> names = new TreeSet<>();
        json.findValues("!Ref").forEach(name -> names.add(name.asText()));
        json.findValues("!GetAtt").forEach(name -> names.add(name.asText().replaceAll("\\..*", "")));
        for (JsonNode text : json.findValues("!Sub")) {
            INSIDE.matcher(text.asText()).results().forEach(found -> names.add(found.group(1)));
        }
        return names;
    }

    /** Conditions that are asked anywhere. */
    Set<String> conditionsAsked() {
        Set<String> names = new TreeSet<>();
        json.findValues("!If").forEach(question -> names.add(question.path(0).asText()));
        json.findValues("!Condition").forEach(name -> names.add(name.asText()));
        for (String section : new String[] {"Resources", "Outputs"}) {
            for (JsonNode member : json.path(section)) {
                if (member.has("Condition")) {
                    names.add(member.path("Condition").asText());
                }
            }
        }
        return names;
    }

    private static final class Tagged extends SafeConstructor {
        Tagged(LoaderOptions options) {
            super(options);
            yamlMultiConstructors.put("!", new AbstractConstruct() {
                @Override
                public Object construct(Node node) {
                    return Map.of(node.getTag().getValue(), value(node));
                }
            });
        }

        private Object value(Node node) {
            return switch (node) {
                case ScalarNode scalar -> scalar.getValue();
                case SequenceNode sequence -> constructSequence(sequence);
                case MappingNode mapping -> constructMapping(mapping);
                default -> throw new IllegalArgumentException("" + node);
            };
        }
    }
}
