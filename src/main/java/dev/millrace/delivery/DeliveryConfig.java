package dev.millrace.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How tasks are pushed over HTTP, and where to. */
@ConfigMapping(prefix = "millrace.delivery")
public interface DeliveryConfig {
    /** Networks that may be reached besides public addresses, such as 10.1.0.0/16. Metadata addresses one by one. */
    Optional<List<String>> allow();

    /** Whether this machine itself may be reached. If absent: while this process listens on loopback only. */
    Optional<Boolean> loopback();

    /** Ports that may be reached: single ones and ranges. */
    @WithDefault("80,443,1024-65535")
    List<String> ports();

    /** DNS server to ask for names, IP or IP:PORT, in place of the system's own ways. */
    Optional<String> dns();

    /**
     * Keys that signing secrets are encrypted with in the store, 32 bytes each in base64: the first encrypts, all decrypt.
     * If absent they lie there as they are.
     */
    Optional<List<String>> secretKeys();

    /** Connections to one backend, 1 to 10,000. What comes above that waits for one. */
    @WithDefault("256")
    int connections();

    /** Connections that nobody used for this long are closed, PT1S to PT10M. */
    @WithDefault("PT15S")
    Duration idle();
}
