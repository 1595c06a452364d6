package dev.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs as a container would, of what the system has itself: a root that cannot be written to, with this machine's
 * libraries, an /app, a JVM where images have theirs, a /tmp of its own from which nothing can be run, and a /data; and the
 * user that the image names.
 */
final class Container {
    private static final String JAVA_HOME = "/opt/java/openjdk";
    private static final String ENTER = """
            set -e
            root=$1 app=$2 data=$3 jdk=$4 user=$5 mode=$6
            shift 6
            mount -t tmpfs -o mode=0755 none "$root"
            mkdir -p "$root"/{usr,proc,dev,etc,tmp,data,app,opt/java/openjdk}
            for link in bin lib lib64 sbin; do ln -s "usr/$link" "$root/$link"; done
            mount --rbind /usr "$root/usr"
            mount --rbind /proc "$root/proc"
            mount --rbind /dev "$root/dev"
            mount --bind "$jdk" "$root$JAVA_HOME"
            mount --bind "$app" "$root/app"
            mount -o "remount,$mode,bind" "$root/app"
            mount --bind "$data" "$root/data"
            tmp=mode=1777
            [[ $mode == rw ]] || tmp+=,noexec,nosuid,nodev
            mount -t tmpfs -o "$tmp" none "$root/tmp"
            mount -o remount,ro none "$root"
            exec chroot --userspec="$user" "$root" "$@"
            """;

    private final Path root;
    private final Path app;
    private final Path data;

    /**
     * @param app what is at /app
     * @param data what is at /data
     */
    Container(Path directory, Path app, Path data) throws IOException {
        assertThat(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
                .as(
                        "Images are tried with mounts of their own and as another user, which only root may: run this test as root")
                .isEqualTo(0);
        this.root = Files.createDirectory(directory.resolve("root"));
        this.app = app;
        this.data = data;
    }

    /** With /app as the image has it. */
    ProcessBuilder run(String user, String workdir, Map<String, String> environment, List<String> words) {
        return enter("ro", user, workdir, environment, words);
    }

    /** As root, with an /app that can still be written to: a step of the build. */
    ProcessBuilder build(List<String> words) {
        return enter("rw", "0:0", "/tmp", Map.of(), words);
    }

    private ProcessBuilder enter(
            String mode, String user, String workdir, Map<String, String> environment, List<String> words) {
        List<String> line = new ArrayList<>(List.of(
                "unshare",
                "--mount",
                "--propagation",
                "private",
                "env",
                "JAVA_HOME=" + JAVA_HOME,
                "bash",
                "-c",
                ENTER));
        line.addAll(List.of("enter", "" + root, "" + app, "" + data, System.getProperty("java.home"), user, mode));
        line.addAll(List.of("/usr/bin/env", "-i", "-C", workdir));
        line.add("PATH=" + JAVA_HOME + "/bin:/usr/bin:/bin");
        line.add("JAVA_HOME=" + JAVA_HOME);
        environment.forEach((name, value) -> line.add(name + "=" + value));
        line.addAll(words);
        return new ProcessBuilder(line).redirectErrorStream(true);
    }

    /** To its end; what it said. */
    static String finish(ProcessBuilder builder, Path log) throws IOException, InterruptedException {
        Process process = builder.redirectOutput(log.toFile()).start();
        boolean ended = process.waitFor(300, TimeUnit.SECONDS);
        process.destroyForcibly();
        String said = Files.readString(log);
        if (!ended || process.exitValue() != 0) {
            throw new AssertionError(builder.command() + " failed: " + said);
        }
        return said;
    }
}
