package dev.millrace.storage.redis;

/** The flags of a record; the numbers are keys.lua's. */
final class Flags {
    static final int HISTORY = 8;
    /** The history kept is up to date with the present state. */
    static final int LOGGED = 16;
    /** It became ready by being due, which the history kept does not say yet. */
    static final int WAS_DUE = 32;

    static final int RESULT = 64;
    static final int ERROR = 128;
    static final int PROGRESS = 256;
    static final int LOG = 512;
    static final int OVERRIDE = 1024;
    static final int AWAITED = 2048;
    static final int NAMED = 4096;
    static final int OWN_KEEP = 8192;
    static final int UNIQUE = 16_384;
    static final int EXPIRES = 32_768;

    private Flags() {}
}
