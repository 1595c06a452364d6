package dev.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The template of the function, as far as it can be looked at without an account of AWS. */
class AwsLambdaTest {
    private static final Path DIRECTORY = Deploy.ROOT.resolve("aws-lambda");

    /** The properties of each type that there are and that one would want here. */
    private static final Map<String, Set<String>> PROPERTIES = Map.ofEntries(
            Map.entry(
                    "AWS::Serverless::Function",
                    Set.of(
                            "FunctionName",
                            "Description",
                            "CodeUri",
                            "Runtime",
                            "Handler",
                            "Architectures",
                            "MemorySize",
                            "Timeout",
                            "ReservedConcurrentExecutions",
                            "EventInvokeConfig",
                            "LoggingConfig",
                            "VpcConfig",
                            "Policies",
                            "Environment",
                            "Events")),
            Map.entry("AWS::Logs::LogGroup", Set.of("LogGroupName", "RetentionInDays")),
            Map.entry("AWS::Lambda::Url", Set.of("TargetFunctionArn", "AuthType", "InvokeMode")),
            Map.entry(
                    "AWS::Lambda::Permission",
                    Set.of(
                            "FunctionName",
                            "Action",
                            "Principal",
                            "FunctionUrlAuthType",
                            "InvokedViaFunctionUrl",
                            "SourceArn")),
            Map.entry("AWS::ApiGatewayV2::Api", Set.of("Name", "ProtocolType")),
            Map.entry(
                    "AWS::ApiGatewayV2::Integration",
                    Set.of("ApiId", "IntegrationType", "IntegrationUri", "PayloadFormatVersion", "TimeoutInMillis")),
            Map.entry("AWS::ApiGatewayV2::Route", Set.of("ApiId", "RouteKey", "AuthorizationType", "Target")),
            Map.entry("AWS::ApiGatewayV2::Stage", Set.of("ApiId", "StageName", "AutoDeploy", "DefaultRouteSettings")));

    private static final Set<String> EVENT_INVOKE = Set.of("MaximumRetryAttempts", "MaximumEventAgeInSeconds");
    private static final Set<String> SCHEDULE = Set.of("Description", "ScheduleExpression", "Input", "RetryPolicy");
    /** Of CloudWatch Logs; there are no others. */
    private static final List<Integer> LOG_DAYS = List.of(
            1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653);

    private final CloudFormation template = CloudFormation.read(DIRECTORY.resolve("template.yaml"));
    private final JsonNode function = template.json().at("/Resources/Worker/Properties");

    @Test
    void resourcesHavePropertiesThatTheirTypesKnow() {
        assertThat(template.json().path("Transform").asText()).isEqualTo("AWS::Serverless-2016-10-31");
        for (Map.Entry<String, JsonNode> resource :
                template.json().path("Resources").properties()) {
            JsonNode value = resource.getValue();
            assertThat(PROPERTIES)
                    .as(resource.getKey())
                    .containsKey(value.path("Type").asText());
            assertThat(names(value.path("Properties")))
                    .as(resource.getKey())
                    .isSubsetOf(PROPERTIES.get(value.path("Type").asText()));
            assertThat(names(value)).isSubsetOf("Type", "Condition", "Properties");
        }
        assertThat(names(function.path("EventInvokeConfig"))).isEqualTo(EVENT_INVOKE);
        assertThat(function.at("/Events/Sweep/Type").asText()).isEqualTo("ScheduleV2");
        assertThat(names(function.at("/Events/Sweep/Properties"))).isEqualTo(SCHEDULE);
    }

    @Test
    void whatIsReferredToIsThereAndWhatIsThereIsReferredTo() {
        JsonNode json = template.json();
        Set<String> there = new TreeSet<>(names(json.path("Parameters")));
        there.addAll(names(json.path("Resources")));

        assertThat(template.references()).allMatch(name -> there.contains(name) || name.startsWith("AWS::"));
        assertThat(template.references()).containsAll(names(json.path("Parameters")));
        assertThat(template.conditionsAsked()).isEqualTo(names(json.path("Conditions")));
    }

