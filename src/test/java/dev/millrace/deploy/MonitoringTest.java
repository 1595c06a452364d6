package dev.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Alerts and dashboards, as far as they can be judged without a Prometheus. */
class MonitoringTest {
    static final Path DIRECTORY = Deploy.ROOT.resolve("monitoring");
    private static final Path RULES = DIRECTORY.resolve("rules/millrace.yaml");
    private static final Pattern OF_THE_STORE = Pattern.compile("millrace_(queue|task|tasks|leases)_\\w+");
    private static final Pattern MAXIMUM =
            Pattern.compile("max(?: by \\([a-z, ]+\\) )?\\((?:(?:rate|increase|deriv)\\()?$");
    private static final Pattern STATE = Pattern.compile("[{ ]state=~?\"([a-z|]+)\"");
    private static final int WIDTH = 24;

    static List<JsonNode> dashboards() throws IOException {
        List<JsonNode> dashboards = new ArrayList<>();
        for (Path file : Deploy.files(".json")) {
            dashboards.add(new ObjectMapper().readTree(file.toFile()));
        }
        assertThat(dashboards).hasSize(3);
        return dashboards;
    }

    /** Every expression of alerts and dashboards. */
    static Stream<String> expressions() {
        try {
            Stream<String> panels = dashboards().stream().flatMap(board -> board.findValuesAsText("expr").stream());
            return Stream.concat(panels, Yaml.document(RULES).findValuesAsText("expr").stream());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void theOperatorsRulesAreTheSame() {
        JsonNode rule = Yaml.document(DIRECTORY.resolve("rules/millrace.prometheusrule.yaml"));
        assertThat(rule.at("/spec/groups")).isEqualTo(Yaml.document(RULES).path("groups"));
    }

    @Test
    void everyAlertSaysWhatIsWrongAndWhatToDo() {
        JsonNode rules = Yaml.document(RULES).at("/groups/0/rules");
        assertThat(rules.findValuesAsText("alert")).hasSizeGreaterThan(8).doesNotHaveDuplicates();
        for (JsonNode rule : rules) {
            assertThat(rule.path("alert").asText()).startsWith("Millrace");
            assertThat(rule.at("/labels/severity").asText()).isIn("warning", "critical");
            assertThat(rule.at("/annotations/summary").asText()).isNotEmpty();
            assertThat(rule.at("/annotations/description").asText()).isNotEmpty();
        }
    }

    /** promtool runs them: ./millrace test manifests. */
    @Test
    void everyAlertHasATestThatFiresIt() {
        JsonNode tests = Yaml.document(DIRECTORY.resolve("rules/millrace.test.yaml"));
        Set<String> fired = tests.path("tests")
                .valueStream()
                .flatMap(test -> test.path("alert_rule_test").valueStream())
                .filter(test -> !test.path("exp_alerts").isEmpty())
                .map(test -> test.path("alertname").asText())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(fired).isEqualTo(new TreeSet<>(Yaml.document(RULES).findValuesAsText("alert")));
    }

    /** The store counts them, and every process tells the same number: a sum would count each task once per process. */
    @ParameterizedTest
    @MethodSource("expressions")
    void figuresOfTheStoreAreNeverSummedOverProcesses(String expression) {
        OF_THE_STORE.matcher(expression).results().forEach(metric -> {
            String before = expression.substring(0, metric.start());
            assertThat(MAXIMUM.matcher(before).find() || before.endsWith("deriv("))
                    .as(metric.group() + " in " + expression)
                    .isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void statesAreThoseOfATask(String expression) {
        Set<String> known = Stream.concat(
                        Stream.of(dev.millrace.task.TaskState.values()).map(dev.millrace.task.TaskState::wire),
                        Stream.of("open", "closed", "half-open"))
                .collect(Collectors.toSet());
        STATE.matcher(expression)
                .results()
                .forEach(match -> assertThat(known).contains(match.group(1).split("\\|")));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void panelsStandSideBySideAndSayWhatTheyShow(JsonNode dashboard) {
        assertThat(dashboard.path("uid").asText()).startsWith("millrace-");
        Set<String> places = new TreeSet<>();
        for (JsonNode panel : dashboard.path("panels")) {
            JsonNode grid = panel.path("gridPos");
            int left = grid.path("x").asInt();
            assertThat(left + grid.path("w").asInt()).isLessThanOrEqualTo(WIDTH);
            for (int x = left; x < left + grid.path("w").asInt(); x++) {
                for (int y = 0; y < grid.path("h").asInt(); y++) {
                    assertThat(places.add(x + "," + (grid.path("y").asInt() + y)))
                            .as("overlap at " + panel.path("title"))
                            .isTrue();
                }
            }
            assertThat(panel.path("title").asText()).isNotEmpty();
        }
        assertThat(dashboard
                        .path("panels")
                        .valueStream()
                        .map(panel -> panel.path("id").asInt()))
                .doesNotHaveDuplicates();
    }

    /** Whatever the data source is called where it is imported. */
    @ParameterizedTest
    @MethodSource("dashboards")
    void dashboardsAskForTheirDataSourceAndDeclareTheirVariables(JsonNode dashboard) {
        List<String> variables = dashboard.at("/templating/list").findValuesAsText("name");
        assertThat(variables).contains("datasource");
        assertThat(dashboard.findValues("datasource"))
                .allSatisfy(source -> assertThat(source.path("uid").asText()).isEqualTo("${datasource}"));
        Pattern.compile("\"\\$(\\w+)\"")
                .matcher(String.join(" ", dashboard.findValuesAsText("expr")))
                .results()
                .forEach(used -> assertThat(variables).contains(used.group(1)));
    }
}
