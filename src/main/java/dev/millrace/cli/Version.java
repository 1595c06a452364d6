package dev.millrace.cli;

import dev.millrace.cluster.OwnProgram;
import picocli.CommandLine.IVersionProvider;

/** Reads the version from where the build put it. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"millrace " + OwnProgram.version()};
    }
}
