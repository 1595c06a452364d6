package dev.millrace.delivery.destination;

import dev.millrace.delivery.guard.Targets;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.ArrayList;
import java.util.List;

/** The destinations of this node's configuration, checked at the start. */
@Singleton
@Startup(Interceptor.Priority.PLATFORM_BEFORE)
public class ConfiguredDestinations {
    private final List<Destination> all = new ArrayList<>();

    ConfiguredDestinations(DestinationsConfig config, Targets targets) {
        config.destinations()
                .forEach((name, setting) -> all.add(new SettingReader(name, targets).destination(setting)));
    }

    List<Destination> all() {
        return all;
    }
}
