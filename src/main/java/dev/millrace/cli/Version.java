package dev.millrace.cli;

import picocli.CommandLine.IVersionProvider;

/** Reads the version from where the build put it. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"millrace " + number()};
    }

    static String number() {
        try (var in = Version.class.getResourceAsStream("/millrace.version")) {
            return in == null
                    ? "unknown"
                    : new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip();
        } catch (java.io.IOException e) {
            return "unknown";
        }
    }
}
