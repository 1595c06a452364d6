package dev.millrace.delivery.destination;

import dev.millrace.delivery.guard.AddressGuard;
import dev.millrace.delivery.guard.Targets;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;

/** Destinations as they come out of settings. */
public final class Configured {
    private Configured() {}

    /** Targets of this machine alone. */
    public static Targets targets() {
        return new Targets(new AddressGuard(List.of(), true), List.of("1024-65535"));
    }

    public static List<Destination> destinations(Map<String, String> settings) {
        DestinationsConfig config = new SmallRyeConfigBuilder()
                .withMapping(DestinationsConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(DestinationsConfig.class);
        return new ConfiguredDestinations(config, targets()).all();
    }
}
