package dev.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.access.KeysForTests;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsersTest {
    /** Of "correct horse", by another implementation. */
    static final String HASH =
            "pbkdf2-sha256:100000:000102030405060708090a0b0c0d0e0f:57f2c2f0739748d516419b062a884666323c583ea4ae165504a81f7b53c62a09";

    static Users users(String hash) {
        return new Users(config("ada", hash), KeysForTests.none());
    }

    private static DashboardConfig config(String name, String hash) {
        return new DashboardConfig() {
            @Override
            public int streams() {
                return 0;
            }

            @Override
            public Optional<String> environment() {
                return Optional.empty();
            }

            @Override
            public Map<String, User> users() {
                return Map.of(name, new User() {
                    @Override
                    public String passwordHash() {
                        return hash;
                    }

                    @Override
                    public UserRole role() {
                        return UserRole.OPERATOR;
                    }
                });
            }
        };
    }

    @Test
    void theRightPasswordOpensAndAnotherDoesNot() {
        Users users = users(HASH);
        assertThat(users.open()).isFalse();
        assertThat(users.signIn("ada", "correct horse")).map(Visitor::operator).contains(true);
        assertThat(users.signIn("ada", "correct horse")).map(Visitor::admin).contains(false);
        assertThat(users.signIn("ada", "correct horse ")).isEmpty();
        assertThat(users.signIn("ada", "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "correct horse",
                "pbkdf2-sha256:99999:0001020304050607:0000000000000000000000000000000000000000000000000000000000000000",
                "pbkdf2-sha256:600000:00:0000000000000000000000000000000000000000000000000000000000000000",
                "pbkdf2-sha256:600000:0001020304050607:00"
            })
    void whatIsNoHashStopsTheStart(String hash) {
        assertThatThrownBy(() -> users(hash))
                .hasMessageContaining("millrace.dashboard.users.ada.password-hash must be");
    }

    @Test
    void aNameThatCannotBeStopsTheStart() {
        assertThatThrownBy(() -> new Users(config("a b", HASH), KeysForTests.none()))
                .hasMessageContaining("a user's name is");
    }

    @Test
    void hashesNeverShowThemselves() {
        assertThat(PasswordHash.parse(HASH).orElseThrow()).hasToString("PasswordHash");
    }
}
