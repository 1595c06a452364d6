package dev.millrace.storage.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * What a node of the last format sent to Redis, as MONITOR showed it, with the scripts of its own: step by step, to be
 * sent again ({@code src/test/resources/former/traffic.sh}).
 */
final class FormerTraffic {
    /** The number of queue {@code q} there, which stands in the ids. */
    static final int NUMBER = 8;

    private static final Map<Character, Character> ESCAPED =
            Map.of('n', '\n', 'r', '\r', 't', '\t', 'a', (char) 7, 'b', '\b');

    private final Map<String, List<Request>> steps = new HashMap<>();

    private FormerTraffic() {}

    static FormerTraffic recorded() {
        FormerTraffic traffic = new FormerTraffic();
        String step = "scripts";
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(FormerTraffic.class.getResourceAsStream("/former/traffic.redis.gz")),
                StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("# ")) {
                    step = line.substring(2);
                } else {
                    traffic.steps.computeIfAbsent(step, s -> new ArrayList<>()).add(request(line));
                }
            }
            return traffic;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends what the former node did then; answers how many commands that were. */
    int replay(String step, RedisLink link) {
        List<Request> requests = steps.remove(step);
        requests.forEach(link::ask);
        return requests.size();
    }

    /** Of words in quotes, with spaces between them. */
    private static Request request(String line) {
        Request request = null;
        int at = 0;
        while (at < line.length()) {
            int end = end(line, at + 1);
            byte[] word = bytes(line.substring(at + 1, end));
            request = request == null
                    ? Request.cmd(Command.create(new String(word, StandardCharsets.US_ASCII)))
                    : request.arg(word);
            at = end + 2;
        }
        return request;
    }

    private static int end(String line, int from) {
        int end = from;
        while (line.charAt(end) != '"') {
            end += line.charAt(end) == '\\' ? 2 : 1;
        }
        return end;
    }

    private static byte[] bytes(String word) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int at = 0;
        while (at < word.length()) {
            char c = word.charAt(at++);
            if (c != '\\') {
                bytes.write(c);
            } else if (word.charAt(at) == 'x') {
                bytes.write(Integer.parseInt(word.substring(at + 1, at + 3), 16));
                at += 3;
            } else {
                char escaped = word.charAt(at++);
                bytes.write(ESCAPED.getOrDefault(escaped, escaped));
            }
        }
        return bytes.toByteArray();
    }
}
