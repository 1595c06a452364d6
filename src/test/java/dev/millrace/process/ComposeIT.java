package dev.millrace.process;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.deploy.Compose;
import dev.millrace.testing.FreePort;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The compose file without an engine: every service of ours and Redis with their own command, environment, user and
 * read-only root, and with keys of the script that the page names. Only addresses differ, as all are on one machine.
 */
@Tag("manifests")
class ComposeIT {
    /** What processes warn of when the machine has no time for them, which is not what is looked for here. */
    private static final Pattern SLOW =
            Pattern.compile("BlockedThreadChecker|cannot be announced|keeps trying|is tried again");

    private final List<Process> started = new ArrayList<>();
    private final Map<String, Process> processes = new TreeMap<>();
    private final Map<String, Integer> ports = new TreeMap<>();
    private Dockerfile.Stage image;
    private Container container;
    private Map<String, String> keys;
    private Compose compose;

    @TempDir
    Path directory;

    @BeforeEach
    void prepare() throws Exception {
        image = Dockerfile.read(Path.of("src/main/docker/Dockerfile.jvm")).image();
        Path data = Files.createDirectory(directory.resolve("data"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
        Files.setAttribute(data, "unix:uid", 1001);
        container = new Container(directory, Path.of("target/quarkus-app").toAbsolutePath(), data);
        keys = Compose.makeKeys();
        compose = Compose.read().with(keys);
    }

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void whatThePagePromisesHolds() throws Exception {
        startRedis();
        for (String name : compose.ours()) {
            start(name);
        }
        for (String name : compose.ours()) {
            Until.holds(() -> name + " to be healthy:\n" + said(name), () -> isHealthy(name));
        }
        assertTasksRun();
        assertNodesAreThere();
        assertDashboardAnswers();
        assertMetricsAnswerToTheirKey();
        assertUpkeepIsDone();
        assertAllEndInTime();
    }

    private void startRedis() throws IOException {
        JsonNode redis = compose.service("redis");
        int port = FreePort.next();
        ports.put("redis", port);
        List<String> words = new ArrayList<>(Compose.command(redis));
        words.addAll(List.of("--port", "" + port, "--bind", "127.0.0.1"));
        Path volume = Files.createDirectory(directory.resolve("redis"));
        launch("redis", new ProcessBuilder(words).directory(volume.toFile()).redirectErrorStream(true));
        assertThat(redis.at("/healthcheck/test/0").asText()).isEqualTo("CMD-SHELL");
        Until.holds("redis to be healthy", () -> redisIsHealthy(redis, port));
        assertThat(volume.resolve("appendonlydir")).exists();
    }

    /** The check's own command, in which redis-cli means the mapped port. */
    private boolean redisIsHealthy(JsonNode redis, int port) {
        try {
            Path programs = Files.createDirectories(directory.resolve("bin"));
            Path cli = programs.resolve("redis-cli");
            Files.writeString(cli, "#!/bin/sh\nexec /usr/bin/redis-cli -p " + port + " \"$@\"\n");
            assertThat(cli.toFile().setExecutable(true)).isTrue();
            ProcessBuilder check = new ProcessBuilder(
                    "/bin/sh", "-c", redis.at("/healthcheck/test/1").asText());
            check.environment().putAll(Compose.environment(redis));
            check.environment().merge("PATH", programs.toString(), (path, first) -> first + ":" + path);
            return ended(check);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void start(String name) throws IOException {
        ports.put(name, FreePort.next());
        List<String> words = new ArrayList<>(image.words("ENTRYPOINT"));
        words.addAll(Compose.command(compose.service(name)));
        launch(name, inContainer(name, words));
    }

    private ProcessBuilder inContainer(String name, List<String> words) {
        JsonNode service = compose.service(name);
        Map<String, String> environment = new LinkedHashMap<>(image.environment());
        environment.putAll(Compose.environment(service));
        environment.computeIfPresent(
                "MILLRACE_REDIS_URL", (setting, url) -> url.replace("redis:6379", "127.0.0.1:" + ports.get("redis")));
        environment.put("QUARKUS_HTTP_PORT", "" + ports.get(name));
        environment.put("MILLRACE_SERVER", "http://127.0.0.1:" + ports.get(name));
        environment.put("HOSTNAME", name + "-1");
        return container.run(service.path("user").asText(), image.last("WORKDIR"), environment, words);
    }

    private void launch(String name, ProcessBuilder builder) throws IOException {
        Process process = builder.redirectOutput(log(name).toFile()).start();
        started.add(process);
        processes.put(name, process);
    }

    /** Of the image, whose check Compose runs for want of another. */
    private boolean isHealthy(String name) {
        assertThat(processes.get(name).isAlive()).as(said(name)).isTrue();
        return ended(inContainer(name, image.words("HEALTHCHECK")));
    }

    private static boolean ended(ProcessBuilder builder) {
        try {
            Process check = builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return check.waitFor(30, TimeUnit.SECONDS) && check.exitValue() == 0;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void assertTasksRun() {
        Response done = submit(keys.get("CLIENT_KEY"), "{\"type\": \"echo\", \"payload\": 1}");
        assertThat(done.statusCode()).as(done.asString()).isEqualTo(201);
        assertThat(done.jsonPath().getString("state")).isEqualTo("succeeded");
        assertThat(done.jsonPath().getString("worker")).startsWith("worker-1-");
        assertThat(submit("mrk_client_" + "0".repeat(48), "{\"type\": \"echo\"}")
                        .statusCode())
                .isEqualTo(401);
    }

    private Response submit(String key, String task) {
        return at("api", key)
                .header("Content-Type", "application/json")
                .header("Prefer", "wait=10")
                .body(task)
                .post("/api/v1/queues/mail/tasks");
    }

    private void assertNodesAreThere() {
        List<String> names = new ArrayList<>();
        List<String> roles = new ArrayList<>();
        for (JsonNode node : nodes()) {
            names.add(node.path("name").asText());
            node.path("roles").forEach(role -> roles.add(role.asText()));
        }
        assertThat(names).containsExactlyInAnyOrder("api-1", "dashboard-1", "worker-1", "scheduler-1");
        assertThat(roles).containsExactlyInAnyOrder("api", "dashboard", "worker", "scheduler");
    }

    private JsonNode nodes() {
        return at("api", keys.get("ADMIN_KEY"))
                .get("/api/v1/clustering/nodes")
                .as(JsonNode.class)
                .path("items");
    }

    private void assertDashboardAnswers() {
        assertThat(browser().get("/").statusCode()).isEqualTo(303);
        Map<String, String> cookies = browser()
                .formParam("name", "admin")
                .formParam("password", keys.get("DASHBOARD_PASSWORD"))
                .post("/login")
                .cookies();
        assertThat(cookies).containsKey("millrace-session");
        Response page = browser().cookies(cookies).get("/queues");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.asString()).contains("mail");
    }

    private RequestSpecification browser() {
        return given().baseUri("http://127.0.0.1:" + ports.get("dashboard"))
                .redirects()
                .follow(false)
                .accept("text/html");
    }

    private void assertMetricsAnswerToTheirKey() {
        for (String name : compose.ours()) {
            Response metrics = at(name, keys.get("METRICS_KEY")).get("/q/metrics");
            assertThat(metrics.asString()).as(name).contains("millrace_store_breaker_state");
            assertThat(given().baseUri("http://127.0.0.1:" + ports.get(name))
                            .get("/q/metrics")
                            .statusCode())
                    .as(name)
                    .isEqualTo(401);
        }
    }

    /** Nobody but the scheduler takes away what is past its retention. */
    private void assertUpkeepIsDone() {
        String id = submit(keys.get("CLIENT_KEY"), "{\"type\": \"echo\", \"retention\": \"PT1S\"}")
                .jsonPath()
                .getString("id");
        Until.holds(
                "the task to be taken away",
                () -> at("api", keys.get("ADMIN_KEY"))
                                .get("/api/v1/tasks/" + id)
                                .statusCode()
                        == 404);
    }

    private void assertAllEndInTime() throws InterruptedException {
        for (String name : compose.ours()) {
            Duration grace = Duration.parse("PT"
                    + compose.service(name).path("stop_grace_period").asText().toUpperCase(java.util.Locale.ROOT));
            Process process = processes.get(name);
            process.destroy();
            assertThat(process.waitFor(grace.toSeconds(), TimeUnit.SECONDS))
                    .as(name)
                    .isTrue();
            assertThat(process.exitValue()).as(said(name)).isIn(0, 143);
            assertThat(said(name)).contains("Listening on").doesNotContain("ERROR");
            assertThat(said(name).lines().filter(line -> line.contains("WARN")))
                    .allMatch(line -> SLOW.matcher(line).find());
        }
        Process redis = processes.get("redis");
        redis.destroy();
        assertThat(redis.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(redis.exitValue()).isZero();
    }

    private RequestSpecification at(String service, String key) {
        return given().baseUri("http://127.0.0.1:" + ports.get(service)).header("Authorization", "Bearer " + key);
    }

    private Path log(String name) {
        return directory.resolve(name + ".txt");
    }

    private String said(String name) {
        try {
            return Files.readString(log(name));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
