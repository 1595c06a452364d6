package dev.millrace.cli;

import picocli.CommandLine.Command;

/** {@code millrace test}: the launcher runs it, since it needs the sources. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        header = "Run the whole test suite; for this, use the launcher in a clone of the repository: ./millrace test")
final class TestCommand implements Runnable {
    @Override
    public void run() {
        throw new Refused("The tests need the sources. In a clone of the repository run: ./millrace test");
    }
}
