package dev.millrace.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Makes a submission of what the user gave: as it stands, or as the payload of a type. Never rewrites a payload. */
record TaskText(String type) {
    /**
     * Writes the submission of one JSON text.
     *
     * @return null when all is well, else why it cannot be sent
     */
    String write(byte[] json, ByteArrayOutputStream out) {
        return switch (Json.shape(json, json.length)) {
            case TASK -> {
                out.writeBytes(json);
                yield null;
            }
            case VALUE -> {
                if (type == null) {
                    yield "it has no \"type\"; with --type TYPE it is pushed as the payload of a task of that type";
                }
                out.writeBytes(("{\"type\":\"" + type + "\",\"payload\":").getBytes(StandardCharsets.UTF_8));
                out.writeBytes(json);
                out.write('}');
                yield null;
            }
            case BROKEN -> "it is not JSON";
        };
    }
}
