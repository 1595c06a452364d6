package dev.millrace.worker;

import dev.millrace.queue.PayloadConfig;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.List;

/** Makes workers as configuration has them. */
@Singleton
public class Workers {
    private final WorkerStore store;
    private final Handlers handlers;
    private final WorkerConfig config;
    private final PayloadConfig results;
    private final List<Courier> couriers;

    Workers(
            WorkerStore store,
            Handlers handlers,
            WorkerConfig config,
            PayloadConfig results,
            @All List<Courier> couriers) {
        this.store = store;
        this.handlers = handlers;
        this.config = config;
        this.results = results;
        this.couriers = couriers;
    }

    /**
     * A new one, not started.
     *
     * @param name in leases and histories, at most 128 characters; unique among the workers that run
     */
    public Worker named(String name) {
        return new Worker(
                store,
                handlers,
                WorkerSettings.of(config, results, name),
                couriers.stream().findFirst());
    }
}
