package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.delivery.destination.Configured;
import dev.millrace.delivery.destination.Destination;
import dev.millrace.task.MillraceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A destination of the configuration is what the same members of a PUT would make, and is refused in the same words. */
class ConfiguredAsRequestedTest {
    private static final String HOOKS = "millrace.destinations.hooks.";
    private static final String URL = "http://127.0.0.1:9009/";
    private static final Pattern ROW =
            Pattern.compile("^\\| `millrace\\.destinations\\.ID\\.([^`]*)`", Pattern.MULTILINE);

    private static Destination requested(String members) {
        String body = "{" + members.replace('\'', '"') + "}";
        return Bodies.parse(
                body.getBytes(StandardCharsets.UTF_8),
                in -> DestinationReader.read(in, "hooks", null, Configured.targets()));
    }

    private static Destination configured(String settings) {
        Map<String, String> all = new HashMap<>(Map.of(HOOKS + "backends", URL));
        Arrays.stream(settings.split("; "))
                .map(setting -> setting.split("=", 2))
                .forEach(setting -> all.put(HOOKS + setting[0], setting[1]));
        return Configured.destinations(all).getFirst();
    }

    @Test
    void everyMemberOfAPutHasItsSetting() throws IOException {
        String contract = Files.readString(Path.of("src/main/resources/META-INF/openapi.yaml"));
        JsonNode schemas = new ObjectMapper()
                .<JsonNode>valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(contract))
                .at("/components/schemas");
        Set<String> settings = new TreeSet<>(names(schemas, "NewDestination"));
        settings.remove("health-check");
        settings.remove("breaker");
        names(schemas, "HealthCheck").forEach(name -> settings.add("health-check." + name));
        names(schemas, "Breaker").forEach(name -> settings.add("breaker." + name));
        // Former names, which are there to be refused.
        settings.addAll(List.of("health-path", "signing-secrets"));
        Set<String> documented = ROW.matcher(Files.readString(Path.of("docs/configuration.md")))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(documented).isEqualTo(settings);
    }

    private static List<String> names(JsonNode schemas, String schema) {
        return schemas.path(schema).path("properties").properties().stream()
                .map(property -> property.getKey().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
                .toList();
    }

    @Test
    void allOfThemTogetherMakeTheSame() {
        Destination requested = requested("""
                'backends':[{'url':'http://127.0.0.1:9009/','weight':3},{'url':'http://127.0.0.1:9010/','draining':true},
                            {'url':'http://127.0.0.1:9011/','weight':2,'draining':true}],
                'balance':'least-response-time','sticky':'label:tenant','timeout':'PT7S','concurrency':9,'rate':11,
                'healthCheck':{'path':'/healthz','interval':'PT3S','timeout':'PT0.5S'},
                'breaker':{'failures':2,'window':'PT4S','open':'PT0.3S','probes':6},
                'fallback':'spare','format':'structured','tls':'partner',
                'signingSecret':['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw','whsec_AfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']""");
        Destination configured = configured("""
                backends=http://127.0.0.1:9009/ 3,http://127.0.0.1:9010/ draining, http://127.0.0.1:9011/  2 draining; \
                balance=least-response-time; sticky=label:tenant; timeout=PT7S; concurrency=9; rate=11; \
                health-check.path=/healthz; health-check.interval=PT3S; health-check.timeout=PT0.5S; \
                breaker.failures=2; breaker.window=PT4S; breaker.open=PT0.3S; breaker.probes=6; \
                fallback=spare; format=structured; tls=partner; \
                signing-secret=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw,whsec_AfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw""");
        assertThat(configured.configured()).isTrue();
        assertThat(configured)
                .usingRecursiveComparison()
                .ignoringFields("configured")
                .isEqualTo(requested);
    }

    @Test
    void whatIsNotNamedIsAsUsual() {
        assertThat(configured("backends=" + URL))
                .usingRecursiveComparison()
                .ignoringFields("configured")
                .isEqualTo(requested("'backends':[{'url':'" + URL + "'}]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "balance=best | 'balance':'best'",
                "sticky=tenant | 'sticky':'tenant'",
                "sticky=label: | 'sticky':'label:'",
                "timeout=PT0S | 'timeout':'PT0S'",
                "timeout=PT13H | 'timeout':'PT13H'",
                "concurrency=0 | 'concurrency':0",
                "concurrency=10001 | 'concurrency':10001",
                "rate=0 | 'rate':0",
                "rate=100001 | 'rate':100001",
                "health-check.path=healthz | 'healthCheck':{'path':'healthz'}",
                "health-check.path=//evil/ | 'healthCheck':{'path':'//evil/'}",
                "health-check.interval=PT0.5S | 'healthCheck':{'path':'/','interval':'PT0.5S'}",
                "health-check.interval=PT2H | 'healthCheck':{'path':'/','interval':'PT2H'}",
                "health-check.timeout=PT0.05S | 'healthCheck':{'path':'/','timeout':'PT0.05S'}",
                "health-check.timeout=PT2M | 'healthCheck':{'path':'/','timeout':'PT2M'}",
                "breaker.failures=0 | 'breaker':{'failures':0}",
                "breaker.failures=1001 | 'breaker':{'failures':1001}",
                "breaker.window=PT0.5S | 'breaker':{'window':'PT0.5S'}",
                "breaker.window=PT2H | 'breaker':{'window':'PT2H'}",
                "breaker.open=PT0.05S | 'breaker':{'open':'PT0.05S'}",
                "breaker.open=PT2H | 'breaker':{'open':'PT2H'}",
                "breaker.probes=0 | 'breaker':{'probes':0}",
                "breaker.probes=101 | 'breaker':{'probes':101}",
                "fallback=Other | 'fallback':'Other'",
                "fallback=hooks | 'fallback':'hooks'",
                "format=plain | 'format':'plain'",
                "signing-secret=whsec_! | 'signingSecret':'whsec_!'",
                "signing-secret=a,b,c | 'signingSecret':['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',"
                        + "'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw','whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']"
            })
    void whatIsWrongIsRefusedInTheSameWords(String setting, String members) {
        MillraceException request = catchThrowableOfType(
                MillraceException.class, () -> requested("'backends':[{'url':'" + URL + "'}]," + members));
        IllegalArgumentException start = catchThrowableOfType(
                IllegalArgumentException.class, () -> configured("health-check.path=/; " + setting));
        String words = request.getMessage().replaceAll("^\\S+ |\\.$", "");
        assertThat(start).hasMessage(HOOKS + setting.replaceAll("=.*", "") + " " + words);
    }
}
