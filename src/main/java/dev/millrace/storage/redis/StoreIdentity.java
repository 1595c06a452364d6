package dev.millrace.storage.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * Which store this is: written by the first node, read by all.
 *
 * @param id changes when the store is made anew
 * @param secret 32 bytes
 */
record StoreIdentity(String id, byte[] secret) {
    private static final int FORMAT = 1;
    private static final int SECRET_BYTES = 32;

    /** Reads it; what is not there yet is written, with this secret. */
    static StoreIdentity open(RedisLink link, RedisKeys keys, byte[] secret) {
        byte[] key = keys.meta();
        Request format = Request.cmd(Command.HSETNX).arg(key).arg("format").arg("" + FORMAT);
        Request id = Request.cmd(Command.HSETNX)
                .arg(key)
                .arg("id")
                .arg(HexFormat.of().formatHex(random(8)));
        Request kept = Request.cmd(Command.HSETNX).arg(key).arg("secret").arg(secret);
        Request read =
                Request.cmd(Command.HMGET).arg(key).arg("format").arg("id").arg("secret");
        Response present = link.ask(read);
        if (present.get(0) == null || present.get(1) == null || present.get(2) == null) {
            present = link.askAll(List.of(format, id, kept, read)).getLast();
        }
        int found = present.get(0).toInteger();
        if (found > FORMAT) {
            throw new IllegalStateException("The store in Redis has format " + found + "; this version knows format "
                    + FORMAT + ". Upgrade Millrace on this node.");
        }
        return new StoreIdentity(present.get(1).toString(), present.get(2).toBytes());
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
