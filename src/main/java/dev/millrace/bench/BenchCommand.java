package dev.millrace.bench;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace bench}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        header = "Measure how fast tasks go through a store of this machine.",
        description = {
            "Inside this process, on a scratch store, with everything on: enqueues tasks that do nothing through the batch"
                    + " door, then leases, runs and completes them all; then takes the time from submission to start at a"
                    + " steady rate; and runs the bare loop of the same store through the same client.",
        },
        footerHeading = "%nExamples:%n",
        footer = {"  millrace bench", "  millrace bench --store redis --output json"})
@RegisterForReflection
public final class BenchCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int STARTS = 20;
    private static final int ROUNDS = 60;

    @Spec
    CommandSpec command;

    @Option(names = "--store", defaultValue = "sqlite", description = "sqlite or redis. Default: ${DEFAULT-VALUE}")
    Plan.Store store;

    @Option(
            names = "--redis",
            paramLabel = "URL",
            description =
                    "The Redis to measure on; everything lies under a scratch prefix. Without it a redis-server is"
                            + " started for the time of the bench.")
    String redis;

    @Option(names = "--tasks", paramLabel = "N", defaultValue = "200000", description = "Default: ${DEFAULT-VALUE}")
    int tasks;

    @Option(
            names = "--batch",
            paramLabel = "B",
            defaultValue = "500",
            description = "Tasks submitted, leased and completed at a time, 1 to 500. Default: ${DEFAULT-VALUE}")
    int batch;

    @Option(
            names = "--payload",
            paramLabel = "BYTES",
            defaultValue = "100",
            description = "Bytes of payload a task, 8 to 262144. Default: ${DEFAULT-VALUE}")
    int payload;

    @Option(
            names = "--rate",
            paramLabel = "R",
            defaultValue = "1000",
            description = "Tasks a second for the latency; 0 leaves it out. Default: ${DEFAULT-VALUE}")
    int rate;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "10",
            description = "How long the latency is taken for. Default: ${DEFAULT-VALUE}")
    int seconds;

    @Option(
            names = "--backlog",
            paramLabel = "M",
            description = "Also what each operation takes with M tasks waiting, beside the same with 1000.")
    int backlog;

    @Option(
            names = "--http",
            description =
                    "Through the HTTP API instead: single tasks, each durable before its answer, beside an endpoint"
                            + " that does nothing; then batches.")
    boolean http;

    @Option(
            names = "--start",
            description =
                    "Instead: how long it takes from the start of a process until its first task is done, and how much"
                            + " memory a server takes.")
    boolean start;

    @Option(
            names = "--runs",
            paramLabel = "N",
            description = "With --start: processes to start, 1 to 1000. Default: 20. With --pages: rounds. Default: 60")
    Integer runs;

    @Option(
            names = "--push",
            description =
                    "Tasks pushed over HTTP to a backend in this process, beside a load generator that sends it the"
                            + " same. Starts a server of its own.")
    boolean push;

    @Option(
            names = "--pages",
            paramLabel = "M",
            arity = "0..1",
            fallbackValue = "1000000",
            description =
                    "Instead: what every page of the dashboard takes with M tasks of 20 queues in the store. Default:"
                            + " 1000000. Starts a server of its own.")
    int pages;

    @Option(
            names = "--destinations",
            paramLabel = "D",
            defaultValue = "1",
            description =
                    "With --push: also the same tasks spread over D destinations, 1 to 10000. Default: ${DEFAULT-VALUE}")
    int destinations;

    @Option(
            names = "--connections",
            paramLabel = "C",
            defaultValue = "64",
            description = "With --http: keep-alive connections, 1 to 1024. Default: ${DEFAULT-VALUE}")
    int connections;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "With --http: the server to measure. Without it one is started for the time of the bench.")
    URI server;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            defaultValue = "${env:MILLRACE_KEY}",
            description = "With --server: an API key that may submit and work (environment: MILLRACE_KEY).")
    String key;

    @Option(names = "--output", paramLabel = "table|json", defaultValue = "table", description = "Default: table")
    Output output;

    /** How to print. */
    enum Output {
        TABLE,
        JSON
    }

    @Override
    public Integer call() {
        Plan plan = plan();
        try (Scratch scratch = new Scratch()) {
            print(measure(plan, scratch));
            return 0;
        } catch (Exception e) {
            command.commandLine().getErr().println("millrace: the bench failed: " + e.getMessage());
            return FAILED;
        }
    }

    private Report measure(Plan plan, Scratch scratch) throws Exception {
        if (start) {
            return starts(plan, scratch);
        }
        if (pages > 0) {
            PagesMeasurement.Size size = new PagesMeasurement.Size(pages, runs == null ? ROUNDS : runs);
            return PagesMeasurement.of(plan, scratch, size, live());
        }
        if (push) {
            try (ServerProcess started = server(plan, scratch)) {
                return PushMeasurement.of(plan, scratch, started, destinations);
            }
        }
        return http ? overHttp(plan, scratch) : inProcess(plan, scratch);
    }

    private static ServerProcess server(Plan plan, Scratch scratch) throws IOException {
        String address = plan.store() == Plan.Store.REDIS ? scratch.redis(plan.redis()) : null;
        return ServerProcess.start(scratch.directory(), address, scratch.key());
    }

    private Report inProcess(Plan plan, Scratch scratch) throws Exception {
        Measurement measurement = new Measurement(plan, scratch, live());
        Report report = measurement.throughputAndLatency();
        return backlog == 0 ? report : report.section("backlog", measurement.backlog(backlog));
    }

    private Report starts(Plan plan, Scratch scratch) throws Exception {
        String address = plan.store() == Plan.Store.REDIS ? scratch.redis(plan.redis()) : null;
        return new StartMeasurement(plan, scratch)
                .run(runs == null ? STARTS : runs)
                .section("residentBytes", MemoryMeasurement.of(scratch, address));
    }

    private Report overHttp(Plan plan, Scratch scratch) throws Exception {
        if (server != null) {
            return HttpMeasurement.of(plan, scratch, server, key, connections);
        }
        try (ServerProcess started = server(plan, scratch)) {
            return HttpMeasurement.of(plan, scratch, started.address(), null, connections);
        }
    }

    /** The launcher says which streams are terminals; without it the console does. */
    private static boolean live() {
        String streams = System.getProperty("cli.terminal");
        return streams == null ? System.console() != null && System.console().isTerminal() : streams.contains("err");
    }

    private Plan plan() {
        within("--tasks", tasks, 1, 100_000_000);
        within("--batch", batch, 1, 500);
        within("--payload", payload, Load.SMALLEST, 256 << 10);
        within("--rate", rate, 0, 100_000);
        within("--seconds", seconds, 1, 90);
        within("--runs", runs == null ? 1 : runs, 1, 1000);
        within("--connections", connections, 1, 1024);
        within("--destinations", destinations, 1, 10_000);
        within("--backlog", backlog, 0, 100_000_000);
        within("--pages", pages, 0, 100_000_000);
        return new Plan(store, redis, tasks, batch, payload, rate, Duration.ofSeconds(seconds));
    }

    private void within(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ParameterException(
                    command.commandLine(), option + " must be " + least + " to " + most + ", not " + value);
        }
    }

    private void print(Report report) {
        PrintWriter out = command.commandLine().getOut();
        if (output == Output.JSON) {
            out.println(report.json());
            out.flush();
        } else {
            report.table(out);
        }
    }
}
