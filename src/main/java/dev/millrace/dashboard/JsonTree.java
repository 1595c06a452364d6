package dev.millrace.dashboard;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.millrace.task.Payload;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/**
 * JSON as nested, collapsible rows, in one list that a template walks: what opens is closed by a later row. Numbers are
 * the characters that were sent.
 *
 * @param rows at most {@link #MAX_ROWS} and what closes them
 * @param cut there was more than is shown
 */
public record JsonTree(List<Row> rows, boolean cut) {
    static final int MAX_ROWS = 1000;
    static final int MAX_TEXT = 2000;

    /** Deeper levels, and longer lists, are collapsed at first. */
    private static final int OPEN_LEVELS = 3;

    private static final int OPEN_SIZE = 50;
    private static final Pattern HIDDEN =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff&&[^\n\t]]");
    private static final JsonFactory FACTORY = new JsonFactory();

    /** What a row is. */
    public enum Kind {
        OBJECT,
        ARRAY,
        END,
        STRING,
        NUMBER,
        WORD
    }

    /**
     * One row.
     *
     * @param name of a member; null for elements, ends and the root
     * @param text of a value
     * @param size members or elements of what opens or ends here; characters left out of a string
     * @param open expanded at first
     */
    public record Row(Kind kind, String name, String text, int size, boolean open) {
        public boolean opens() {
            return kind == Kind.OBJECT || kind == Kind.ARRAY;
        }

        public boolean closes() {
            return kind == Kind.END;
        }

        public String begin() {
            return kind == Kind.ARRAY ? "[" : "{";
        }

        public String end() {
            return kind == Kind.ARRAY ? "]" : "}";
        }

        public boolean quoted() {
            return kind == Kind.STRING;
        }

        /** For the style sheet. */
        public String style() {
            return switch (kind) {
                case STRING -> "string";
                case NUMBER -> "number";
                default -> "word";
            };
        }

        public String what() {
            String one = kind == Kind.ARRAY ? "element" : "member";
            return size + " " + (size == 1 ? one : one + "s");
        }
    }

    static JsonTree of(Payload payload) {
        try (JsonParser parser = FACTORY.createParser(payload.json())) {
            return new Builder(parser).build();
        } catch (IOException e) {
            String text = new String(payload.json(), java.nio.charset.StandardCharsets.UTF_8);
            return new JsonTree(List.of(string(null, text)), false);
        }
    }

    private static Row string(String name, String text) {
        int left = Math.max(0, text.length() - MAX_TEXT);
        return new Row(Kind.STRING, name, visible(left == 0 ? text : text.substring(0, MAX_TEXT)), left, false);
    }

    /** What cannot be seen, or changes how the rest is seen, is spelt out; lines stay lines. */
    private static String visible(String text) {
        return HIDDEN.matcher(text)
                .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
    }

    /** Gathers rows; the size of what opens is known when it closes. */
    private static final class Builder {
        private final JsonParser parser;
        private final List<Row> rows = new ArrayList<>();
        private final Deque<int[]> open = new ArrayDeque<>();
        private int shown;

        private Builder(JsonParser parser) {
            this.parser = parser;
        }

        private JsonTree build() throws IOException {
            boolean cut = false;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isStructEnd()) {
                    close();
                } else if (token != JsonToken.FIELD_NAME) {
                    if (shown++ == MAX_ROWS) {
                        cut = true;
                        break;
                    }
                    add(token);
                }
            }
            while (!open.isEmpty()) {
                close();
            }
            return new JsonTree(List.copyOf(rows), cut);
        }

        private void add(JsonToken token) throws IOException {
            if (!open.isEmpty()) {
                open.peek()[1]++;
            }
            String given = token.isStructStart()
                    ? parser.getParsingContext().getParent().getCurrentName()
                    : parser.currentName();
            String name = given == null ? null : visible(given);
            switch (token) {
                case START_OBJECT, START_ARRAY -> {
                    Kind kind = token == JsonToken.START_ARRAY ? Kind.ARRAY : Kind.OBJECT;
                    open.push(new int[] {rows.size(), 0});
                    rows.add(new Row(kind, name, null, 0, false));
                }
                case VALUE_STRING -> rows.add(string(name, parser.getText()));
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                    rows.add(new Row(Kind.NUMBER, name, parser.getText(), 0, false));
                default -> rows.add(new Row(Kind.WORD, name, parser.getText(), 0, false));
            }
        }

        private void close() {
            int[] at = open.pop();
            Row opened = rows.get(at[0]);
            boolean expanded = open.size() < OPEN_LEVELS && at[1] <= OPEN_SIZE;
            rows.set(at[0], new Row(opened.kind(), opened.name(), null, at[1], expanded));
            rows.add(new Row(Kind.END, null, opened.end(), at[1], false));
        }
    }
}
