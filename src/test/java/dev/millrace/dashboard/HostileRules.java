package dev.millrace.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.cluster.Node;
import dev.millrace.cluster.NodeStore;
import jakarta.enterprise.inject.spi.CDI;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Nothing that a client sends becomes part of a page but as text: each field holds markup with its own name in it. */
interface HostileRules extends TaskFixture {
    Pattern SHOWN = Pattern.compile("\"'></pre><img src=x onerror=alert\\(1\\) alt=([a-z-]+)>\\{x}");

    /** At most 64 characters, as many as the shortest field takes. */
    private static String hostile(String field) {
        return "\"'></pre><img src=x onerror=alert(1) alt=" + field + ">{x}";
    }

    /** A task with markup wherever its client puts words. */
    private static String hostileTask(String queue) {
        Map<Object, Object> task = new HashMap<>();
        task.put("type", "by-hand");
        task.put("maxAttempts", 9);
        task.put(
                "payload", Map.of(hostile("key"), List.of(hostile("payload"), "</textarea><script>alert(3)</script>")));
        task.put("tags", List.of(hostile("tag")));
        task.put("labels", Map.of(hostile("label-key"), hostile("label")));
        task.put("unique", Map.of("key", hostile("unique")));
        return post("/queues/" + queue + "/tasks", task).path("id");
    }

    @Test
    default void markupInEveryFieldOfATaskIsText() {
        String queue = queue();
        String id = hostileTask(queue);
        post("/leases/" + leaseAs(queue, "me") + "/release", Map.of("delay", "PT0S", "reason", hostile("reason")));
        post(
                "/leases/" + leaseAs(queue, hostile("worker")) + "/progress",
                Map.of("percent", 1, "message", hostile("progress"), "log", List.of(hostile("log"))));
        Set<String> shown = new HashSet<>();
        see(page(), shown, "/tasks/" + id, "/tasks?queue=" + queue, "/workers", "/");
        assertThat(shown)
                .containsExactlyInAnyOrder(
                        "key", "payload", "tag", "label-key", "label", "unique", "reason", "worker", "progress", "log");
    }

    @Test
    default void markupInErrorsAndResultsIsText() {
        String queue = queue();
        String id = hostileTask(queue);
        post(
                "/leases/" + leaseAs(queue, "me") + "/fail",
                Map.of("type", hostile("error"), "message", hostile("message"), "retryable", false));
        Page page = page();
        page.navigate("/dead-letters?queue=" + queue);
        reloadUntil(page, page.locator(".group"));
        Set<String> shown = new HashSet<>();
        for (String path :
                List.of("/tasks/" + id, "/tasks?queue=" + queue, "/dead-letters?queue=" + queue, "/queues/" + queue)) {
            shown.clear();
            see(page, shown, path);
            assertThat(shown).as(path).contains("error", "message");
        }
        post("/tasks/" + id + "/retry", Map.of());
        post("/leases/" + leaseAs(queue, "me") + "/complete", Map.of("result", hostile("result")));
        see(page, shown, "/tasks/" + id, "/tasks/" + id + "/edit");
        assertThat(shown).contains("result");
    }

