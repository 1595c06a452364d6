package dev.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class KeysScriptTest {
    @Test
    void secretsAreThoseThatTheExampleShows() throws Exception {
        Map<String, JsonNode> made = byName(Yaml.documents(
                Script.run("deploy/keys.sh", "kubernetes", "elsewhere").out()));
        Map<String, JsonNode> example = byName(Yaml.documents(Path.of("deploy/kubernetes/secret.example.yaml")));

        assertThat(made.keySet()).isEqualTo(example.keySet());
        made.forEach((name, secret) -> {
            assertThat(secret.at("/metadata/namespace").asText()).isEqualTo("elsewhere");
            assertThat(fields(secret)).isEqualTo(fields(example.get(name)));
        });
    }

    @Test
    void hashesAreThoseOfTheKeys() throws Exception {
        Map<String, JsonNode> made =
                byName(Yaml.documents(Script.run("deploy/keys.sh", "kubernetes").out()));
        JsonNode hashes = made.get("millrace-access").path("stringData");

        made.get("millrace-keys")
                .path("stringData")
                .propertyStream()
                .filter(key -> !key.getKey().equals("dashboard"))
                .forEach(key -> {
                    String[] parts = key.getValue().asText().split("_");
                    assertThat(parts[0]).isEqualTo("mrk");
                    assertThat(parts[1]).isEqualTo(key.getKey());
                    assertThat(parts[2]).matches("[A-Za-z0-9]{32,128}");
                    String variable = "MILLRACE_ACCESS_KEYS_" + parts[1].toUpperCase(Locale.ROOT) + "_HASH";
                    assertThat(hashes.path(variable).asText()).isEqualTo(sha256(parts[2]));
                });
        JsonNode redis = made.get("millrace-redis").path("stringData");
        assertThat(redis.path("url").asText())
                .isEqualTo("redis://:" + redis.path("password").asText() + "@millrace-redis:6379");
    }

    @Test
    void eachRunMakesNewOnes() throws Exception {
        assertThat(Script.run("deploy/keys.sh", "compose").out())
                .isNotEqualTo(Script.run("deploy/keys.sh", "compose").out());
    }

    @Test
    void anUnknownTargetIsRefused() throws Exception {
        Script refused = Script.run("deploy/keys.sh", "nomad");

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains("Usage:");
    }

    private static Map<String, JsonNode> byName(List<JsonNode> secrets) {
        return secrets.stream()
                .collect(Collectors.toMap(secret -> secret.at("/metadata/name").asText(), secret -> secret));
    }

    private static List<String> fields(JsonNode secret) {
        return secret.path("stringData")
                .propertyStream()
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static String sha256(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
