package dev.millrace.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** Reads and writes JSON without losing a digit. */
final class Json {
    static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private Json() {}

    /**
     * @param otherwise what to say when it is not JSON
     */
    static JsonNode parse(byte[] json, String otherwise) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new Refused(otherwise);
        }
    }

    static String pretty(JsonNode json) {
        return json.toPrettyString();
    }

    /** What one JSON text is, from a single pass over it. */
    enum Shape {
        /** An object with a member {@code type}. */
        TASK,
        /** Anything else that is JSON. */
        VALUE,
        /** Not one whole JSON value. */
        BROKEN
    }

    static Shape shape(byte[] text, int length) {
        try (JsonParser parser = MAPPER.createParser(text, 0, length)) {
            boolean object = parser.nextToken() == JsonToken.START_OBJECT;
            if (parser.currentToken() == null) {
                return Shape.BROKEN;
            }
            boolean typed = object ? skipObject(parser) : skipValue(parser);
            return parser.nextToken() != null ? Shape.BROKEN : typed ? Shape.TASK : Shape.VALUE;
        } catch (IOException e) {
            return Shape.BROKEN;
        }
    }

    private static boolean skipObject(JsonParser parser) throws IOException {
        boolean typed = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            typed |= "type".equals(parser.currentName());
            parser.nextToken();
            parser.skipChildren();
        }
        return typed;
    }

    private static boolean skipValue(JsonParser parser) throws IOException {
        parser.skipChildren();
        return false;
    }
}
