package dev.millrace.dashboard;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.millrace.task.JsonText;
import dev.millrace.task.MillraceException;
import dev.millrace.task.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads JSON that a person typed, and says where it is wrong. What passes here passes at the API as well. */
public final class JsonCheck {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_NUMBER = 1000;
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(10 * MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER)
                    .build())
            .build();

    private JsonCheck() {}

    /** What came of it: a payload, or a fault. */
    public sealed interface Checked {
        record Fine(Payload payload) implements Checked {}

        /**
         * @param line from 1; 0 when the fault has no place
         * @param column from 1, in characters
         */
        record Wrong(int line, int column, String reason) implements Checked {
            /** One sentence with the place. */
            public String sentence() {
                return line == 0 ? reason : "Line " + line + ", column " + column + ": " + reason;
            }
        }
    }

    /**
     * @param limit in bytes of UTF-8
     */
    static Checked check(String text, long limit) {
        Payload payload = Payload.of(text.strip());
        if (payload.size() == 0) {
            return new Checked.Fine(Payload.NULL);
        }
        if (payload.size() > limit) {
            return new Checked.Wrong(
                    0, 0, "The payload has " + payload.size() + " bytes; at most " + limit + " are taken.");
        }
        try (JsonParser parser = FACTORY.createParser(text)) {
            int deepest = walk(parser);
            if (parser.nextToken() != null) {
                return wrong(parser.currentTokenLocation(), "There is more after the end of the value.");
            }
            if (deepest > MAX_DEPTH) {
                return new Checked.Wrong(0, 0, "The payload is nested deeper than " + MAX_DEPTH + " levels.");
            }
            JsonText.check(payload.json(), 0, payload.size());
            return new Checked.Fine(payload);
        } catch (StreamConstraintsException e) {
            return wrong(e.getLocation(), "It is nested too deep, or a number or name in it is too long.");
        } catch (JacksonException e) {
            return wrong(e.getLocation(), sentence(e.getOriginalMessage()));
        } catch (MillraceException e) {
            return new Checked.Wrong(0, 0, e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int walk(JsonParser parser) throws IOException {
        int depth = 0;
        int deepest = 0;
        do {
            JsonToken token = parser.nextToken();
            if (token.isStructStart()) {
                deepest = Math.max(deepest, ++depth);
            } else if (token.isStructEnd()) {
                depth--;
            }
        } while (depth > 0);
        parser.finishToken();
        return deepest;
    }

    private static Checked wrong(JsonLocation at, String reason) {
        return at == null || at.getLineNr() < 1
                ? new Checked.Wrong(0, 0, reason)
                : new Checked.Wrong(at.getLineNr(), Math.max(1, at.getColumnNr()), reason);
    }

    /** Of Jackson's message what people need: without hints for programmers, on one line. */
    private static String sentence(String message) {
        String first = message.replaceAll("(?s)\\R.*", "").replaceAll("\\s*\\(for [^)]*\\)", "");
        String cut = first.length() > 200 ? first.substring(0, 200) + "…" : first;
        return cut.endsWith(".") ? cut : cut + ".";
    }
}
