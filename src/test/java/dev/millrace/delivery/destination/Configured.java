package dev.millrace.delivery.destination;

import dev.millrace.delivery.guard.AddressGuard;
import dev.millrace.delivery.guard.Targets;
import io.smallrye.config.EnvConfigSource;
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
        return read(new SmallRyeConfigBuilder().withDefaultValues(settings));
    }

    static List<Destination> ofEnvironment(Map<String, String> variables) {
        return read(new SmallRyeConfigBuilder().withSources(new EnvConfigSource(variables, 300)));
    }

    private static List<Destination> read(SmallRyeConfigBuilder builder) {
        DestinationsConfig config =
                builder.withMapping(DestinationsConfig.class).build().getConfigMapping(DestinationsConfig.class);
        return new ConfiguredDestinations(config, targets()).all();
    }
}
