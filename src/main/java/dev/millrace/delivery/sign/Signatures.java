package dev.millrace.delivery.sign;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The {@code webhook-signature} header of Standard Webhooks 1.0. */
public final class Signatures {
    private Signatures() {}

    /**
     * One signature for each secret, so that receivers may change to a new one in their own time.
     *
     * @param id {@code webhook-id}
     * @param seconds {@code webhook-timestamp}: of this attempt, since 1970
     * @param body the bytes that go over the wire
     */
    public static String header(List<SigningSecret> secrets, String id, long seconds, byte[] body) {
        byte[] head = (id + "." + seconds + ".").getBytes(StandardCharsets.US_ASCII);
        byte[] content = new byte[head.length + body.length];
        System.arraycopy(head, 0, content, 0, head.length);
        System.arraycopy(body, 0, content, head.length, body.length);
        return secrets.stream().map(secret -> secret.sign(content)).collect(Collectors.joining(" "));
    }
}
