package dev.millrace;

import dev.millrace.bench.BenchCommand;
import dev.millrace.bench.Rehearsal;
import dev.millrace.cli.Commands;
import dev.millrace.cli.QuickStart;
import dev.millrace.cli.StartOptions;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/** The command line. Only {@code start} starts Quarkus; every other command is a client of a server. */
@QuarkusMain
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        if (args.length == 0 && LaunchMode.current() == LaunchMode.DEVELOPMENT) {
            Quarkus.run();
            return;
        }
        int code = execute(args, System.getenv());
        if (code != 0 || !starts(args)) {
            System.exit(code);
        }
    }

    private static int execute(String[] args, Map<String, String> environment) {
        if (starts(args)) {
            String[] rest = Arrays.copyOfRange(args, 1, args.length);
            Optional<StartOptions> quick = QuickStart.of(rest);
            if (quick.isEmpty()) {
                return Commands.start(Main::start, environment).execute(rest);
            }
            start(quick.get());
            return 0;
        }
        CommandLine commands = Commands.all(Main::start, environment, new BenchCommand());
        return commands.execute(args);
    }

    private static boolean starts(String[] args) {
        return args.length > 0 && args[0].equals("start");
    }

    private static void start(StartOptions options) {
        // An address that is none is answered by our own problem document, not by an empty 400 of the framework's.
        System.setProperty("vertx.disableURIValidation", "true");
        Rehearsal.play();
        StartSettings.of(options).forEach(System::setProperty);
        Quarkus.run(null, StartFailure::exit);
    }
}
