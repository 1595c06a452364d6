package dev.millrace.api;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Ids of requests: the caller's own when it is sane, else 16 hexadecimal digits, unique per process and random before. */
final class RequestIds {
    private static final int MAX = 128;

    private final long start = ThreadLocalRandom.current().nextLong();
    private final AtomicLong next = new AtomicLong();

    /**
     * @param given the caller's; null for none
     */
    String of(String given) {
        if (given != null && isSane(given)) {
            return given;
        }
        // An odd multiplier permutes all 64-bit numbers: no two requests of a process get the same.
        return hex((start + next.incrementAndGet()) * 0x9E3779B97F4A7C15L);
    }

    private static String hex(long value) {
        char[] out = new char[16];
        for (int i = 0; i < out.length; i++) {
            out[i] = Character.forDigit((int) (value >>> (60 - 4 * i)) & 15, 16);
        }
        return new String(out);
    }

    private static boolean isSane(String id) {
        if (id.isEmpty() || id.length() > MAX) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean fine =
                    c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || "-_.:".indexOf(c) >= 0;
            if (!fine) {
                return false;
            }
        }
        return true;
    }
}
