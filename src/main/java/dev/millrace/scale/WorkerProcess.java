package dev.millrace.scale;

import dev.millrace.cluster.OwnProgram;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** Starts worker processes: this program again, with the role worker alone, on the same store. */
final class WorkerProcess {
    private WorkerProcess() {}

    /** One that serves the pool's queues, says what it says where this process does, and ends when this process ends. */
    static Process start(Pool pool) throws IOException {
        List<String> words = new ArrayList<>(OwnProgram.words());
        words.addAll(List.of("start", "--roles", "worker", "--host", "127.0.0.1", "--port", "0"));
        ProcessBuilder builder = new ProcessBuilder(words).inheritIO();
        addSettings(builder.environment(), System.getProperties());
        if (!pool.queues().isEmpty()) {
            builder.environment().put("MILLRACE_WORKER_QUEUES", String.join(",", pool.queues()));
        }
        builder.environment()
                .put("MILLRACE_WORKER_PARENT", "" + ProcessHandle.current().pid());
        return builder.start();
    }

    /** What this process was told on its command line, which the other does not see. */
    static void addSettings(Map<String, String> environment, Properties told) {
        for (String name : told.stringPropertyNames()) {
            boolean passedOn = name.equals("quarkus.config.locations")
                    || (name.startsWith("millrace.")
                            && !name.startsWith("millrace.role.")
                            && !name.startsWith("millrace.worker."));
            if (passedOn) {
                environment.put(variable(name), told.getProperty(name));
            }
        }
    }

    private static String variable(String setting) {
        return setting.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
