package dev.millrace.cluster;

import java.time.Duration;

/** Knows how right this machine's clock is. */
@FunctionalInterface
public interface ClockOffset {
    /** How far it is ahead of the store's, negative when behind; no call of the store. */
    Duration now();
}
