package dev.millrace.monitor;

import dev.millrace.role.Role;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;

/** The last lines of this process's log, for those who cannot get at its output. Without traces. */
@Singleton
public final class NodeLog implements Role {
    /** Lines kept. */
    public static final int KEPT = 500;

    private static final int LONGEST = 1000;

    private final Formatter words = new PatternFormatter("%s");
    private final Listener listener = new Listener();
    private final Deque<Line> lines = new ArrayDeque<>();
    private long last;

    /**
     * One event.
     *
     * @param number one more with each line, from 1
     * @param level such as {@code INFO}
     * @param logger its short name
     */
    public record Line(long number, Instant at, String level, String logger, String message) {}

    @Override
    public String name() {
        return "log";
    }

    /** Twice is once. */
    @Override
    public void start() {
        stop(Duration.ZERO);
        Logger.getLogger("").addHandler(listener);
    }

    @Override
    public void quiet() {
        // What is said while the others end is worth reading.
    }

    @Override
    public void stop(Duration drain) {
        Logger.getLogger("").removeHandler(listener);
    }

    /** Those after this number that are still kept, the oldest first. */
    public synchronized List<Line> after(long number) {
        return lines.stream().filter(line -> line.number > number).toList();
    }

    synchronized void add(LogRecord event) {
        String text = words.format(event);
        String logger = String.valueOf(event.getLoggerName());
        lines.addLast(new Line(
                ++last,
                event.getInstant(),
                event.getLevel().getName(),
                logger.substring(logger.lastIndexOf('.') + 1),
                text.length() <= LONGEST ? text : text.substring(0, LONGEST)));
        if (lines.size() > KEPT) {
            lines.removeFirst();
        }
    }

    /** Hears whatever is logged. */
    private final class Listener extends Handler {
        @Override
        public void publish(LogRecord event) {
            add(event);
        }

        @Override
        public void flush() {
            // Nothing is on its way.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
