package dev.millrace.deploy;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.api.SqliteProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What manifests ask of a running Millrace, it answers. */
@QuarkusTest
@TestProfile(SqliteProfile.class)
class ServedTest {
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_0-9]+)(?:\\{([^}]*)})? ");
    private static final Pattern METRIC =
            Pattern.compile("\\b((?:millrace|http_server|process|jvm)_\\w+)(?:\\{([^}]*)})?");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)(?:=~|!~|!=|=)\"");
    /** What Prometheus itself adds. */
    private static final Set<String> ADDED = Set.of("instance", "job");

    private static final Pattern URL = Pattern.compile("http://[a-z.-]+(?::\\d+)?(/api/v1/[a-z/]+)");

    @Test
    void probesAndScrapesAskForWhatIsThere() {
        Set<String> paths = Deploy.pods().stream()
                .flatMap(pod -> pod.spec().findValues("httpGet").stream())
                .map(probe -> probe.path("path").asText())
                .collect(Collectors.toCollection(TreeSet::new));
        new Kustomization(MonitoringTest.DIRECTORY)
                .render()
                .forEach(manifest -> manifest.json().findValues("path").forEach(path -> paths.add(path.asText())));

        assertThat(paths).contains("/q/health/started", "/q/metrics");
        assertThat(paths).allSatisfy(path -> given().get(path).then().statusCode(200));
    }

    @Test
    void addressesOfTheApiAreThere() throws Exception {
        Set<String> paths = new TreeSet<>();
        for (Path file : Deploy.files("")) {
            URL.matcher(Files.readString(file)).results().forEach(url -> paths.add(url.group(1)));
        }
        JsonNode known = Yaml.document(Path.of("src/main/resources/META-INF/openapi.yaml"))
                .path("paths");

        assertThat(paths).contains("/api/v1/scaling");
        assertThat(paths)
                .allSatisfy(path -> assertThat(known.has(path) || known.has(path.replace("/api/v1", "")))
                        .as(path)
                        .isTrue());
    }

    @Test
    void theScalersValueIsANumberOfTheDemandDocument() {
        List<String> locations = KedaTest.triggers()
                .filter(trigger -> trigger.path("type").asText().equals("metrics-api"))
                .map(trigger -> trigger.at("/metadata/valueLocation").asText())
                .toList();

        for (String location : locations) {
            Object value = given().get("/api/v1/scaling").jsonPath().get(location);
            assertThat(value).as(location).isInstanceOf(Number.class);
        }
    }

    @Test
    void alertsAndDashboardsAskForMetricsThatAreExported() {
        given().header("Content-Type", "application/json")
                .header("Prefer", "wait=10")
                .body("{\"type\": \"echo\"}")
                .post("/api/v1/queues/deploy-metrics/tasks")
                .then()
                .statusCode(201);
        Map<String, Set<String>> exported = exported();

        Set<String> asked = new HashSet<>();
        MonitoringTest.expressions().flatMap(ServedTest::metrics).forEach(metric -> {
            asked.add(metric.group(1));
            assertThat(exported).containsKey(metric.group(1));
            String matchers = metric.group(2) == null ? "" : metric.group(2);
            LABEL.matcher(matchers)
                    .results()
                    .map(label -> label.group(1))
                    .forEach(label -> assertThat(label)
                            .as(metric.group())
                            .satisfiesAnyOf(
                                    added -> assertThat(ADDED).contains(added),
                                    own -> assertThat(exported.get(metric.group(1)))
                                            .contains(own)));
        });
        assertThat(asked).hasSizeGreaterThan(12);
    }

    /** Of a worker in this process and of one elsewhere; other tests may have used up the names of queues. */
    @Test
    void attemptsAreCountedByLabelWhoeverRunsThem() {
        submit("echo", "wait=10");
        submit("by-hand", "wait=0");
        String token = given().header("Content-Type", "application/json")
                .body("{\"worker\": \"elsewhere\", \"types\": [\"by-hand\"]}")
                .post("/api/v1/queues/deploy-labels/leases")
                .jsonPath()
                .getString("leases[0].token");
        given().header("Content-Type", "application/json")
                .body("{}")
                .post("/api/v1/leases/" + token + "/complete")
                .then()
                .statusCode(200);

        String queue = "queue=\"(deploy-labels|other)\"";
        assertThat(given().accept("text/plain").get("/q/metrics").asString())
                .containsPattern("(?m)^millrace_labelled_tasks_submitted_total\\{label=\"shop\"," + queue
                        + ",value=\"acme\",} 2.0$")
                .containsPattern("(?m)^millrace_labelled_task_outcomes_total\\{label=\"shop\",outcome=\"succeeded\","
                        + queue + ",value=\"acme\",} 2.0$");
    }

    private static void submit(String type, String wait) {
        given().header("Content-Type", "application/json")
                .header("Prefer", wait)
                .body("{\"type\": \"" + type + "\", \"labels\": {\"shop\": \"acme\"}}")
                .post("/api/v1/queues/deploy-labels/tasks")
                .then()
                .statusCode(201);
    }

    private static Stream<MatchResult> metrics(String expression) {
        return METRIC.matcher(expression).results();
    }

    /** Labels by metric. The figures of queues are good for two seconds, so this looks until they are there. */
    private static Map<String, Set<String>> exported() {
        Map<String, Set<String>> exported = new HashMap<>();
        for (int i = 0; i < 100 && !exported.containsKey("millrace_task_outcomes_total"); i++) {
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
            String text = given().accept("text/plain").get("/q/metrics").asString();
            SAMPLE.matcher(text).results().forEach(sample -> {
                Set<String> labels = exported.computeIfAbsent(sample.group(1), name -> new TreeSet<>());
                String given = sample.group(2) == null ? "" : sample.group(2);
                LABEL.matcher(given).results().forEach(label -> labels.add(label.group(1)));
            });
        }
        return exported;
    }
}
