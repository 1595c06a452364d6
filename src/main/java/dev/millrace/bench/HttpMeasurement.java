package dev.millrace.bench;

import dev.millrace.bench.HttpLoad.Answers;
import dev.millrace.bench.HttpLoad.Request;
import java.net.URI;
import java.util.Locale;

/** The same through the HTTP API of a server: in batches, one by one, and beside an endpoint that does nothing. */
final class HttpMeasurement {
    private static final int WARM_UP = 40_000;
    private static final int ROUNDS = 3;
    private static final int BULK_CONNECTIONS = 4;
    /** The least that the server answers with: one constant line. */
    private static final Request EMPTY = new Request("GET", "/q/health/live", null, null);

    private final HttpLoad load;
    private final Target target;
    private final Plan plan;
    private final HttpLoad bulk;

    /**
     * @param key API key; null for none
     */
    record Target(URI server, String queue, String key, int connections) {}

    HttpMeasurement(Scratch scratch, Target target, Plan plan) {
        this.target = target;
        this.plan = plan;
        this.load = new HttpLoad(scratch.vertx(), target.server(), target.connections());
        this.bulk = new HttpLoad(scratch.vertx(), target.server(), BULK_CONNECTIONS);
    }

    static Report of(Plan plan, Scratch scratch, URI server, String key, int connections) throws Exception {
        Report report = new Report().put("store", plan.store().name().toLowerCase(Locale.ROOT));
        Target target = new Target(server, scratch.key(), key, connections);
        return new HttpMeasurement(scratch, target, plan).run(report);
    }

    private Report run(Report report) throws Exception {
        singles(WARM_UP);
        empty(WARM_UP);
        report.put("tasks", plan.tasks())
                .put("batch", plan.batch())
                .put("payloadBytes", plan.payload())
                .put("connections", target.connections());
        oneByOne(report);
        Rates rates = inBatches();
        return report.perSecond("enqueuePerSecond", rates.enqueuePerSecond())
                .perSecond("processPerSecond", rates.processPerSecond())
                .perSecond("bothPerSecond", rates.bothPerSecond());
    }

    /** In turns, so that whatever else the machine does falls on both. */
    private void oneByOne(Report report) throws Exception {
        int share = Math.max(target.connections(), plan.tasks() / ROUNDS);
        double emptySeconds = 0;
        double singleSeconds = 0;
        Answers last = null;
        for (int round = 0; round < ROUNDS; round++) {
            emptySeconds += share / empty(share).perSecond();
            last = singles(share);
            singleSeconds += share / last.perSecond();
        }
        report.put("requests", ROUNDS * share)
                .perSecond("emptyPerSecond", ROUNDS * share / emptySeconds)
                .perSecond("singlePerSecond", ROUNDS * share / singleSeconds)
                .ratio("ratioToEmpty", emptySeconds / singleSeconds)
                .section("singleMs", Report.latency(last.answered()));
    }

    private Answers empty(int count) throws Exception {
        return load.send(EMPTY, count, 200);
    }

    private Answers singles(int count) throws Exception {
        return load.send(post("tasks", task()), count, 201);
    }

    /** Leases whatever the single ones left as well, so that all that is counted was enqueued in batches or taken out. */
    private Rates inBatches() throws Exception {
        HttpWorker worker = new HttpWorker(target.server(), target.queue(), target.key(), plan.batch());
        worker.process(WARM_UP);
        int calls = Math.ceilDiv(plan.tasks(), plan.batch());
        String array = "[" + (task() + ",").repeat(plan.batch() - 1) + task() + "]";
        long start = System.nanoTime();
        bulk.send(post("tasks/bulk", array), calls, 200);
        long enqueued = System.nanoTime() - start;
        int tasks = calls * plan.batch();
        return new Rates(tasks, enqueued, worker.process(tasks));
    }

    private Request post(String what, String body) {
        return new Request("POST", "/api/v1/queues/" + target.queue() + "/" + what, body, target.key());
    }

    private String task() {
        String payload = "1".repeat(Math.max(Load.SMALLEST, plan.payload()));
        return "{\"type\":\"" + Load.TYPE + "\",\"payload\":" + payload + "}";
    }
}
