package dev.millrace.cli;

import java.nio.file.Path;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace start}. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        header = "Start a server: on an SQLite file, or with --redis on Redis.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace start",
            "  millrace start --data /var/lib/millrace --port 9000",
            "  millrace start --redis redis://127.0.0.1:6379 --roles worker"
        })
final class StartCommand implements Runnable {
    private final ServerStart server;

    @Spec
    CommandSpec command;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Address to listen on. Default: 127.0.0.1. Any other needs an API key to be configured.")
    String host;

    @Option(names = "--port", description = "Port to listen on, 0 to 65535; 0 for any free one. Default: 8080")
    Integer port;

    @Option(names = "--data", paramLabel = "DIR", description = "Directory of the SQLite store. Default: ./data")
    Path data;

    @Option(names = "--redis", paramLabel = "URL", description = "Use this Redis, like redis://127.0.0.1:6379")
    String redis;

    @Option(
            names = "--roles",
            paramLabel = "ROLE",
            split = ",",
            description = "What this process does: api, worker, dashboard, scheduler. Default: all of them")
    Set<String> roles;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings (.yaml or .properties), besides ./config/application.yaml")
    Path config;

    @Option(
            names = "--exit-when-idle",
            description = "Run the tasks there are, then end: for jobs that an autoscaler starts.")
    boolean exitWhenIdle;

    @Option(
            names = "--max-tasks",
            paramLabel = "N",
            description = "With --exit-when-idle: end after so many tasks at the latest, 1 or more.")
    Long maxTasks;

    @Option(names = "--log-json", description = "Log as JSON, one object a line.")
    boolean jsonLog;

    StartCommand(ServerStart server) {
        this.server = server;
    }

    @Override
    public void run() {
        check(maxTasks == null || exitWhenIdle, "--max-tasks goes with --exit-when-idle.");
        StartOptions.IdleExit idle = exitWhenIdle ? new StartOptions.IdleExit(maxTasks) : null;
        StartOptions options = new StartOptions(host, port, data, redis, roles, config, idle, jsonLog);
        String problem = options.problem().orElse(null);
        check(problem == null, problem);
        server.start(options);
    }

    private void check(boolean fine, String otherwise) {
        if (!fine) {
            throw new ParameterException(command.commandLine(), otherwise);
        }
    }
}
