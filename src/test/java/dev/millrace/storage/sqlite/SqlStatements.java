package dev.millrace.storage.sqlite;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every statement of this package: the constants that hold one, by class and name. */
final class SqlStatements {
    private SqlStatements() {}

    static Map<String, String> all() throws IOException, URISyntaxException, ReflectiveOperationException {
        Path classes = Path.of(SqliteStorage.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        String room = SqliteStorage.class.getPackageName();
        Map<String, String> statements = new TreeMap<>();
        try (Stream<Path> files = Files.list(classes.resolve(room.replace('.', '/')))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                collect(Class.forName(room + "." + name), statements);
            }
        }
        return statements;
    }

    private static void collect(Class<?> type, Map<String, String> statements) throws ReflectiveOperationException {
        for (Field field : type.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                List<String> texts = texts(field.get(null));
                for (int i = 0; i < texts.size(); i++) {
                    String at = type.getSimpleName() + "." + field.getName() + (texts.size() > 1 ? "[" + i + "]" : "");
                    if (texts.get(i).matches("(?s)(SELECT|INSERT|UPDATE|DELETE)\\b.*") && !unfinished(texts.get(i))) {
                        statements.put(at, texts.get(i));
                    }
                }
            }
        }
    }

    /** A list of columns that conditions are put to. */
    private static boolean unfinished(String text) {
        return text.endsWith(" ");
    }

    private static List<String> texts(Object constant) {
        List<String> texts = new ArrayList<>();
        if (constant instanceof String text) {
            texts.add(text);
        } else if (constant instanceof List<?> list) {
            list.forEach(one -> texts.addAll(texts(one)));
        }
        return texts;
    }
}