    private static HttpServer hostileBackend() throws IOException {
        HttpServer backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
        backend.createContext("/", exchange -> {
            byte[] body = hostile("answer").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(500, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        backend.start();
        return backend;
    }

    @Test
    default void markupInTheAnswersOfBackendsIsText() throws IOException {
        HttpServer backend = hostileBackend();
        String url = "http://127.0.0.1:" + backend.getAddress().getPort() + "/a'b?c=javascript:alert(1)&lt;";
        String name = "d-" + queue();
        given().contentType("application/json")
                .body(Map.of("backends", List.of(Map.of("url", url)), "sticky", "label:" + hostile("sticky")))
                .put("/api/v1/destinations/" + name)
                .then()
                .statusCode(201);
        Map<String, Object> task = Map.of("type", "by-hand", "destination", name, "maxAttempts", 1);
        String id = post("/queues/" + queue() + "/tasks", task).path("id");
        Page page = page();
        page.waitForCondition(() -> "dead".equals(stateOf(id)));
        backend.stop(0);
        Set<String> shown = new HashSet<>();
        see(
                page,
                shown,
                "/tasks/" + id,
                "/destinations/" + name,
                "/destinations/" + name + "/settings",
                "/destinations");
        assertThat(shown).containsExactlyInAnyOrder("answer", "sticky");
        page.navigate("/destinations/" + name);
        assertThat(page.locator("td.mono").first()).hasText(url);
    }

    @Test
    default void markupInWhatNodesTellIsText() {
        NodeStore nodes = CDI.current().select(NodeStore.class).get();
        Instant now = CDI.current().select(InstantSource.class).get().instant();
        Page page = page();
        String[] words = {"id", "name", "host", "version", "role"};
        for (Duration age : List.of(Duration.ZERO, Duration.ofMinutes(2))) {
            Node node = new Node(
                    hostile("id"),
                    hostile("name"),
                    hostile("host"),
                    hostile("version"),
                    Set.of("worker", hostile("role")),
                    now,
                    new Node.Load(now.minus(age), 0, 0.1, 1));
            nodes.announce(node);
            try {
                page.navigate("/workers");
                reloadUntil(page, page.getByText(node.host()));
                Set<String> shown = new HashSet<>();
                see(page, shown, "/workers", "/workers/stop?node=" + encoded(node.id()), "/");
                assertThat(shown).contains(age.isZero() ? words : new String[] {"id", "host", "role"});
            } finally {
                nodes.remove(node.id());
            }
        }
    }

    @Test
    default void markupInAnAddressIsText() {
        String encoded = encoded(hostile("address"));
        see(
                page(),
                new HashSet<>(),
                "/tasks?text=" + encoded + "&tag=" + encoded + "&label=a%3D" + encoded + "&queue=" + encoded
                        + "&cursor=" + encoded + "&trail=" + encoded,
                "/new-task?queue=" + encoded + "&payload=" + encoded + "&labels=" + encoded,
                "/dead-letters?queue=" + encoded,
                "/queues?q=" + encoded + "&sort=" + encoded,
                "/destinations?q=" + encoded,
                "/?range=" + encoded,
                "/workers/stop?node=" + encoded,
                "/bulk?action=retry&text=" + encoded);
    }

    @Test
    default void markupInARefusedFormIsText() {
        Page page = page();
        for (String path : List.of("/new-task", "/new-destination")) {
            page.navigate(path);
            page.evaluate(
                    "hostile => document.querySelectorAll('main details').forEach(part => part.open = true)"
                            + " || document.querySelectorAll('main input:not([type=hidden]), main textarea')"
                            + ".forEach(field => field.value = hostile)",
                    hostile("field"));
            page.locator("main form button.button-primary").click();
            assertThat(page.locator(".error").first()).isVisible();
            Set<String> shown = new HashSet<>();
            assertText(page, shown);
            assertThat(shown).containsExactly("field");
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static io.restassured.response.ExtractableResponse<?> post(String path, Map<?, ?> body) {
        return given().contentType("application/json")
                .body(body)
                .post("/api/v1" + path)
                .then()
                .statusCode(org.hamcrest.Matchers.lessThan(300))
                .extract();
    }

    private static String leaseAs(String queue, String worker) {
        return post("/queues/" + queue + "/leases", Map.of("worker", worker, "lease", "PT10M"))
                .path("leases[0].token");
    }

    /** Collects whose markup is shown, as text. */
    private static void see(Page page, Set<String> shown, String... paths) {
        for (String path : paths) {
            page.navigate(path);
            assertText(page, shown);
        }
    }

    private static void assertText(Page page, Set<String> shown) {
        assertThat(page.locator("h1")).isVisible();
        assertThat(page.locator("img, main script")).hasCount(0);
        assertThat((List<?>) page.evaluate("[...document.querySelectorAll('*')].flatMap(e => [...e.attributes])"
                        + ".filter(a => a.name.startsWith('on') || /^javascript:/i.test(a.value)).map(a => a.name)"))
                .as(page.url())
                .isEmpty();
        Object words = page.evaluate("[document.body.textContent,"
                + " ...[...document.querySelectorAll('input, textarea')].map(field => field.value)].join('\\n')");
        for (Matcher found = SHOWN.matcher((String) words); found.find(); ) {
            shown.add(found.group(1));
        }
    }
}
