package dev.millrace.storage.redis;

import dev.millrace.task.MillraceException;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A script of {@code src/main/resources/lua}, with the parts that it stands on before it. */
final class LuaScript {
    private final byte[] text;
    private final byte[] digest;

    private LuaScript(String text) {
        this.text = text.getBytes(StandardCharsets.UTF_8);
        this.digest = sha1(this.text).getBytes(StandardCharsets.US_ASCII);
    }

    /** The script's own first line, if it is one for Redis ({@code #!lua}), goes before the parts. */
    static LuaScript load(String name, String... parts) {
        String body = read(name);
        StringBuilder whole = new StringBuilder();
        if (body.startsWith("#!")) {
            int end = body.indexOf('\n') + 1;
            whole.append(body, 0, end);
            body = body.substring(end);
        }
        for (String part : parts) {
            whole.append(read(part));
        }
        return new LuaScript(whole.append(body).toString());
    }

    /** The script cache is volatile: where Redis does not know the script, it is sent whole, with the same arguments. */
    CompletableFuture<Response> run(RedisLink.Line line, List<byte[]> keys, List<byte[]> args) {
        return line.send(request(Command.EVALSHA, digest, keys, args))
                .handle((answer, error) -> {
                    if (error == null) {
                        return CompletableFuture.completedFuture(answer);
                    }
                    return unknown(error)
                            ? line.send(request(Command.EVAL, text, keys, args))
                            : CompletableFuture.<Response>failedFuture(error);
                })
                .thenCompose(answer -> answer);
    }

    /**
     * Without arguments, for each of several lists of keys; as one write where Redis knows the script. To be harmless to do
     * twice.
     */
    List<Response> runAll(RedisLink link, List<List<byte[]>> keys) {
        try {
            return link.askAll(keys.stream()
                    .map(some -> request(Command.EVALSHA, digest, some, List.of()))
                    .toList());
        } catch (MillraceException e) {
            if (e.getCause() == null || !unknown(e.getCause())) {
                throw e;
            }
        }
        RedisLink.Line line = link.line();
        return keys.stream().map(some -> run(line, some, List.of())).toList().stream()
                .map(link::await)
                .toList();
    }

    Request loading() {
        return Request.cmd(Command.SCRIPT).arg("LOAD").arg(text);
    }

    private static boolean unknown(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return cause.getMessage() != null && cause.getMessage().startsWith("NOSCRIPT");
    }

    private static Request request(Command command, byte[] script, List<byte[]> keys, List<byte[]> args) {
        Request request = Request.cmd(command).arg(script).arg(keys.size());
        keys.forEach(request::arg);
        args.forEach(request::arg);
        return request;
    }

    private static String read(String name) {
        try (InputStream in = LuaScript.class.getResourceAsStream("/lua/" + name + ".lua")) {
            if (in == null) {
                throw new IllegalStateException("The script lua/" + name + ".lua is not in this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha1(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
