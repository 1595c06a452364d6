package dev.millrace.bench;

import dev.millrace.cluster.OwnProgram;
import dev.millrace.queue.Submission;
import dev.millrace.queue.TaskDraft;
import dev.millrace.queue.TaskOptions;
import dev.millrace.storage.Storage;
import dev.millrace.storage.Storages;
import dev.millrace.storage.StoreSettings;
import dev.millrace.task.Marks;
import dev.millrace.task.Payload;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How long it takes from the start of a process until the first task is done: a task waits in the store, this program is
 * started, runs it and ends, and the store says when the task ended. With all roles on SQLite, as a worker on Redis.
 */
final class StartMeasurement {
    private static final long LONGEST_SECONDS = 60;

    private final Plan plan;
    private final Scratch scratch;
    private final String redis;
    private int starts;

    StartMeasurement(Plan plan, Scratch scratch) {
        this.plan = plan;
        this.scratch = scratch;
        this.redis = plan.store() == Plan.Store.REDIS ? scratch.redis(plan.redis()) : null;
    }

    Report run(int runs) throws Exception {
        Map<String, List<String>> programs = programs();
        Map<String, Histogram> taken = new LinkedHashMap<>();
        programs.keySet().forEach(name -> taken.put(name, new Histogram(3)));
        // In turns, so that whatever else the machine does falls on all of them. The first round warms its disk caches.
        for (int run = 0; run <= runs; run++) {
            for (Map.Entry<String, List<String>> program : programs.entrySet()) {
                long nanos = once(program.getKey() + run, program.getValue());
                if (run > 0) {
                    taken.get(program.getKey()).recordValue(nanos);
                }
            }
        }
        Report report = new Report()
                .put("store", plan.store().name().toLowerCase(Locale.ROOT))
                .put("runs", runs);
        taken.forEach((name, nanos) -> report.section("startToDoneMs." + name, Report.starts(nanos)));
        return report;
    }

    /** This very program by what it is started with: as it is, and a JVM's also without its cache. */
    private static Map<String, List<String>> programs() {
        List<String> words = OwnProgram.shortLivedWords();
        Map<String, List<String>> programs = new LinkedHashMap<>();
        if (!words.contains("-jar")) {
            programs.put("native", words);
            return programs;
        }
        List<String> plain = words.stream()
                .filter(word -> !word.startsWith("-XX:AOTCache") && !word.startsWith("-Xlog"))
                .toList();
        if (!plain.equals(words)) {
            programs.put("jvmWithCache", words);
        }
        programs.put("jvm", plain);
        return programs;
    }

    private long once(String name, List<String> program) throws Exception {
        Path directory = Files.createDirectory(scratch.directory().resolve(name));
        // Not the name: a prefix has at most 32 characters.
        String prefix = scratch.key() + starts++;
        StoreSettings settings = redis == null
                ? new StoreSettings.Sqlite(directory.resolve("data"), true)
                : StoreSettings.Redis.at(redis, prefix);
        TaskId task;
        Instant readAt;
        long readNanos;
        try (Storage storage = Storages.open(settings, scratch::vertx)) {
            task = submit(storage);
            readAt = storage.clock().instant();
            readNanos = System.nanoTime();
        }
        long startedNanos = System.nanoTime();
        launch(program, directory, prefix);
        try (Storage storage = Storages.open(settings, scratch::vertx)) {
            Task done = storage.tasks().find(List.of(task), false).get(task);
            if (!done.state().terminal()) {
                throw new IOException("the process that was started did not run the task");
            }
            Duration sinceRead = Duration.between(readAt, done.status().times().finishedAt());
            return sinceRead.toNanos() - (startedNanos - readNanos);
        }
    }

    private static TaskId submit(Storage storage) {
        Payload payload = new Payload("1".getBytes(StandardCharsets.US_ASCII));
        TaskDraft.Sender sender = new TaskDraft.Sender(null, null, null, 0, false);
        TaskDraft draft =
                new TaskDraft("echo", null, payload, null, null, null, TaskOptions.NONE, null, Marks.NONE, sender);
        List<Submission> answers = new Rig(storage).doors().submissions().submitAll(Rig.QUEUE, List.of(draft));
        return answers.getFirst().accepted().id();
    }

    private void launch(List<String> program, Path directory, String prefix) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(program);
        words.addAll(List.of("start", "--port", "0", "--exit-when-idle", "--max-tasks", "1"));
        words.addAll(
                redis == null
                        ? List.of("--data", directory.resolve("data").toString())
                        : List.of("--redis", redis, "--roles", "worker"));
        Path log = directory.resolve("log.txt");
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("MILLRACE_REDIS_PREFIX", prefix);
        Process process = builder.start();
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("a process that was started did not end");
        }
        if (process.exitValue() != 0) {
            throw new IOException("a process that was started failed: " + Files.readString(log));
        }
    }
}
