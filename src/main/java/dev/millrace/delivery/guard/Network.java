package dev.millrace.delivery.guard;

import java.net.InetAddress;

/** A range of addresses. It keeps bytes alone: an {@link InetAddress} cannot be part of a native image. */
final class Network {
    private final byte[] address;
    private final int prefix;

    private Network(byte[] address, int prefix) {
        this.address = address;
        this.prefix = prefix;
    }

    /**
     * @param text an address alone, or {@code ADDRESS/PREFIX} with all later bits zero
     * @throws IllegalArgumentException with a sentence
     */
    static Network parse(String text) {
        int slash = text.indexOf('/');
        byte[] address = Literals.address(slash < 0 ? text : text.substring(0, slash))
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + text + "\" is no network: write it like 10.1.0.0/16, fd12:3456::/32 or 10.1.2.3"))
                .getAddress();
        int bits = address.length * 8;
        int prefix = slash < 0 ? bits : number(text, text.substring(slash + 1), bits);
        for (int bit = prefix; bit < bits; bit++) {
            if (bit(address, bit) != 0) {
                throw new IllegalArgumentException("\"" + text + "\" is no network: bits are set after its prefix");
            }
        }
        return new Network(address, prefix);
    }

    private static int number(String text, String prefix, int most) {
        if (prefix.matches("[0-9]{1,3}") && Integer.parseInt(prefix) <= most) {
            return Integer.parseInt(prefix);
        }
        throw new IllegalArgumentException("\"" + text + "\" is no network: its prefix is 0 to " + most);
    }

    boolean contains(InetAddress other) {
        byte[] theirs = other.getAddress();
        if (address.length != theirs.length) {
            return false;
        }
        int whole = prefix / 8;
        for (int i = 0; i < whole; i++) {
            if (address[i] != theirs[i]) {
                return false;
            }
        }
        int rest = prefix % 8;
        return rest == 0 || ((address[whole] ^ theirs[whole]) & (0xFF << (8 - rest)) & 0xFF) == 0;
    }

    /** Whether it is one address alone. */
    boolean isSingle() {
        return prefix == address.length * 8;
    }

    private static int bit(byte[] bytes, int index) {
        return bytes[index / 8] >> (7 - index % 8) & 1;
    }
}
