package dev.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.testing.RedisServer;
import dev.millrace.testing.RedisServer.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that ask for work, wait for it and are gone without a word. */
@Tag("crash")
class VanishIT {
    private static final int CLIENTS = 1_000;
    private static final int TASKS = 300;
    private static final Pattern USED = Pattern.compile("\\bused (\\d+)K");
    private static final String ASK = "{\"max\": 1, \"wait\": \"PT20S\", \"lease\": \"PT3S\"}";

    @TempDir
    Path directory;

    /** What a process holds. */
    private record Use(long files, long threads, long heapMiB) {
        static Use of(long pid) throws IOException {
            Path proc = Path.of("/proc/" + pid);
            return new Use(count(proc.resolve("fd")), count(proc.resolve("task")), heapMiB(pid));
        }

        /** What is still reachable. */
        private static long heapMiB(long pid) throws IOException {
            command(pid, "GC.run");
            return command(pid, "GC.heap_info")
                            .lines()
                            .filter(line -> !line.contains("space "))
                            .map(USED::matcher)
                            .filter(Matcher::find)
                            .mapToLong(found -> Long.parseLong(found.group(1)))
                            .sum()
                    >> 10;
        }

        private static String command(long pid, String what) throws IOException {
            String jcmd =
                    Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
            Process process = new ProcessBuilder(jcmd, "" + pid, what).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }

        private static long count(Path directory) throws IOException {
            try (Stream<Path> entries = Files.list(directory)) {
                return entries.count();
            }
        }
    }

    @Test
    void thousandLongPollsThatVanishLeaveNothingBehind() throws Exception {
        try (MillraceProcess server = MillraceProcess.start(directory)) {
            assertNothingIsLeft(server);
        }
    }

    @Test
    void nothingIsLeftOfThemOnRedisEither() throws Exception {
        try (RedisServer redis = RedisServer.start(Kind.PLAIN);
                MillraceProcess server = MillraceProcess.start(directory, "--redis", redis.uri())) {
            assertNothingIsLeft(server);
        }
    }

    private static void assertNothingIsLeft(MillraceProcess server) throws IOException {
        Http http = new Http(server.uri());
        http.post("/api/v1/queues/work/tasks", "{\"type\": \"echo\"}");
        Use before = Use.of(server.pid());
        Use first = null;
        Use after = null;
        for (int round = 0; round < 3; round++) {
            List<Socket> clients = poll(server.port());
            Until.pause(1_000);
            Use with = Use.of(server.pid());
            assertThat(with.files).isGreaterThan(before.files + CLIENTS - 1);
            vanish(clients);
            after = awaitFreed(server.pid(), before);
            assertNothingGoesToThem(http, round);
            first = first == null ? after : first;
            System.out.printf(
                    "figures: %d long polls that vanish, round %d: before %s, with them %s, after %s%n",
                    CLIENTS, round + 1, before, with, after);
        }
        assertThat(after.threads).isLessThan(before.threads + 30);
        assertThat(after.heapMiB).isBetween(1L, first.heapMiB + 24);
    }

    private static Use awaitFreed(long pid, Use before) {
        return Until.answered("sockets to be closed", () -> {
            try {
                Use now = Use.of(pid);
                return now.files < before.files + 30 ? now : null;
            } catch (IOException e) {
                return null;
            }
        });
    }

    private static List<Socket> poll(int port) throws IOException {
        byte[] request =
                ("POST /api/v1/queues/gone/leases HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                + "Content-Length: " + ASK.length() + "\r\n\r\n" + ASK)
                        .getBytes(StandardCharsets.US_ASCII);
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
            client.getOutputStream().write(request);
            clients.add(client);
        }
        return clients;
    }

    /** Every second one in order, the others with a reset. */
    private static void vanish(List<Socket> clients) throws IOException {
        for (int i = 0; i < clients.size(); i++) {
            if (i % 2 == 0) {
                clients.get(i).setSoLinger(true, 0);
            }
            clients.get(i).close();
        }
    }

    /** Submitted right after the clients left: each is leased by somebody who is there, and completed; no lease has to run out for that. */
    private static void assertNothingGoesToThem(Http http, int round) {
        StringBuilder tasks = new StringBuilder("[");
        for (int i = 0; i < TASKS; i++) {
            tasks.append(i == 0 ? "" : ",").append("{\"type\": \"foreign\", \"id\": \"gone-" + round + "-" + i + "\"}");
        }
        http.post("/api/v1/queues/gone/tasks/bulk", tasks.append("]").toString());
        int[] done = {0};
        long start = System.nanoTime();
        Until.holds("all tasks to be leased", () -> {
            JsonNode leases = http.post("/api/v1/queues/gone/leases", "{\"max\": 100, \"wait\": \"PT1S\"}")
                    .json()
                    .path("leases");
            for (JsonNode lease : leases) {
                // Given to one who had just left it is handed back, at once and without a trace.
                assertThat(lease.path("task").path("crashes").asInt())
                        .as("leases that ran out: %s", lease)
                        .isZero();
                assertThat(http.post("/api/v1/leases/" + lease.path("token").asText() + "/complete", "{}")
                                .status())
                        .isEqualTo(200);
                done[0]++;
            }
            return done[0] == TASKS;
        });
        System.out.printf(
                "figures: after %d clients vanished, %d tasks were leased and completed by another within %d ms%n",
                CLIENTS, TASKS, (System.nanoTime() - start) / 1_000_000);
    }
}
