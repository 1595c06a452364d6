package dev.millrace.delivery.push;

import static dev.millrace.delivery.push.RawBackend.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.delivery.push.PushAnswer.Answered;
import dev.millrace.delivery.push.PushAnswer.NotSent;
import dev.millrace.delivery.push.PushAnswer.Reason;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TlsTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    private static PusherFixture fixture;

    @BeforeAll
    static void open() {
        fixture = PusherFixture.secured("other.test");
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    @Test
    void aBackendOfAnOwnAuthorityIsTrustedWhereThatIsConfigured() {
        try (RawBackend backend = backend(false)) {
            assertThat(push(backend, Certificates.NAME, Certificates.TRUSTING)).isInstanceOf(Answered.class);
            assertThat(reason(push(backend, Certificates.NAME, null))).isEqualTo(Reason.TLS);
            assertThat(backend.received()).hasSize(1);
        }
    }

    @Test
    void aCertificateForAnotherNameIsRefused() {
        try (RawBackend backend = backend(false)) {
            assertThat(reason(push(backend, "other.test", Certificates.TRUSTING)))
                    .isEqualTo(Reason.TLS);
            assertThat(reason(push(backend, "127.0.0.1", Certificates.TRUSTING)))
                    .isEqualTo(Reason.TLS);
            assertThat(backend.received()).isEmpty();
        }
    }

    @Test
    void aBackendThatAsksForACertificateGetsTheConfiguredOne() {
        try (RawBackend backend = backend(true)) {
            assertThat(push(backend, Certificates.NAME, Certificates.KNOWN)).isInstanceOf(Answered.class);
            assertThat(push(backend, Certificates.NAME, Certificates.TRUSTING)).isNotInstanceOf(Answered.class);
            assertThat(backend.received()).hasSize(1);
        }
    }

    @Test
    void settingsThatAreNotThereSendNothing() {
        try (RawBackend backend = backend(false)) {
            assertThat(reason(push(backend, Certificates.NAME, "nobody"))).isEqualTo(Reason.TLS);
        }
    }

    private static PushAnswer push(RawBackend backend, String host, String tls) {
        URI target = URI.create("https://" + host + ":" + backend.port() + "/");
        return fixture.push(PusherFixture.request(target, LONG, tls));
    }

    private static Reason reason(PushAnswer answer) {
        return ((NotSent) answer).reason();
    }

    private static RawBackend backend(boolean asking) {
        return new RawBackend(Certificates.sockets(asking), (_, out) -> out.write(ok("{}").getBytes()));
    }
}
