package dev.millrace.delivery.guard;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses written out, in the one way that everybody reads alike. */
final class Literals {
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile("(" + OCTET + "\\.){3}" + OCTET);
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

    private Literals() {}

    /** No octal, hexadecimal, short or long forms of IPv4, no zones of IPv6; empty for anything but an address. */
    static Optional<InetAddress> address(String text) {
        boolean looksRight = IPV4.matcher(text).matches()
                || (text.indexOf(':') >= 0 && IPV6.matcher(text).matches());
        if (!looksRight) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
