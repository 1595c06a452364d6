package dev.millrace.monitor;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;
import java.util.function.ToDoubleFunction;

/** Counts what Millrace itself says of things that go wrong: no fault is logged that metrics do not show as well. */
@Singleton
class LogMetrics implements MeterBinder {
    private final NodeLog log;

    LogMetrics(NodeLog log) {
        this.log = log;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        lines("warn", NodeLog::warnings, registry);
        lines("error", NodeLog::errors, registry);
    }

    private void lines(String level, ToDoubleFunction<NodeLog> count, MeterRegistry registry) {
        FunctionCounter.builder("millrace.log.lines", log, count)
                .description("Lines of Millrace's own in the log of this process, by level")
                .tag("level", level)
                .register(registry);
    }
}
