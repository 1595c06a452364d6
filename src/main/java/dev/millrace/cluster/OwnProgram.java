package dev.millrace.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** This very program, to be run once more. */
public final class OwnProgram {
    private OwnProgram() {}

    /** Its version, also where it is a part of somebody's application; {@code unknown} when the build did not say. */
    public static String version() {
        try (InputStream in = OwnProgram.class.getResourceAsStream("/millrace.version")) {
            return in == null ? "unknown" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** How this process was started, up to the program's own arguments. */
    public static List<String> words() {
        return words(List.of());
    }

    /** The same for a process that soon ends, with the JVM's options that the launcher gives to such ones. */
    public static List<String> shortLivedWords() {
        return words(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    }

    private static List<String> words(List<String> options) {
        String executable = ProcessHandle.current().info().command().orElseThrow();
        List<String> words = new ArrayList<>(List.of(executable));
        if (System.getProperty("org.graalvm.nativeimage.imagecode") == null) {
            Path jar = Path.of(System.getProperty("java.class.path")).toAbsolutePath();
            Path cache = jar.resolveSibling("server.aot");
            if (Files.exists(cache)) {
                words.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:aot*=off", "-Xlog:cds*=off"));
            }
            words.addAll(options);
            words.addAll(List.of("-jar", jar.toString()));
        }
        return words;
    }
}
