package dev.millrace.delivery.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.millrace.task.Payload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an {@code http.request} task asks for.
 *
 * @param method null for GET without a body, POST with one
 * @param body as it is to be sent: the text of a JSON string, else the JSON byte for byte; null for none
 * @param json the body is JSON
 * @param expect statuses that are a success; empty for any 2xx
 */
record Wish(
        String url,
        String method,
        List<Map.Entry<String, String>> headers,
        byte[] body,
        boolean json,
        Set<Integer> expect) {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final int MOST_EXPECTED = 32;

    /** A payload that is no wish; the message says what is wrong. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    static Wish read(Payload payload) throws Unreadable {
        try (JsonParser parser = FACTORY.createParser(payload.json())) {
            return new Reader(payload, parser).read();
        } catch (IOException e) {
            throw new Unreadable("The payload is not JSON");
        }
    }

    String methodOrDefault() {
        if (method != null) {
            return method;
        }
        return body == null ? "GET" : "POST";
    }

    /** Reads one, strictly. */
    private static final class Reader {
        private final Payload payload;
        private final JsonParser parser;
        private String url;
        private String method;
        private final List<Map.Entry<String, String>> headers = new ArrayList<>();
        private byte[] body;
        private boolean json;
        private final Set<Integer> expect = new HashSet<>();

        Reader(Payload payload, JsonParser parser) {
            this.payload = payload;
            this.parser = parser;
        }

        Wish read() throws IOException, Unreadable {
            must(parser.nextToken() == JsonToken.START_OBJECT, "The payload must be an object with a url");
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                member(name);
            }
            must(url != null, "url is missing");
            return new Wish(url, method, List.copyOf(headers), body, json, Set.copyOf(expect));
        }

        private void member(String name) throws IOException, Unreadable {
            switch (name) {
                case "url" -> url = text("url");
                case "method" -> {
                    method = text("method");
                    must(
                            METHODS.contains(method),
                            "method must be one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
                }
                case "headers" -> headers();
                case "body" -> body();
                case "expect" -> expect();
                default ->
                    throw new Unreadable("The payload may hold url, method, headers, body and expect, no others");
            }
        }

        private String text(String what) throws IOException, Unreadable {
            must(parser.currentToken() == JsonToken.VALUE_STRING, what + " must be a string");
            return parser.getText();
        }

        private void headers() throws IOException, Unreadable {
            must(parser.currentToken() == JsonToken.START_OBJECT, "headers must be an object of strings");
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                String value = text("headers." + name);
                var fault = HeaderRules.fault(name, value);
                must(fault.isEmpty(), "headers: " + fault.orElse(""));
                headers.add(Map.entry(name, value));
                must(headers.size() <= HeaderRules.MOST, "headers: at most " + HeaderRules.MOST);
            }
        }

        private void body() throws IOException {
            switch (parser.currentToken()) {
                case VALUE_NULL -> body = null;
                case VALUE_STRING -> body = parser.getText().getBytes(StandardCharsets.UTF_8);
                default -> {
                    int start = (int) parser.currentTokenLocation().getByteOffset();
                    parser.skipChildren();
                    parser.finishToken();
                    int end = (int) parser.currentLocation().getByteOffset();
                    body = Arrays.copyOfRange(payload.json(), start, end);
                    json = true;
                }
            }
        }

        private void expect() throws IOException, Unreadable {
            if (parser.currentToken() == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    status();
                }
                must(!expect.isEmpty() && expect.size() <= MOST_EXPECTED, "expect must hold 1 to 32 statuses");
            } else {
                status();
            }
        }

        private void status() throws IOException, Unreadable {
            boolean fine = parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                    && parser.getLongValue() >= 200
                    && parser.getLongValue() <= 599;
            must(fine, "expect must be a status, 200 to 599, or a list of them");
            expect.add(parser.getIntValue());
        }

        private static void must(boolean holds, String otherwise) throws Unreadable {
            if (!holds) {
                throw new Unreadable(otherwise);
            }
        }
    }
}