    @Test
    void rangesAreThoseOfLambda() {
        assertRange("MemorySize", 128, 10_240);
        assertRange("Timeout", 12, 900);
        assertRange("MaxWorkers", 1, 1000);
        assertRange("TasksAtOnce", 1, 10_000);
        assertThat(template.parameter("LogDays")
                        .path("AllowedValues")
                        .valueStream()
                        .map(JsonNode::asInt))
                .isSubsetOf(LOG_DAYS);
        for (JsonNode retries : template.json().findValues("MaximumRetryAttempts")) {
            assertThat(retries.asInt()).as("a sweep follows anyway").isZero();
        }
        for (JsonNode age : template.json().findValues("MaximumEventAgeInSeconds")) {
            assertThat(age.asInt()).isBetween(60, 21_600);
        }
        assertThat(template.json()
                        .at("/Resources/ApiIntegration/Properties/TimeoutInMillis")
                        .asInt())
                .isBetween(50, 30_000);
    }

    private void assertRange(String parameter, long least, long most) {
        JsonNode declared = template.parameter(parameter);
        assertThat(declared.path("MinValue").asLong()).as(parameter).isGreaterThanOrEqualTo(least);
        assertThat(declared.path("MaxValue").asLong()).as(parameter).isLessThanOrEqualTo(most);
        assertThat(declared.path("Default").asLong())
                .as(parameter)
                .isBetween(
                        declared.path("MinValue").asLong(),
                        declared.path("MaxValue").asLong());
    }

    @Test
    void variantsAreThoseThatTheBuildMakes() throws IOException {
        assertThat(choice("Runtime")).containsExactly("provided.al2023", "java25");
        assertThat(choice("Handler"))
                .containsExactly("bootstrap", "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest");
        Path zip = DIRECTORY.resolve(function.path("CodeUri").asText()).normalize();
        assertThat(zip).isEqualTo(Path.of("target/lambda/function.zip"));
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<id>lambda</id>", "<directory>${project.basedir}/target/lambda</directory>");
    }

    private List<String> choice(String property) {
        JsonNode choice = function.path(property).path("!If");
        assertThat(choice.path(0).asText()).isEqualTo("Native");
        return List.of(choice.path(1).asText(), choice.path(2).asText());
    }

    @Test
    void variablesAreSettings() throws IOException {
        Set<String> names = new TreeSet<>(names(function.at("/Environment/Variables")));
        assertThat(names.removeAll(Set.of("DISABLE_SIGNAL_HANDLERS", "JAVA_TOOL_OPTIONS")))
                .as("those of the two runtimes")
                .isTrue();

        assertThat(names).hasSizeGreaterThan(4).allSatisfy(SettingsTest::assertIsSetting);
    }

    /** Nobody reaches the function without being asked who he is, by AWS or by the function. */
    @Test
    void doorsAreShutToStrangers() {
        JsonNode rule = template.json().at("/Rules/KeysNeedAHash/Assertions/0/Assert");
        assertThat(rule.toString()).contains("KickKeyHash");
        assertThat(template.json().at("/Resources/Url/Properties/AuthType/!If").toString())
                .isEqualTo("[\"Signed\",\"AWS_IAM\",\"NONE\"]");
        assertThat(template.json()
                        .at("/Resources/ApiRoute/Properties/AuthorizationType/!If")
                        .toString())
                .isEqualTo("[\"Signed\",\"AWS_IAM\",\"NONE\"]");
        for (String open : List.of("UrlForAll", "UrlInvokesForAll")) {
            assertThat(template.json()
                            .path("Resources")
                            .path(open)
                            .path("Condition")
                            .asText())
                    .isEqualTo("ByUrlWithKey");
        }
        assertThat(template.parameter("RedisUrl").path("NoEcho").asBoolean()).isTrue();
    }

    /** Whoever follows the page types names that the template knows. */
    @Test
    void pageNamesParametersThatThereAre() throws IOException {
        String page = Files.readString(DIRECTORY.resolve("README.md"));
        Set<String> given = new TreeSet<>();
        java.util.regex.Pattern.compile("[ `]([A-Z]\\w+)=")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .filter(name -> !name.startsWith("MILLRACE_"))
                .forEach(given::add);

        assertThat(given).hasSizeGreaterThan(5).isSubsetOf(names(template.json().path("Parameters")));
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
