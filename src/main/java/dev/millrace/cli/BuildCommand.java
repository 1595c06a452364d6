package dev.millrace.cli;

import picocli.CommandLine.Command;

/** {@code millrace build}: the launcher does it, since it needs the sources. */
@Command(
        name = "build",
        mixinStandardHelpOptions = true,
        header = "Build Millrace; for this, use the launcher in a clone of the repository: ./millrace build")
final class BuildCommand implements Runnable {
    @Override
    public void run() {
        throw new Refused("To build needs the sources. In a clone of the repository run: ./millrace build");
    }
}
