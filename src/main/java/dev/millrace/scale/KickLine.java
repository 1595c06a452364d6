package dev.millrace.scale;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Wakes workers over HTTP: a request that is open for as long as the worker has something to do. */
@Singleton
class KickLine {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    /** Longer than any platform holds a request. */
    private static final Duration ANSWER = Duration.ofMinutes(20);

    private static final int LONGEST_ANSWER = 64 << 10;
    private static final int OK = 200;
    private static final int NOT_OK = 300;
    private static final Pattern TOOK = Pattern.compile("drain;dur=(\\d{1,12})");

    private HttpClient client;

    /** Blocks until the worker answers. */
    Kicked kick(Pool.Kick where, Duration idle) {
        HttpRequest.Builder request = HttpRequest.newBuilder(where.url())
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(idle.isZero() ? "{}" : "{\"idle\":\"" + idle + "\"}"));
        if (where.key() != null) {
            request.header("Authorization", "Bearer " + where.key());
        }
        long start = System.nanoTime();
        try {
            HttpResponse<String> response =
                    client().send(request.build(), BodyHandlers.limiting(BodyHandlers.ofString(), LONGEST_ANSWER));
            return read(response, System.nanoTime() - start);
        } catch (IOException e) {
            return new Kicked.Failed(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Kicked.Failed("interrupted");
        }
    }

    private static Kicked read(HttpResponse<String> response, long nanos) {
        if (response.statusCode() < OK || response.statusCode() >= NOT_OK) {
            return new Kicked.Failed("it answered " + response.statusCode());
        }
        try {
            JsonNode answer = new ObjectMapper().readTree(response.body());
            return new Kicked.Answered(
                    answer.path("done").asLong(), answer.path("more").asBoolean(), woke(response, nanos));
        } catch (JsonProcessingException e) {
            // Such as a gateway that has only taken the kick on.
            return new Kicked.Answered(0, false, null);
        }
    }

    private static Duration woke(HttpResponse<String> response, long nanos) {
        Matcher took =
                TOOK.matcher(response.headers().firstValue("Server-Timing").orElse(""));
        return took.find() ? Duration.ofNanos(Math.max(0, nanos - Long.parseLong(took.group(1)) * 1_000_000)) : null;
    }

    /** Not before it is needed: most processes wake nobody. */
    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT)
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .build();
        }
        return client;
    }

    @PreDestroy
    synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }

    /** Without what may be secret. */
    static String name(URI url) {
        return url.getScheme() + "://" + url.getAuthority() + url.getPath();
    }
}
