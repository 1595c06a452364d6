package dev.millrace.queue;

/**
 * What all nodes on one store share and nobody else knows; signs lease tokens and cursors.
 *
 * @param bytes 32 random bytes
 */
public record StoreSecret(byte[] bytes) {
    /** Never shows itself. */
    @Override
    public String toString() {
        return "StoreSecret";
    }
}
