package dev.millrace.queue;

import dev.millrace.task.Task;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jboss.logging.MDC;

/**
 * Says in the log what is about an attempt, a line each, whoever ran it: {@code task=}, {@code queue=}, {@code type=}, {@code
 * attempt=}, {@code generation=}, {@code worker=}, which are members of their own where the log is JSON. Never what a task
 * carries, nor a failure's message, since both may hold what is nobody's business; they stand on the task.
 */
public final class AttemptLog {
    private static final Logger ENDS = Logger.getLogger("millrace.task");
    private static final int LONGEST_WORD = 100;

    private AttemptLog() {}

    /**
     * The store took it: failures are said at INFO, deaths at WARN, the rest at DEBUG.
     *
     * @param task as it was leased
     */
    public static void ended(Task task, int generation, Verdict verdict) {
        switch (verdict) {
            case Verdict.Succeed succeed -> quietly("Succeeded", task, generation);
            case Verdict.Release release -> quietly("Released", task, generation);
            case Verdict.RetryAt retry ->
                say(
                        ENDS,
                        Level.INFO,
                        "Failed, to be tried again at " + retry.runAt(),
                        failed(task, generation, retry.error().type()),
                        null);
            case Verdict.Bury bury ->
                say(
                        ENDS,
                        Level.WARN,
                        "Dead",
                        failed(task, generation, bury.error().type()),
                        null);
        }
    }

    /** Most are never said, so nothing is put together for them. */
    private static void quietly(String text, Task task, int generation) {
        if (ENDS.isEnabled(Level.DEBUG)) {
            say(ENDS, Level.DEBUG, text, members(task, generation), null);
        }
    }

    /**
     * Something else that is about an attempt.
     *
     * @param failure null for none
     */
    public static void say(Logger log, Level level, String text, Lease lease, Throwable failure) {
        if (log.isEnabled(level)) {
            say(log, level, text, members(lease.task(), lease.token().generation()), failure);
        }
    }

    /** What tells an attempt, in a line. */
    public static String words(Task task, int generation) {
        return words(members(task, generation));
    }

    private static void say(Logger log, Level level, String text, Map<String, Object> members, Throwable failure) {
        if (!log.isEnabled(level)) {
            return;
        }
        members.forEach(MDC::put);
        try {
            log.log(level, text + ": " + words(members), failure);
        } finally {
            members.keySet().forEach(MDC::remove);
        }
    }

    private static String words(Map<String, Object> members) {
        return members.entrySet().stream()
                .map(member -> member.getKey() + "=" + member.getValue())
                .collect(Collectors.joining(" "));
    }

    private static Map<String, Object> failed(Task task, int generation, String error) {
        Map<String, Object> members = members(task, generation);
        members.put("error", word(error));
        return members;
    }

    private static Map<String, Object> members(Task task, int generation) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("task", task.id().value());
        members.put("queue", task.queue());
        members.put("type", task.spec().type());
        members.put("attempt", task.status().attempts());
        members.put("generation", generation);
        members.put("worker", word(String.valueOf(task.status().worker())));
        return members;
    }

    /** Handlers and workers choose it, so it is cut to what cannot be mistaken for another line or member. */
    static String word(String text) {
        String word = text.replaceAll("[^\\p{L}\\p{N}._:$@/-]+", "_");
        return word.length() <= LONGEST_WORD ? word : word.substring(0, LONGEST_WORD);
    }
}
