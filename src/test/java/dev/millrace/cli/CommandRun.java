package dev.millrace.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine;

/**
 * One run of the command line inside the test.
 *
 * @param started what a server would have been started with; null when none would have been
 */
record CommandRun(int code, String out, String err, StartOptions started) {
    static CommandRun of(String... arguments) {
        AtomicReference<StartOptions> started = new AtomicReference<>();
        CommandLine line = Commands.all(started::set, Map.of());
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        int code = line.execute(arguments);
        return new CommandRun(code, out.toString(), err.toString(), started.get());
    }
}
