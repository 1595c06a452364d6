package dev.millrace.access;

import static dev.millrace.access.KeysForTests.bearer;
import static dev.millrace.access.KeysForTests.hash;
import static dev.millrace.access.KeysForTests.key;
import static dev.millrace.access.KeysForTests.ring;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingTest {
    private final KeyRing keys = ring(Map.of("ci", key(hash(), Set.of(Role.SUBMITTER), Set.of("builds"))));

    @Test
    void keyIsKnownByItsHash() {
        assertThat(keys.credentialOf(bearer("ci")))
                .contains(new Credential("ci", Set.of(Role.SUBMITTER), Set.of("builds")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mrk_",
                "mrk_ci",
                "mrk_ci_",
                "mrk_ci_short",
                "mrk_other_0123456789abcdefghijABCDEFGHIJ0123456789xyz",
                "mrk_ci_0123456789abcdefghijABCDEFGHIJ0123456789xyZ",
                "mrk_CI_0123456789abcdefghijABCDEFGHIJ0123456789xyz",
                " mrk_ci_0123456789abcdefghijABCDEFGHIJ0123456789xyz"
            })
    void anythingElseIsNobody(String presented) {
        assertThat(keys.credentialOf(presented)).isEmpty();
    }

    @Test
    void ringWithoutKeysIsOpen() {
        assertThat(ring(Map.of()).isOpen()).isTrue();
        assertThat(keys.isOpen()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "zz", "abcd", "0123456789012345678901234567890123456789012345678901234567890123ff"})
    void hashMustBeSha256(String hash) {
        var wrong = Map.of("ci", key(hash, Set.of(Role.VIEWER), null));
        assertThatThrownBy(() -> ring(wrong))
                .isInstanceOf(MillraceException.class)
                .hasMessageStartingWith("millrace.access.keys.ci.hash");
    }

    @Test
    void keyNeedsRoleAndPlainId() {
        assertThatThrownBy(() -> ring(Map.of("ci", key(hash(), Set.of(), null))))
                .hasMessageContaining(".roles");
        assertThatThrownBy(() -> ring(Map.of("My Key", key(hash(), Set.of(Role.VIEWER), null))))
                .hasMessageContaining("a key's id is");
    }

    @Test
    void keyDoesNotTellItsSecret() {
        assertThat(ApiKey.parse(bearer("ci")).orElseThrow().toString()).isEqualTo("ApiKey[ci]");
    }

    @ParameterizedTest
    @CsvSource({
        "VIEWER, VIEWER, true",
        "VIEWER, OPERATOR, false",
        "SUBMITTER, VIEWER, false",
        "WORKER, SUBMITTER, false",
        "OPERATOR, VIEWER, true",
        "OPERATOR, SUBMITTER, false",
        "OPERATOR, ADMIN, false",
        "ADMIN, WORKER, true",
        "ADMIN, OPERATOR, true"
    })
    void rolesCoverWhatTheySay(Role held, Role needed, boolean covered) {
        Credential credential = new Credential("x", Set.of(held), null);
        assertThat(credential.has(needed)).isEqualTo(covered);
        if (!covered) {
            assertThatThrownBy(() -> credential.require(needed))
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FORBIDDEN));
        }
    }

    @Test
    void queuesBindACredential() {
        Credential bound = new Credential("x", Set.of(Role.ADMIN), Set.of("a"));
        assertThat(bound.mayUse("a")).isTrue();
        assertThat(bound.mayUse("b")).isFalse();
        assertThatThrownBy(() -> bound.requireQueue("b")).isInstanceOf(MillraceException.class);
        assertThat(Credential.OPEN.mayUse("anything")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "localhost, true",
        "::1, true",
        "127.8.8.8, true",
        "0.0.0.0, false",
        "::, false",
        "192.0.2.1, false"
    })
    void serverWithoutKeysListensOnLoopbackOnly(String host, boolean allowed) {
        assertThat(new BindCheck(ring(Map.of())).refusal(host).isEmpty()).isEqualTo(allowed);
        assertThat(new BindCheck(keys).refusal(host)).isEmpty();
    }
}
