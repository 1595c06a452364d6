package dev.millrace.monitor;

import dev.millrace.role.Role;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;

/**
 * The last lines of this process's log, for those who cannot get at its output. Without traces. It is the first to start and
 * the last to stop, so that it hears all the others.
 */
@Singleton
@Priority(1200)
public final class NodeLog implements Role {
    /** Lines kept. */
    public static final int KEPT = 500;

    private static final int LONGEST = 1000;

    private final Formatter words = new PatternFormatter("%s");
    private final Listener listener = new Listener();
    private final Deque<Heard> lines = new ArrayDeque<>();
    private long last;
    private final LongAdder warnings = new LongAdder();
    private final LongAdder errors = new LongAdder();

    /**
     * A line and who said it.
     *
     * @param own whether Millrace did; else handlers or libraries, whose words may be anything
     */
    private record Heard(Line line, boolean own) {}

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
    public List<Line> after(long number) {
        return after(number, false);
    }

    /** Like {@link #after(long)}, but only what Millrace itself says, which has no payloads and no secrets in it. */
    List<Line> ownAfter(long number) {
        return after(number, true);
    }

    private synchronized List<Line> after(long number, boolean own) {
        return lines.stream()
                .filter(heard -> heard.line.number > number && (heard.own || !own))
                .map(Heard::line)
                .toList();
    }

    private static boolean isOwn(String logger) {
        return logger.startsWith("dev.millrace.") || logger.startsWith("millrace.");
    }

    /** Lines that Millrace itself said at {@code WARN} since the process began. */
    long warnings() {
        return warnings.sum();
    }

    /** Those at {@code ERROR} and above. */
    long errors() {
        return errors.sum();
    }

    private void count(int level) {
        if (level >= Level.SEVERE.intValue()) {
            errors.increment();
        } else if (level >= Level.WARNING.intValue()) {
            warnings.increment();
        }
    }

    synchronized void add(LogRecord event) {
        String text = words.format(event);
        String logger = String.valueOf(event.getLoggerName());
        Line line = new Line(
                ++last,
                event.getInstant(),
                event.getLevel().getName(),
                logger.substring(logger.lastIndexOf('.') + 1),
                text.length() <= LONGEST ? text : text.substring(0, LONGEST));
        boolean own = isOwn(logger);
        lines.addLast(new Heard(line, own));
        if (own) {
            count(event.getLevel().intValue());
        }
        if (lines.size() > KEPT) {
            lines.removeFirst();
        }
    }

    /** Hears whatever is logged. */
    private final class Listener extends Handler {
        @Override
        public void publish(LogRecord event) {
            if (isWanted(event)) {
                add(event);
            }
        }

        /** The framework lowers the level of some of its lines on their way. */
        private boolean isWanted(LogRecord event) {
            return event.getLoggerName() == null
                    || Logger.getLogger(event.getLoggerName()).isLoggable(event.getLevel());
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
