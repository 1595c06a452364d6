package dev.millrace.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.JsonText;
import dev.millrace.task.MillraceException;
import dev.millrace.task.Payload;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads one strict JSON document, forwards only. A value of the wrong kind is noted as a fault and passed over, so that
 * one pass finds all of them; {@link #end} then refuses. Text that is not JSON is refused at once. Members that are null
 * count as absent.
 */
final class JsonInput implements AutoCloseable {
    private final byte[] body;
    private final int from;
    private final JsonParser parser;
    private Faults faults = new Faults();

    private JsonInput(byte[] body, int from, JsonParser parser) {
        this.body = body;
        this.from = from;
        this.parser = parser;
    }

    /** Over {@code body} from {@code from} to before {@code to}; the first value is current. */
    static JsonInput open(byte[] body, int from, int to) {
        JsonText.check(body, from, to);
        try {
            JsonInput input = new JsonInput(body, from, Json.FACTORY.createParser(body, from, to - from));
            if (input.next() == null) {
                throw new MillraceException(ErrorCode.MALFORMED_JSON, "The body is empty where JSON is expected.");
            }
            return input;
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    Faults faults() {
        return faults;
    }

    /** The faults so far, which then count as dealt with. */
    Faults takeFaults() {
        Faults taken = faults;
        faults = new Faults();
        return taken;
    }

    /** To the next token; null at the end. */
    JsonToken next() {
        try {
            return parser.nextToken();
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    /** Whether the current value is an object; else a fault is noted and the value passed over. */
    boolean startsObject() {
        return expect(JsonToken.START_OBJECT, "must be an object");
    }

    /** Whether the current value is an array; else a fault is noted and the value passed over. */
    boolean startsArray() {
        return expect(JsonToken.START_ARRAY, "must be an array");
    }

    /** The next member's name, its value being current after it; null at the end of the object. */
    String member() {
        if (next() != JsonToken.FIELD_NAME) {
            return null;
        }
        try {
            String name = parser.currentName();
            parser.nextToken();
            return name;
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    /** To the next element of an array, which is current then; false at the array's end. */
    boolean element() {
        return next() != JsonToken.END_ARRAY;
    }

    JsonToken token() {
        return parser.currentToken();
    }

    boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    String pointer() {
        return parser.getParsingContext().pathAsPointer().toString();
    }

    void fault(String detail) {
        faults.add(pointer(), detail);
    }

    /** Notes a fault of the current value and passes over it. */
    void wrong(String detail) {
        fault(detail);
        skip();
    }

    void unknown() {
        wrong("is not known here");
    }

    void skip() {
        try {
            parser.skipChildren();
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    String text() {
        try {
            return parser.getText();
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    JsonParser number() {
        return parser;
    }

    /** The current value's bytes as they came; a fault when there are too many of them, or levels. */
    Payload raw(int limit) {
        try {
            int start = from + (int) parser.currentTokenLocation().getByteOffset();
            int deepest = walk();
            parser.finishToken();
            int end = from + (int) parser.currentLocation().getByteOffset();
            if (deepest > Json.MAX_DEPTH) {
                faults.add(pointer(), "is nested deeper than " + Json.MAX_DEPTH + " levels");
            } else if (end - start > limit) {
                faults.addTooLarge(pointer(), "is larger than " + limit + " bytes");
            }
            return faults.isEmpty() ? new Payload(Arrays.copyOfRange(body, start, end)) : Payload.NULL;
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    /** To the end of the current value; how many levels it has. */
    private int walk() throws IOException {
        int depth = 0;
        int deepest = 0;
        for (JsonToken token = parser.currentToken(); ; token = parser.nextToken()) {
            if (token.isStructStart()) {
                deepest = Math.max(deepest, ++depth);
            } else if (token.isStructEnd()) {
                depth--;
            }
            if (depth == 0) {
                return deepest;
            }
        }
    }

    /** Refuses what was wrong, and anything after the document. */
    void end() {
        if (next() != null) {
            throw new MillraceException(ErrorCode.MALFORMED_JSON, "Not JSON: there is more after the first value.");
        }
        faults.refuse();
    }

    @Override
    public void close() {
        try {
            parser.close();
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    private boolean expect(JsonToken token, String detail) {
        if (parser.currentToken() == token) {
            return true;
        }
        wrong(detail);
        return false;
    }

    private static MillraceException refusal(IOException e) {
        if (e instanceof StreamConstraintsException) {
            return new MillraceException(
                    ErrorCode.INVALID_REQUEST, "The JSON is nested too deep, or a number or name in it is too long.");
        }
        String why = e instanceof com.fasterxml.jackson.core.JacksonException j ? j.getOriginalMessage() : "unreadable";
        return new MillraceException(ErrorCode.MALFORMED_JSON, "Not JSON: " + Problem.printable(why));
    }
}
