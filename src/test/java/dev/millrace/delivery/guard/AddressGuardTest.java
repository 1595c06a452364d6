package dev.millrace.delivery.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    private static final AddressGuard PUBLIC_ONLY = new AddressGuard(List.of(), false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "0.255.255.255",
                "10.0.0.0",
                "10.255.255.255",
                "172.16.0.0",
                "172.31.255.255",
                "192.168.0.0",
                "192.168.255.255",
                "100.64.0.0",
                "100.100.100.200",
                "100.127.255.255",
                "127.0.0.0",
                "127.0.0.1",
                "127.255.255.255",
                "169.254.0.0",
                "169.254.169.254",
                "169.254.170.2",
                "169.254.255.255",
                "192.0.0.0",
                "192.0.0.192",
                "192.0.0.255",
                "192.0.2.0",
                "192.0.2.255",
                "192.88.99.0",
                "192.88.99.255",
                "198.18.0.0",
                "198.19.255.255",
                "198.51.100.0",
                "198.51.100.255",
                "203.0.113.0",
                "203.0.113.255",
                "224.0.0.0",
                "239.255.255.255",
                "240.0.0.0",
                "255.255.255.255",
                "168.63.129.16",
                "::",
                "::1",
                "::127.0.0.1",
                "::8.8.8.8",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::ffff:169.254.169.254",
                "::ffff:0:10.0.0.1",
                "::ffff:0:8.8.8.8",
                "64:ff9b::8.8.8.8",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::1",
                "64:ff9b:1:ffff::a9fe:a9fe",
                "100::",
                "100::ffff:ffff:ffff:ffff",
                "2001::1",
                "2001:0:4136:e378:8000:63bf:3fff:fdd2",
                "2001:1::1",
                "2001:2::1",
                "2001:10::1",
                "2001:20::1",
                "2001:1ff:ffff::1",
                "2001:db8::1",
                "2001:db8:ffff::1",
                "2002::1",
                "2002:a9fe:a9fe::1",
                "2002:808:808::1",
                "3fff::1",
                "3fff:fff:ffff::1",
                "5f00::1",
                "4000::1",
                "fc00::1",
                "fd00:ec2::254",
                "fd20:ce::254",
                "fdff:ffff::1",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "feff::1",
                "ff00::1",
                "ff02::1",
                "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
            })
    void nothingButThePublicInternetIsReached(String address) {
        assertThat(PUBLIC_ONLY.refusal(at(address))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0.0.0",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.0",
                "192.0.3.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "203.0.112.255",
                "203.0.114.0",
                "223.255.255.255",
                "168.63.129.15",
                "::ffff:8.8.8.8",
                "2001:200::1",
                "2001:4860:4860::8888",
                "2003::1",
                "2606:4700::1111",
                "2a00:1450::1",
                "3ffe::1"
            })
    void publicAddressesAreReached(String address) {
        assertThat(PUBLIC_ONLY.refusal(at(address))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/16, 10.1.255.255, true",
        "10.1.0.0/16, 10.2.0.0, false",
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.4, false",
        "10.1.0.0/20, 10.1.15.255, true",
        "10.1.0.0/20, 10.1.16.0, false",
        "fd12:3456::/32, fd12:3456:1::1, true",
        "fd12:3456::/32, fd12:3457::1, false",
        "10.0.0.0/8, ::ffff:10.0.0.1, true",
        "0.0.0.0/0, 192.168.1.1, true"
    })
    void listedNetworksAreReached(String network, String address, boolean reached) {
        assertThat(new AddressGuard(List.of(network), false)
                        .refusal(at(address))
                        .isEmpty())
                .isEqualTo(reached);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "169.254.170.2",
                "169.254.1.1",
                "100.100.100.200",
                "192.0.0.192",
                "168.63.129.16",
                "fd00:ec2::254",
                "fd00:ec2::23",
                "fd20:ce::254",
                "fe80::a9fe:a9fe"
            })
    void metadataAddressesAreReachedOnlyWhenListedOneByOne(String address) {
        List<String> wide = List.of(
                "0.0.0.0/0", "::/0", "169.254.0.0/16", "169.254.169.0/24", "100.64.0.0/10", "192.0.0.0/24", "fd00::/8");
        assertThat(new AddressGuard(wide, true).refusal(at(address))).isPresent();
        assertThat(new AddressGuard(List.of(address), false).refusal(at(address)))
                .isEmpty();
        assertThat(new AddressGuard(List.of(address), false).refusal(at("169.254.3.4")))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "64:ff9b::a9fe:a9fe",
                "64:ff9b::10.0.0.1",
                "64:ff9b::127.0.0.1",
                "64:ff9b:1::a9fe:a9fe",
                "2002:a9fe:a9fe::1",
                "2002:a00:1::1",
                "2001:0:1:1:1:1:5601:5601",
                "::169.254.169.254",
                "::ffff:0:10.0.0.1"
            })
    void listingATranslatorListsNothingBehindIt(String address) {
        List<String> translators =
                List.of("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96", "::ffff:0:0:0/96");
        assertThat(new AddressGuard(translators, true).refusal(at(address))).isPresent();
    }

    @Test
    void aListedTranslatorLeadsToPublicAddresses() {
        assertThat(new AddressGuard(List.of("64:ff9b::/96"), false).refusal(at("64:ff9b::8.8.8.8")))
                .isEmpty();
    }

    @Test
    void thisMachineIsReachedWhereItIsAllowedWholly() {
        AddressGuard open = new AddressGuard(List.of(), true);
        assertThat(open.refusal(at("127.0.0.1"))).isEmpty();
        assertThat(open.refusal(at("127.8.9.10"))).isEmpty();
        assertThat(open.refusal(at("::1"))).isEmpty();
        assertThat(open.refusal(at("::ffff:127.0.0.1"))).isEmpty();
        assertThat(open.refusal(at("0.0.0.0"))).isPresent();
        assertThat(open.refusal(at("::"))).isPresent();
        assertThat(open.refusal(at("10.0.0.1"))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.1.2.3/8",
                "fd00::/129",
                "example.org",
                "010.0.0.0/8",
                "0x0a.0.0.0/8",
                "fe80::1%eth0",
                "10.0.0.0/8/8"
            })
    void whatIsNoNetworkIsRefused(String text) {
        assertThatThrownBy(() -> new AddressGuard(List.of(text), false)).isInstanceOf(IllegalArgumentException.class);
    }

    private static InetAddress at(String literal) {
        return InetAddress.ofLiteral(literal);
    }
}
