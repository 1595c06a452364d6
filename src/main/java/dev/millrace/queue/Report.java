package dev.millrace.queue;

import dev.millrace.task.Progress;
import java.util.List;

/**
 * What a running attempt has to say.
 *
 * @param progress null leaves it as it is
 * @param log lines to add, each cut to {@link dev.millrace.task.LogLine#MAX_LENGTH}
 */
public record Report(LeaseToken token, Progress progress, List<String> log) {}
