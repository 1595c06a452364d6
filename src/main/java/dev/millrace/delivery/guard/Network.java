package dev.millrace.delivery.guard;

import java.net.InetAddress;

/**
 * A range of addresses.
 *
 * @param prefix how many leading bits stand: 0 to 32, or to 128
 */
record Network(InetAddress address, int prefix) {
    /**
     * @param text an address alone, or {@code ADDRESS/PREFIX} with all later bits zero
     * @throws IllegalArgumentException with a sentence
     */
    static Network parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = Literals.address(slash < 0 ? text : text.substring(0, slash))
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + text + "\" is no network: write it like 10.1.0.0/16, fd12:3456::/32 or 10.1.2.3"));
        int bits = address.getAddress().length * 8;
        int prefix = slash < 0 ? bits : number(text, text.substring(slash + 1), bits);
        Network network = new Network(address, prefix);
        for (int bit = prefix; bit < bits; bit++) {
            if (bit(address.getAddress(), bit) != 0) {
                throw new IllegalArgumentException("\"" + text + "\" is no network: bits are set after its prefix");
            }
        }
        return network;
    }

    private static int number(String text, String prefix, int most) {
        if (prefix.matches("[0-9]{1,3}") && Integer.parseInt(prefix) <= most) {
            return Integer.parseInt(prefix);
        }
        throw new IllegalArgumentException("\"" + text + "\" is no network: its prefix is 0 to " + most);
    }

    boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        int whole = prefix / 8;
        for (int i = 0; i < whole; i++) {
            if (mine[i] != theirs[i]) {
                return false;
            }
        }
        int rest = prefix % 8;
        return rest == 0 || ((mine[whole] ^ theirs[whole]) & (0xFF << (8 - rest)) & 0xFF) == 0;
    }

    /** Whether it is one address alone. */
    boolean isSingle() {
        return prefix == address.getAddress().length * 8;
    }

    private static int bit(byte[] bytes, int index) {
        return bytes[index / 8] >> (7 - index % 8) & 1;
    }
}
