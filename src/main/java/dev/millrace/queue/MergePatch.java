package dev.millrace.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.task.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.UnaryOperator;

/** A JSON merge patch (RFC 7396): members of an object replace those of the same name, and null takes them away. */
public final class MergePatch implements UnaryOperator<Payload> {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final JsonNode patch;

    private MergePatch(JsonNode patch) {
        this.patch = patch;
    }

    /** Of a patch that is JSON. */
    public static MergePatch of(Payload patch) {
        return new MergePatch(read(patch));
    }

    @Override
    public Payload apply(Payload payload) {
        try {
            return new Payload(MAPPER.writeValueAsBytes(merge(read(payload), patch)));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode merge(JsonNode target, JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        ObjectNode merged = target.isObject() ? (ObjectNode) target : MAPPER.createObjectNode();
        patch.properties().forEach(member -> {
            if (member.getValue().isNull()) {
                merged.remove(member.getKey());
            } else {
                JsonNode there = merged.path(member.getKey());
                merged.set(member.getKey(), merge(there.deepCopy(), member.getValue()));
            }
        });
        return merged;
    }

    private static JsonNode read(Payload payload) {
        try {
            return MAPPER.readTree(payload.json());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
