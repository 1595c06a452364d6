package dev.millrace.delivery.guard;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is not the public Internet, after the registries of IANA for special addresses. The predicates of
 * {@link InetAddress} know a small part of it.
 */
final class SpecialRanges {
    private static final Map<String, List<Network>> IPV4 = new LinkedHashMap<>();
    private static final Map<String, List<Network>> IPV6 = new LinkedHashMap<>();
    /** Of IPv6, only this has been given out as public. */
    private static final Network GLOBAL = Network.parse("2000::/3");
    /** Credentials of whole clouds lie behind these. Link-local ones are all meant. */
    private static final List<Network> METADATA = networks(
            "169.254.0.0/16",
            "100.100.100.200",
            "192.0.0.192",
            "168.63.129.16",
            "fd00:ec2::/32",
            "fd20:ce::254",
            "fe80::/10");

    private static final Network NAT64 = Network.parse("64:ff9b::/96");
    private static final Network NAT64_LOCAL = Network.parse("64:ff9b:1::/48");
    private static final Network SIX_TO_FOUR = Network.parse("2002::/16");
    private static final Network TEREDO = Network.parse("2001::/32");
    private static final Network COMPATIBLE = Network.parse("::/96");
    private static final Network TRANSLATED = Network.parse("::ffff:0:0:0/96");

    static {
        IPV4.put("this host", networks("0.0.0.0/8"));
        IPV4.put("private", networks("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"));
        IPV4.put("shared by carriers", networks("100.64.0.0/10"));
        IPV4.put("loopback", networks("127.0.0.0/8"));
        IPV4.put("link-local", networks("169.254.0.0/16"));
        IPV4.put("for protocols", networks("192.0.0.0/24", "192.88.99.0/24"));
        IPV4.put("for documentation", networks("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"));
        IPV4.put("for benchmarks", networks("198.18.0.0/15"));
        IPV4.put("multicast", networks("224.0.0.0/4"));
        IPV4.put("reserved", networks("240.0.0.0/4"));
        IPV6.put("loopback", networks("::1"));
        IPV6.put("private", networks("fc00::/7", "fec0::/10"));
        IPV6.put("link-local", networks("fe80::/10"));
        IPV6.put("multicast", networks("ff00::/8"));
        IPV6.put("a wrapped IPv4 address", networks("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"));
        IPV6.put("for protocols", networks("2001::/23"));
        IPV6.put("for documentation", networks("2001:db8::/32", "3fff::/20"));
    }

    private SpecialRanges() {}

    private static List<Network> networks(String... texts) {
        return List.of(texts).stream().map(Network::parse).toList();
    }

    /** What the address is when it is not public; empty when it is. */
    static Optional<String> nameOf(InetAddress address) {
        for (Map.Entry<String, List<Network>> range : (address instanceof Inet4Address ? IPV4 : IPV6).entrySet()) {
            if (range.getValue().stream().anyMatch(network -> network.contains(address))) {
                return Optional.of(range.getKey());
            }
        }
        boolean reserved = address instanceof Inet6Address && !GLOBAL.contains(address);
        return reserved ? Optional.of("reserved") : Optional.empty();
    }

    static boolean isMetadata(InetAddress address) {
        return METADATA.stream().anyMatch(network -> network.contains(address));
    }

    /** The IPv4 address that an IPv6 address leads to through a translator or tunnel; empty without one. */
    static Optional<InetAddress> wrapped(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (!(address instanceof Inet6Address)) {
            return Optional.empty();
        }
        if (NAT64.contains(address) || TRANSLATED.contains(address) || NAT64_LOCAL.contains(address)) {
            return Optional.of(ipv4(bytes, 12, 0));
        }
        if (SIX_TO_FOUR.contains(address)) {
            return Optional.of(ipv4(bytes, 2, 0));
        }
        if (TEREDO.contains(address)) {
            return Optional.of(ipv4(bytes, 12, 0xFF));
        }
        boolean compatible =
                COMPATIBLE.contains(address) && !address.isLoopbackAddress() && !address.isAnyLocalAddress();
        return compatible ? Optional.of(ipv4(bytes, 12, 0)) : Optional.empty();
    }

    private static InetAddress ipv4(byte[] bytes, int at, int mask) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            text.append(i == 0 ? "" : ".").append((bytes[at + i] ^ mask) & 0xFF);
        }
        return InetAddress.ofLiteral(text.toString());
    }
}
