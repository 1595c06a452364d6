package dev.millrace.cli;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. Exit codes: 0 done, 1 refused, 2 wrong usage, 3 the server cannot be reached. */
@Command(
        name = "millrace",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        header = "Durable background tasks over HTTP.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            StartCommand.class,
            PushCommand.class,
            TasksCommand.class,
            TaskCommand.class,
            LogsCommand.class,
            CancelCommand.class,
            RetryCommand.class,
            RunNowCommand.class,
            DeleteCommand.class,
            ActionsCommand.class,
            DeadLettersCommand.class,
            PurgeCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            QueuesCommand.class,
            QueueCommand.class,
            DestinationsCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            StatusCommand.class,
            HealthCommand.class,
            NodesCommand.class,
            TopCommand.class,
            ConfigCommand.class,
            DoctorCommand.class,
            BackupCommand.class,
            CompletionCommand.class,
            TestCommand.class,
            BuildCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace start",
            "  millrace push mail '{\"type\": \"echo\", \"payload\": {\"to\": \"ada@example.org\"}}'",
            "  millrace status",
            "",
            "Exit codes: 0 done, 1 refused, 2 wrong usage, 3 the server cannot be reached."
        })
@RegisterForReflection(
        targets = {
            Commands.class,
            StartCommand.class,
            PushCommand.class,
            TasksCommand.class,
            TaskCommand.class,
            LogsCommand.class,
            CancelCommand.class,
            RetryCommand.class,
            RunNowCommand.class,
            DeleteCommand.class,
            ActionsCommand.class,
            DeadLettersCommand.class,
            DeadLettersCommand.GroupCommand.class,
            DeadLettersCommand.Retry.class,
            DeadLettersCommand.Delete.class,
            PatchOption.class,
            PatienceOption.class,
            PurgeCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            QueuesCommand.class,
            QueuesCommand.Delete.class,
            QueueCommand.class,
            DestinationsCommand.class,
            DestinationCommand.class,
            DestinationsCommand.Show.class,
            DestinationsCommand.Put.class,
            DestinationsCommand.Delete.class,
            DestinationsCommand.Add.class,
            DestinationsCommand.Drain.class,
            DestinationsCommand.Resume.class,
            DestinationsCommand.Remove.class,
            BackendCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            StatusCommand.class,
            HealthCommand.class,
            HealthCommand.Probe.class,
            NodesCommand.class,
            NodesCommand.Quiet.class,
            NodesCommand.Resume.class,
            NodesCommand.Stop.class,
            TopCommand.class,
            ConfigCommand.class,
            DoctorCommand.class,
            BackupCommand.class,
            CompletionCommand.class,
            TestCommand.class,
            BuildCommand.class,
            ServerCommand.class,
            EachCommand.class,
            ChangeCommand.class,
            QueueChangeCommand.class,
            NodeChangeCommand.class,
            ServerOptions.class,
            ServerOptions.Format.class,
            FilterOptions.class,
            TraitOptions.class,
            States.class,
            ActionsCommand.Verb.class,
            PurgeCommand.What.class,
            CompletionCommand.Shell.class,
            Version.class
        },
        // What picocli itself finds by reflection behind mixinStandardHelpOptions.
        classNames = {"picocli.CommandLine$AutoHelpMixin", "picocli.CommandLine$HelpCommand"})
public final class Commands implements Runnable {
    static final int REFUSED = 1;
    static final int USAGE = 2;
    static final int UNREACHABLE = 3;

    @Spec
    CommandSpec command;

    Commands() {}

    /**
     * Every command.
     *
     * @param server starts one and returns when it runs or stopped
     * @param further commands of other rooms
     */
    public static CommandLine all(ServerStart server, Map<String, String> environment, Object... further) {
        // Figures are written alike on every machine, as the words around them are: this process runs no program of
        // others.
        Locale.setDefault(Locale.ROOT);
        CommandLine all = new CommandLine(new Commands(), new Parts(server, environment));
        for (Object command : further) {
            all.addSubcommand(command);
        }
        return configured(all, environment);
    }

    /** {@code start} alone, which need not wait for the rest to be looked at. */
    public static CommandLine start(ServerStart server, Map<String, String> environment) {
        CommandLine start = new CommandLine(new StartCommand(server), new Parts(server, environment));
        start.setCommandName("millrace start");
        return configured(start, environment);
    }

    @Override
    public void run() {
        throw new ParameterException(command.commandLine(), "Say what to do.");
    }

    private static CommandLine configured(CommandLine line, Map<String, String> environment) {
        // JSON is UTF-8, whatever the locale says: an export that is piped must not lose a letter.
        line.setOut(new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true));
        Terminal terminal = Terminal.of(line.getOut(), line.getErr(), environment);
        return OptionForms.register(line)
                .setColorScheme(CommandLine.Help.defaultColorScheme(terminal.ansi()))
                .setExpandAtFiles(false)
                // picocli's own is found by reflection, which the native executable has not got.
                .registerConverter(Path.class, Path::of)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Commands::wrongUsage)
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command));
    }

    private static int wrongUsage(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("millrace: " + wrong.getMessage());
        if (wrong.getArgSpec() instanceof CommandLine.Model.OptionSpec option) {
            err.println(option.longestName() + ": " + allowed(option));
        }
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err)) {
            err.println("See: " + command.getCommandSpec().qualifiedName() + " --help");
        }
        return USAGE;
    }

    /** What the help says of it. */
    private static String allowed(CommandLine.Model.OptionSpec option) {
        return String.join(" ", option.description())
                .replace("${DEFAULT-VALUE}", String.valueOf(option.defaultValue()));
    }

    private static int failed(Exception failure, CommandLine command) throws Exception {
        int code = switch (failure) {
            case Refused refused -> REFUSED;
            case Unreachable unreachable -> UNREACHABLE;
            default -> throw failure;
        };
        say(failure.getMessage(), command.getErr());
        return code;
    }

    /** Each line of a message to the user says who speaks. */
    static void say(String message, PrintWriter err) {
        message.lines().map(line -> "millrace: " + line).forEach(err::println);
        err.flush();
    }

    /** Makes commands with what they need. */
    private record Parts(ServerStart server, Map<String, String> environment) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> part) throws Exception {
            if (part == StartCommand.class) {
                return part.cast(new StartCommand(server));
            }
            return CommandLine.defaultFactory().create(part);
        }
    }
}
