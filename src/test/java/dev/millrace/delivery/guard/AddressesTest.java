package dev.millrace.delivery.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With real questions to a DNS server of the test's own. */
class AddressesTest {
    private static Vertx vertx;
    private DnsServer dns;
    private Addresses addresses;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @BeforeEach
    void open() throws Exception {
        dns = new DnsServer();
        addresses = fresh();
    }

    /** One that remembers nothing yet, as any is after a few seconds. */
    private Addresses fresh() {
        AddressGuard guard = new AddressGuard(List.of(), false);
        return new Addresses(new Targets(guard, List.of("80", "443")), guard, new DnsResolution(vertx, dns.address()));
    }

    @AfterEach
    void close() {
        dns.close();
    }

    @Test
    void aNameLeadsToItsAddressesInOrder() throws Exception {
        dns.answer("good.test", "8.8.8.8", "2606:4700::1111", "9.9.9.9");
        assertThat(of("http://good.test/"))
                .extracting(InetAddress::getHostAddress)
                .containsExactly("8.8.8.8", "9.9.9.9", "2606:4700:0:0:0:0:0:1111");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "169.254.169.254",
                "127.0.0.1",
                "::1",
                "fd00:ec2::254",
                "64:ff9b::a9fe:a9fe",
                "2002:a9fe:a9fe::1",
                "::ffff:10.0.0.1"
            })
    void oneForbiddenAddressSpoilsTheName(String bad) {
        dns.answer("mixed.test", "8.8.8.8", bad);
        assertThatThrownBy(() -> of("http://mixed.test/")).hasCauseInstanceOf(Blocked.class);
    }

    @Test
    void aNameThatTurnsInwardsIsRefusedFromThenOn() throws Exception {
        dns.answer("turncoat.test", "8.8.8.8").answer("turncoat.test", "169.254.169.254");
        assertThat(of("http://turncoat.test/")).hasSize(1);
        assertThat(of("http://turncoat.test/"))
                .as("what was checked is what is reached, without another question")
                .extracting(InetAddress::getHostAddress)
                .containsExactly("8.8.8.8");
        assertThat(dns.asked()).isOne();
        addresses = fresh();
        assertThatThrownBy(() -> of("http://turncoat.test/")).hasCauseInstanceOf(Blocked.class);
    }

    @Test
    void aNameWithoutAddressesIsUnknown() {
        assertThatThrownBy(() -> of("http://nobody.test/")).hasCauseInstanceOf(UnknownHostException.class);
    }

    @Test
    void noMoreThanFourAddressesAreTried() throws Exception {
        dns.answer("many.test", "8.8.8.1", "8.8.8.2", "8.8.8.3", "8.8.8.4", "8.8.8.5", "8.8.8.6");
        assertThat(of("http://many.test/")).hasSize(4);
    }

    @Test
    void badAddressesBeyondTheFourthCountAsWell() {
        dns.answer("tail.test", "8.8.8.1", "8.8.8.2", "8.8.8.3", "8.8.8.4", "8.8.8.5", "10.0.0.1");
        assertThatThrownBy(() -> of("http://tail.test/")).hasCauseInstanceOf(Blocked.class);
    }

    @Test
    void addressesAreTakenAsTheyAreWritten() throws Exception {
        assertThat(of("http://[2606:4700::1111]/")).hasSize(1);
        assertThatThrownBy(() -> of("http://192.168.0.1/")).hasCauseInstanceOf(Blocked.class);
        assertThatThrownBy(() -> of("http://127.1/")).hasCauseInstanceOf(Blocked.class);
        assertThat(dns.asked()).isZero();
    }

    @Test
    void theSystemsWayKnowsThisMachine() throws Exception {
        List<InetAddress> found = new SystemResolution()
                .resolve("localhost")
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        assertThat(found).isNotEmpty().allMatch(InetAddress::isLoopbackAddress);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dns.example", "10.0.0.2:", "10.0.0.2:x", "10.0.0.2:70000", ":53"})
    void whatIsNoServerIsRefused(String server) {
        assertThatThrownBy(() -> new DnsResolution(vertx, server)).isInstanceOf(IllegalArgumentException.class);
    }

    private List<InetAddress> of(String url) throws Exception {
        CompletableFuture<List<InetAddress>> found =
                addresses.of(URI.create(url)).toCompletableFuture();
        return found.get(10, TimeUnit.SECONDS);
    }
}
