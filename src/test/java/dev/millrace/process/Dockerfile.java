package dev.millrace.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a Dockerfile says, as far as ours go. */
record Dockerfile(List<Stage> stages) {
    /** One instruction, its words after the first in one piece. */
    record Instruction(String word, String rest) {}

    /**
     * @param name null for the last one
     */
    record Stage(String name, List<Instruction> instructions) {
        List<String> all(String word) {
            return instructions.stream()
                    .filter(instruction -> instruction.word().equals(word))
                    .map(Instruction::rest)
                    .toList();
        }

        String last(String word) {
            return all(word).getLast();
        }

        /** Of an instruction in its exec form, which needs no shell. */
        List<String> words(String word) {
            String rest = last(word);
            try {
                return List.of(new ObjectMapper().readValue(rest.substring(rest.indexOf('[')), String[].class));
            } catch (JsonProcessingException e) {
                throw new AssertionError(word + " is not in the exec form: " + rest, e);
            }
        }

        Map<String, String> environment() {
            Map<String, String> environment = new LinkedHashMap<>();
            for (String rest : all("ENV")) {
                environment.put(rest.substring(0, rest.indexOf('=')), rest.substring(rest.indexOf('=') + 1));
            }
            return environment;
        }

        List<Copy> copies() {
            return all("COPY").stream().map(Copy::of).toList();
        }
    }

    /**
     * @param from the stage; null for the sources
     */
    record Copy(String from, String source, String target) {
        static Copy of(String rest) {
            List<String> words = new ArrayList<>(List.of(rest.split(" +")));
            String from = words.stream()
                    .filter(word -> word.startsWith("--from="))
                    .map(word -> word.substring("--from=".length()))
                    .findFirst()
                    .orElse(null);
            words.removeIf(word -> word.startsWith("--"));
            return new Copy(from, words.get(0), words.get(1));
        }
    }

    static Dockerfile read(Path file) throws IOException {
        List<Stage> stages = new ArrayList<>();
        for (Instruction instruction : instructions(Files.readString(file)).toList()) {
            if (instruction.word().equals("FROM")) {
                String[] words = instruction.rest().split(" +");
                stages.add(new Stage(words.length == 3 ? words[2] : null, new ArrayList<>()));
            } else if (!stages.isEmpty()) {
                stages.getLast().instructions().add(instruction);
            }
        }
        return new Dockerfile(stages);
    }

    private static Stream<Instruction> instructions(String text) {
        return text.replaceAll("(?m)^#.*\n", "")
                .replaceAll(" *\\\\\n *", " ")
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> line.split(" +", 2))
                .map(words -> new Instruction(words[0], words[1]));
    }

    /** What is run in the end. */
    Stage image() {
        return stages.getLast();
    }

    /** Where a file of a stage comes from: a path of the sources, where they have been built. */
    Path origin(String stage, String path) {
        if (stage == null) {
            return Path.of(path);
        }
        Stage found = stages.stream()
                .filter(each -> stage.equals(each.name()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no stage " + stage));
        for (Copy copy : found.copies()) {
            if (copy.from() != null && (path + "/").startsWith(copy.target() + "/")) {
                return origin(
                        copy.from(),
                        copy.source() + path.substring(copy.target().length()));
            }
        }
        String directory = found.last("WORKDIR") + "/";
        if (!path.startsWith(directory)) {
            throw new AssertionError("Nothing says where " + path + " of stage " + stage + " comes from");
        }
        return Path.of(path.substring(directory.length()));
    }
}
