package dev.millrace.bench;

import dev.millrace.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/** A run of the bench inside this process. */
final class Measurement {
    private static final int WARM_UP_TASKS = 50_000;
    private static final int FEW = 1_000;

    private final Plan plan;
    private final Scratch scratch;
    private final boolean live;
    private final Load load;
    private final String redis;
    private final RedisProbe probe;

    /**
     * @param live progress may be drawn
     */
    Measurement(Plan plan, Scratch scratch, boolean live) {
        this.plan = plan;
        this.scratch = scratch;
        this.live = live;
        this.load = new Load(plan.payload());
        this.redis = plan.store() == Plan.Store.REDIS ? scratch.redis(plan.redis()) : null;
        this.probe = redis == null ? null : scratch.probe(redis);
    }

    Report throughputAndLatency() throws Exception {
        Report report = new Report()
                .put("store", plan.store().name().toLowerCase(Locale.ROOT))
                .put("tasks", plan.tasks())
                .put("batch", plan.batch())
                .put("payloadBytes", plan.payload());
        run(WARM_UP_TASKS, "warm up", new Report());
        Rates ours = run(plan.tasks(), "tasks", report);
        report.perSecond("enqueuePerSecond", ours.enqueuePerSecond())
                .perSecond("processPerSecond", ours.processPerSecond())
                .perSecond("bothPerSecond", ours.bothPerSecond());
        bare(ours, report);
        if (plan.rate() > 0) {
            report.put("ratePerSecond", plan.rate()).section("latencyMs", Report.latency(latency()));
        }
        if (probe != null) {
            memory(report);
        }
        return report.put(
                "residentBytes", Machine.residentBytes(ProcessHandle.current().pid()));
    }

    /** The same operations with few and with many tasks waiting. */
    Report backlog(int many) throws Exception {
        Map<String, Double> small = backlogOf(FEW);
        Map<String, Double> large = backlogOf(many);
        Report report = new Report().put("tasks", many);
        large.forEach((operation, micros) -> report.section(
                operation,
                new Report()
                        .put("microsAt" + FEW, small.get(operation))
                        .put("micros", micros)
                        .ratio("ratio", micros / small.get(operation))));
        return report;
    }

    private Map<String, Double> backlogOf(int waiting) throws Exception {
        try (Storage storage = scratch.store(redis)) {
            return new Backlog(new Rig(storage), plan.batch(), load).run(waiting);
        }
    }

    private Rates run(int tasks, String what, Report report) throws Exception {
        try (Storage storage = scratch.store(redis);
                Upkeep _ = new Upkeep(storage);
                Progress progress = new Progress(what, 2L * tasks, live)) {
            double own = Machine.cpuSeconds();
            double redisCpu = probe == null ? 0 : probe.cpuSeconds();
            Rates rates = new Throughput(new Rig(storage), plan.batch(), load, progress).run(tasks, () -> {});
            report.ratio("cpuMicrosPerTask", (Machine.cpuSeconds() - own) * 1e6 / tasks);
            if (probe != null) {
                report.ratio("redisCpuMicrosPerTask", (probe.cpuSeconds() - redisCpu) * 1e6 / tasks);
            }
            return rates;
        }
    }

    /** Fewer tasks than a queue keeps, so that what stays is that of all of them. */
    private void memory(Report report) throws Exception {
        try (Storage storage = scratch.store(redis);
                Progress silent = new Progress("memory", 2L * WARM_UP_TASKS, false)) {
            long before = probe.usedMemory();
            AtomicLong waiting = new AtomicLong();
            new Throughput(new Rig(storage), plan.batch(), load, silent)
                    .run(WARM_UP_TASKS, () -> waiting.set(probe.usedMemory() - before));
            report.put("redisBytesPerWaiting", waiting.get() / WARM_UP_TASKS)
                    .put("redisBytesPerFinished", (probe.usedMemory() - before) / WARM_UP_TASKS);
        }
    }

    private void bare(Rates ours, Report report) throws IOException {
        Bare bare = probe != null
                ? new BareRedis(probe, scratch.key())
                : new BareSqlite(
                        Files.createTempDirectory(scratch.directory(), "bare").resolve("bare.db"));
        Rates rates = bare.run(plan.tasks(), plan.payload());
        report.put("bareBatch", Bare.BATCH)
                .perSecond("bareEnqueuePerSecond", rates.enqueuePerSecond())
                .perSecond("bareProcessPerSecond", rates.processPerSecond())
                .perSecond("barePerSecond", rates.bothPerSecond())
                .ratio("ratioToBare", ours.bothPerSecond() / rates.bothPerSecond());
    }

    private Histogram latency() throws Exception {
        try (Storage storage = scratch.store(redis);
                Upkeep _ = new Upkeep(storage)) {
            return new Latency(new Rig(storage), load, plan.batch()).run(plan.rate(), plan.steady());
        }
    }
}
