package dev.millrace.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;

/** How JSON is read and written on the wire: by hand, in one pass, with payloads as the bytes they came as. */
final class Json {
    /** Levels of objects and arrays in a payload or result. */
    static final int MAX_DEPTH = 64;

    /** Characters of one number. */
    static final int MAX_NUMBER = 1000;

    static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(10 * MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER)
                    .build())
            .build();

    private Json() {}

    /** What {@code writing} writes, as bytes. */
    static byte[] bytes(int sizeHint, Writing writing) {
        try (ByteArrayBuilder out = new ByteArrayBuilder(sizeHint)) {
            try (JsonGenerator json = FACTORY.createGenerator(out)) {
                writing.to(json);
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
    }

    /** Writes one document. */
    interface Writing {
        void to(JsonGenerator json) throws IOException;
    }
}
