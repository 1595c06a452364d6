package dev.millrace.api;

import java.time.Duration;

/** Bounds of what the HTTP API takes. */
final class Limits {
    /** The largest body there is: of a bulk call. */
    static final int LARGEST_BODY = 16 << 20;

    /** Of any other call, beside the payload in it. */
    static final int ENVELOPE = 64 << 10;

    /** Characters of an address. */
    static final int LONGEST_ADDRESS = 8 << 10;

    /** Characters of all headers together. */
    static final int LARGEST_HEADERS = 20 << 10;

    /** Tasks or completions of one bulk call. */
    static final int BULK = 10_000;

    /** The longest time that an answer is held for {@code Prefer: wait}. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private Limits() {}
}
