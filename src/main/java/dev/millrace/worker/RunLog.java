package dev.millrace.worker;

import dev.millrace.queue.Verdict;
import org.jboss.logging.Logger;

/**
 * Says how runs ended, a line each: failures at INFO, deaths at WARN, the rest at DEBUG. Never what a task carries, nor a
 * failure's message, since both may hold what is nobody's business; they stand on the task.
 */
final class RunLog {
    private static final Logger LOG = Logger.getLogger("millrace.task");
    private static final int LONGEST_TYPE = 100;

    private RunLog() {}

    /** The store took it. */
    static void ended(Run run, Verdict verdict) {
        switch (verdict) {
            case Verdict.Succeed succeed -> LOG.debugf("Succeeded: %s", run);
            case Verdict.Release release -> LOG.debugf("Released: %s", run);
            case Verdict.RetryAt retry ->
                LOG.infof(
                        "Failed, to be tried again at %s: %s error=%s",
                        retry.runAt(), run, word(retry.error().type()));
            case Verdict.Bury bury ->
                LOG.warnf("Dead: %s error=%s", run, word(bury.error().type()));
        }
    }

    /** Handlers choose it, so it is cut to what cannot be mistaken for another line. */
    static String word(String type) {
        String word = type.replaceAll("[^\\p{L}\\p{N}._:$/-]+", "_");
        return word.length() <= LONGEST_TYPE ? word : word.substring(0, LONGEST_TYPE);
    }
}
