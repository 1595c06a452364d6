package dev.millrace.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes JSON apart without reading the parts, so that they can go on as they came, to the last digit. */
final class Raw {
    private Raw() {}

    /**
     * The elements of the array {@code items} of a page, each as it stands there.
     *
     * @throws Refused when there is none
     */
    static List<byte[]> items(byte[] page) {
        byte[] items = members(page).get("items");
        if (items == null) {
            throw new Refused("The answer is not a list; is it a Millrace server?");
        }
        List<byte[]> elements = new ArrayList<>();
        try (JsonParser parser = Json.MAPPER.createParser(items)) {
            require(parser.nextToken() == JsonToken.START_ARRAY);
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(parser, items));
            }
            return elements;
        } catch (IOException e) {
            throw new Refused("It is not JSON.");
        }
    }

    /**
     * The members of an object in their order, each value as it stands there.
     *
     * @throws Refused when it is no object
     */
    static Map<String, byte[]> members(byte[] object) {
        Map<String, byte[]> members = new LinkedHashMap<>();
        try (JsonParser parser = Json.MAPPER.createParser(object)) {
            require(parser.nextToken() == JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                members.put(name, value(parser, object));
            }
            require(parser.nextToken() == null);
            return members;
        } catch (IOException e) {
            throw new Refused("It is not a JSON object.");
        }
    }

    /** The same JSON on one line: a line break in it can only stand where a space can. */
    static byte[] oneLine(byte[] json) {
        byte[] line = json.clone();
        for (int i = 0; i < line.length; i++) {
            if (line[i] == '\n' || line[i] == '\r') {
                line[i] = ' ';
            }
        }
        return line;
    }

    private static byte[] value(JsonParser parser, byte[] in) throws IOException {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        if (parser.currentToken().isStructStart()) {
            parser.skipChildren();
        } else {
            parser.finishToken();
        }
        return Arrays.copyOfRange(in, start, (int) parser.currentLocation().getByteOffset());
    }

    private static void require(boolean fine) throws IOException {
        if (!fine) {
            throw new IOException();
        }
    }
}
