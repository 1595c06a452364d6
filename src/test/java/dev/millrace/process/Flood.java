package dev.millrace.process;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * Submits tasks, one a request, from several clients at once, as a careful client does: each has its own id, and is sent
 * again as it is until it is acknowledged, whatever happens on the way.
 */
final class Flood implements AutoCloseable {
    private static final int CLIENTS = 16;
    private static final int TRIES = 600;
    private static final long BETWEEN_TRIES = 100;
    /** Lines of a server's log, from its first failure. */
    private static final int WORDS = 40;

    private final String queue;
    private final int count;
    private final IntFunction<String> body;
    private final List<Http> servers;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger repeats = new AtomicInteger();
    private final Map<Integer, Integer> answers = new ConcurrentSkipListMap<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Set<String> attempted = ConcurrentHashMap.newKeySet();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

    private Flood(String queue, int count, IntFunction<String> body, List<URI> servers) {
        this.queue = queue;
        this.count = count;
        this.body = body;
        this.servers = servers.stream().map(Http::new).toList();
    }

    /**
     * Begins to submit tasks {@code 0} to {@code count - 1}.
     *
     * @param members of a task beside its id, such as {@code "type": "echo"}
     */
    static Flood of(String queue, int count, IntFunction<String> members, URI... servers) {
        Flood flood = new Flood(queue, count, members, List.of(servers));
        for (int i = 0; i < CLIENTS; i++) {
            flood.clients.submit(flood::submitAll);
        }
        return flood;
    }

    String queue() {
        return queue;
    }

    /** Ids that were sent at least once. */
    Set<String> attempted() {
        return attempted;
    }

    /** Ids that a server said are durable. */
    Set<String> acknowledged() {
        return acknowledged;
    }

    /** How often each status was answered; 0 stands for no answer. */
    Map<Integer, Integer> answers() {
        return answers;
    }

    /** Requests that had to be sent again. */
    int repeats() {
        return repeats.get();
    }

    /** Waits until so many are acknowledged: the moment for a fault. */
    void awaitAcknowledged(int atLeast) {
        Until.holds(atLeast + " acknowledged tasks", () -> acknowledged.size() >= atLeast);
    }

    /**
     * @param servers whose own words on a failure are told with it
     */
    void awaitEnd(MillraceProcess... servers) {
        clients.shutdown();
        try {
            if (!clients.awaitTermination(120, TimeUnit.SECONDS)) {
                throw new AssertionError("Only " + acknowledged.size() + " of " + count + " were acknowledged");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        if (failure.get() != null) {
            throw new AssertionError("A client gave up" + wordsOf(servers), failure.get());
        }
    }

    private static String wordsOf(MillraceProcess... servers) {
        return Arrays.stream(servers)
                .map(server -> server.output().lines().dropWhile(line -> !line.contains("FailureRoute")))
                .map(lines -> lines.limit(WORDS).collect(Collectors.joining("\n", "\n", "")))
                .collect(Collectors.joining());
    }

    @Override
    public void close() {
        clients.shutdownNow();
    }

    private void submitAll() {
        try {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                submit(i);
            }
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    private void submit(int number) {
        String id = queue + "-" + number;
        String task = "{\"id\": \"" + id + "\", " + body.apply(number) + "}";
        attempted.add(id);
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Http server = servers.get((number + attempt) % servers.size());
            Http.Reply reply = server.post("/api/v1/queues/" + queue + "/tasks", task);
            answers.merge(reply.status(), 1, Integer::sum);
            if (reply.ok()) {
                acknowledged.add(id);
                return;
            }
            if (reply.status() != 0 && reply.status() != 503
                    || reply.status() == 503 && reply.retryAfter().isEmpty()) {
                throw new IllegalStateException(reply.toString());
            }
            repeats.incrementAndGet();
            Until.pause(BETWEEN_TRIES);
        }
        throw new IllegalStateException(id + " was not acknowledged in " + TRIES + " tries");
    }
}
