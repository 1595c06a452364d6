package dev.millrace.delivery.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetsTest {
    private static final AddressGuard GUARD = new AddressGuard(List.of("10.1.0.0/16"), true);
    private static final Targets TARGETS = new Targets(GUARD, List.of("80", "443", "1024-65535"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org", "https://example.org/hook?a=b&c=%20", "http://localhost:8000/",
                        "http://127.0.0.1:9000",
                "http://[::1]:9000/x", "http://10.1.2.3/", "https://xn--bcher-kva.example/",
                        "http://a.b-c.d.example:80",
                "http://3com.example/", "http://[2606:4700::1111]/"
            })
    void urlsOfBackendsAreTargets(String url) {
        assertThat(TARGETS.fault(url)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.org",
                "//example.org/",
                "ftp://example.org/",
                "file:///etc/passwd",
                "HTTP://example.org/",
                "gopher://127.0.0.1:6379/_FLUSHALL",
                "https:/example.org",
                "https:example.org",
                "https://",
                "http:///x",
                "https://user@example.org/",
                "https://user:secret@example.org/",
                "https://@example.org/",
                "http://evil:80+&@127.88.23.245:22/",
                "https://example.org/#part",
                "https://exa mple.org/",
                "https://example.org\\@127.0.0.1/",
                "https://example.org/\r\nHost: x",
                "https://example.org/\u017C",
                "https://b\u00FCcher.example/",
                "https://EXAMPLE.org/",
                "https://example.org./",
                "http://localhost./",
                "https://under_score.example/",
                "https://-a.example/",
                "https://a..example/",
                "http://127.1/",
                "http://2130706433/",
                "http://0177.0.0.1/",
                "http://0x7f.0.0.1/",
                "http://0x7f000001/",
                "http://127.0.0.1./",
                "http://127.0.0.01/",
                "http://256.0.0.1/",
                "http://1.2.3/",
                "http://1.2.3.4.5/",
                "http://example.0x1/",
                "http://[fe80::1%25eth0]/",
                "http://[fe80::1%eth0]/",
                "http://[::1",
                "http://[v1.a]/",
                "http://example.org:0/",
                "http://example.org:22/",
                "http://example.org:65536/",
                "http://example.org:-1/",
                "http://169.254.169.254/latest/meta-data/",
                "http://[::ffff:169.254.169.254]/",
                "http://[fd00:ec2::254]/",
                "http://192.168.0.1/",
                "http://[::ffff:192.168.0.1]/",
                "http://10.2.0.1/",
                "http://0.0.0.0:8080/",
                "http://[::]:8080/",
                "http://[64:ff9b::7f00:1]/"
            })
    void anythingElseIsNot(String url) {
        assertThat(TARGETS.fault(url)).isPresent();
    }

    @Test
    void longUrlsAreNoTargets() {
        assertThat(TARGETS.fault("https://example.org/" + "a".repeat(Targets.MAX_LENGTH)))
                .isPresent();
    }

    @Test
    void whatAnybodyMayReadSaysNothingOfWhatIsAllowed() {
        assertThat(TARGETS.shapeFault("http://192.168.0.1:22/")).isEmpty();
        assertThat(TARGETS.shapeFault("http://127.1/")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0", "65536", "10-9", "-5", "1024-", "80;443"})
    void whatIsNoPortIsRefused(String port) {
        assertThatThrownBy(() -> new Targets(GUARD, List.of(port))).isInstanceOf(IllegalArgumentException.class);
    }
}
