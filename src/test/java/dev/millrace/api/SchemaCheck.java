package dev.millrace.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Holds JSON against as much of JSON Schema as our OpenAPI document uses. */
final class SchemaCheck {
    private final JsonNode document;
    private final List<String> problems = new ArrayList<>();

    private SchemaCheck(JsonNode document) {
        this.document = document;
    }

    /** What is wrong with {@code value}; empty when nothing is. */
    static List<String> problems(JsonNode document, JsonNode schema, JsonNode value) {
        SchemaCheck check = new SchemaCheck(document);
        check.check(schema, value, "");
        return check.problems;
    }

    private void check(JsonNode schema, JsonNode value, String at) {
        if (schema.has("$ref")) {
            check(document.at(schema.path("$ref").asText().substring(1)), value, at);
            return;
        }
        if (schema.has("anyOf")) {
            boolean any = schema.path("anyOf")
                    .valueStream()
                    .anyMatch(one -> problems(document, one, value).isEmpty());
            require(any, at, "fits none of " + schema.path("anyOf"));
        }
        require(fitsType(schema.path("type"), value), at, "is not of type " + schema.path("type"));
        if (schema.has("enum")) {
            require(schema.path("enum").valueStream().anyMatch(value::equals), at, "is none of " + schema.path("enum"));
        }
        if (value.isTextual()) {
            text(schema, value.asText(), at);
        } else if (value.isNumber()) {
            require(value.asDouble() >= schema.path("minimum").asDouble(Double.NEGATIVE_INFINITY), at, "is too small");
            require(value.asDouble() <= schema.path("maximum").asDouble(Double.POSITIVE_INFINITY), at, "is too large");
        } else if (value.isArray()) {
            array(schema, value, at);
        } else if (value.isObject()) {
            object(schema, value, at);
        }
    }

    private void text(JsonNode schema, String text, String at) {
        if (schema.has("pattern")) {
            boolean found = Pattern.compile(schema.path("pattern").asText())
                    .matcher(text)
                    .find();
            require(found, at, "does not match " + schema.path("pattern"));
        }
        require(text.length() >= schema.path("minLength").asInt(0), at, "is too short");
        require(text.length() <= schema.path("maxLength").asInt(Integer.MAX_VALUE), at, "is too long");
    }

    private void array(JsonNode schema, JsonNode value, String at) {
        require(value.size() >= schema.path("minItems").asInt(0), at, "has too few elements");
        require(value.size() <= schema.path("maxItems").asInt(Integer.MAX_VALUE), at, "has too many elements");
        for (int i = 0; i < value.size() && schema.has("items"); i++) {
            check(schema.path("items"), value.get(i), at + "/" + i);
        }
    }

    private void object(JsonNode schema, JsonNode value, String at) {
        schema.path("required").forEach(name -> require(value.has(name.asText()), at, "lacks " + name));
        JsonNode others = schema.path("additionalProperties");
        value.properties().forEach(member -> {
            String where = at + "/" + member.getKey();
            JsonNode known = schema.path("properties").path(member.getKey());
            if (!known.isMissingNode()) {
                check(known, member.getValue(), where);
            } else if (others.isObject()) {
                check(others, member.getValue(), where);
            } else {
                require(others.asBoolean(true), where, "is not in the schema");
            }
        });
    }

    private static boolean fitsType(JsonNode type, JsonNode value) {
        if (type.isArray()) {
            return type.valueStream().anyMatch(one -> fitsType(one, value));
        }
        return switch (type.asText()) {
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            case "null" -> value.isNull();
            default -> true;
        };
    }

    private void require(boolean fine, String at, String problem) {
        if (!fine) {
            problems.add((at.isEmpty() ? "/" : at) + " " + problem);
        }
    }
}
