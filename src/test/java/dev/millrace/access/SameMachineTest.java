package dev.millrace.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SameMachineTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "localhost:8080", "LOCALHOST:1", "127.0.0.1", "127.0.0.1:65535", "[::1]", "[::1]:80"
            })
    void localNamesAreServed(String host) {
        assertThat(SameMachine.refusal(host, null, null)).isEmpty();
        assertThat(SameMachine.refusal(host, "http://" + host, "same-origin")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "localhost:80.evil.example",
                "localhost:",
                "localhost:123456",
                "127.0.0.1.nip.io",
                "127.0.0.2",
                "[::2]",
                "::1",
                "user@localhost",
                ""
            })
    void otherNamesAreRefused(String host) {
        assertThat(SameMachine.refusal(host, null, null)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "null",
                "http://localhost.evil.example",
                "http://evil.example#localhost",
                "file://localhost",
                "http://user@localhost",
                "http://[",
                ""
            })
    void foreignOriginsAreRefused(String origin) {
        assertThat(SameMachine.refusal("localhost", origin, null)).isPresent();
    }

    @Test
    void crossSiteFetchesAreRefused() {
        assertThat(SameMachine.refusal("localhost", null, "cross-site")).isPresent();
        assertThat(SameMachine.refusal("localhost", null, "none")).isEmpty();
    }

    @Test
    void requestWithoutHostIsRefused() {
        assertThat(SameMachine.refusal(null, null, null)).isPresent();
    }
}
