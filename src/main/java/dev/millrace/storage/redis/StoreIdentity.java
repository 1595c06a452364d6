package dev.millrace.storage.redis;

import dev.millrace.monitor.StoreCheck.Finding;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Which store this is: written by the first node, read by all.
 *
 * @param id changes when the store is made anew
 * @param secret 32 bytes
 */
record StoreIdentity(String id, byte[] secret) {
    /** What this version writes. Format 2 counts the bytes of ended tasks by state. */
    static final int FORMAT = 2;

    /**
     * The oldest format whose programs can work with what this version writes. It is raised a version later than the
     * format, so that nodes of this version and the one before work side by side.
     */
    static final int READER = 1;

    private static final int SECRET_BYTES = 32;

    /**
     * Reads it; what is not there yet is written, with this secret, and an older format is raised.
     *
     * @throws IllegalStateException with a sentence when the store has a format that this version cannot work with
     */
    static StoreIdentity open(RedisLink link, RedisKeys keys, byte[] secret) {
        byte[] key = keys.meta();
        Request read = Request.cmd(Command.HMGET)
                .arg(key)
                .arg("format")
                .arg("reader")
                .arg("id")
                .arg("secret");
        Response present = link.ask(read);
        refusal(present).ifPresent(sentence -> {
            throw new IllegalStateException(sentence);
        });
        if (number(present.get(0), 0) < FORMAT || present.get(2) == null || present.get(3) == null) {
            String fresh = HexFormat.of().formatHex(random(8));
            present = link.askAll(List.of(
                            Request.cmd(Command.HSET)
                                    .arg(key)
                                    .arg("format")
                                    .arg("" + FORMAT)
                                    .arg("reader")
                                    .arg("" + READER),
                            Request.cmd(Command.HSETNX).arg(key).arg("id").arg(fresh),
                            Request.cmd(Command.HSETNX).arg(key).arg("secret").arg(secret),
                            read))
                    .getLast();
        }
        return new StoreIdentity(present.get(2).toString(), present.get(3).toBytes());
    }

    /** What is wrong when a newer node has raised the format while this one runs. */
    static Optional<Finding> outgrown(RedisLink link, RedisKeys keys) {
        Response present = link.ask(
                Request.cmd(Command.HMGET).arg(keys.meta()).arg("format").arg("reader"));
        return refusal(present).map(sentence -> new Finding(true, "store-format", sentence));
    }

    private static Optional<String> refusal(Response present) {
        int format = number(present.get(0), FORMAT);
        int reader = number(present.get(1), format);
        return reader <= FORMAT
                ? Optional.empty()
                : Optional.of("The store in Redis has format " + format + ", which programs of format " + reader
                        + " and later can read; this version has format " + FORMAT
                        + ". Upgrade Millrace on this node.");
    }

    private static int number(Response field, int otherwise) {
        return field == null ? otherwise : field.toInteger();
    }

    static byte[] newSecret() {
        return random(SECRET_BYTES);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
