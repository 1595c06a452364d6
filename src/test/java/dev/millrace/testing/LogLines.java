package dev.millrace.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What one logger says from now on, in the levels that people see: INFO and above. */
public final class LogLines implements AutoCloseable {
    private final Logger log;
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final Handler ear = new Handler() {
        @Override
        public void publish(LogRecord line) {
            if (line.getLevel().intValue() >= Level.INFO.intValue()) {
                said.add(name(line.getLevel()));
            }
        }

        @Override
        public void flush() {
            // Nothing is held back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    private LogLines(String name) {
        log = Logger.getLogger(name);
        log.addHandler(ear);
    }

    public static LogLines of(Class<?> speaker) {
        return of(speaker.getName());
    }

    public static LogLines of(String name) {
        return new LogLines(name);
    }

    /** The level of each line: {@code INFO}, {@code WARN} or {@code ERROR}. */
    public List<String> levels() {
        return List.copyOf(said);
    }

    private static String name(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        return level.intValue() >= Level.WARNING.intValue() ? "WARN" : "INFO";
    }

    @Override
    public void close() {
        log.removeHandler(ear);
    }
}
