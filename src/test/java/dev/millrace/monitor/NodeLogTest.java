package dev.millrace.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.role.Role;
import dev.millrace.role.RoleContract;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

class NodeLogTest implements RoleContract {
    private static final Logger LOG = Logger.getLogger("dev.millrace.test.Somebody");

    @Override
    public Role newRole() {
        return new NodeLog();
    }

    @Test
    void linesComeOnceInOrderAndWithNumbers() {
        NodeLog log = new NodeLog();
        log.start();
        log.start();
        LOG.infof("one of %d", 3);
        LOG.warn("two");
        long seen = ours(log, 0).getLast().number();
        LOG.info("three");
        log.stop(Duration.ZERO);
        LOG.info("unheard");

        assertThat(ours(log, 0)).extracting(NodeLog.Line::message).containsExactly("one of 3", "two", "three");
        assertThat(ours(log, 0)).extracting(NodeLog.Line::level).containsExactly("INFO", "WARN", "INFO");
        assertThat(ours(log, seen)).extracting(NodeLog.Line::message).containsExactly("three");
    }

    @Test
    void warningsAndErrorsOfMillraceItselfAreCounted() {
        NodeLog log = new NodeLog();
        for (Level level : List.of(Level.INFO, Level.WARNING, Level.SEVERE, Level.SEVERE)) {
            LogRecord own = event("own");
            own.setLevel(level);
            log.add(own);
            LogRecord others = event("another's");
            others.setLevel(level);
            others.setLoggerName("org.acme.Handler");
            log.add(others);
        }

        assertThat(log.warnings()).isEqualTo(1);
        assertThat(log.errors()).isEqualTo(2);
    }

    @Test
    void linesWhoseLevelWasLoweredAreNotHeard() {
        NodeLog log = new NodeLog();
        log.start();
        LogRecord lowered = event("lowered");
        lowered.setLevel(Level.FINEST);
        java.util.logging.Logger root = java.util.logging.Logger.getLogger("");
        java.util.Arrays.stream(root.getHandlers()).forEach(handler -> handler.publish(lowered));
        LOG.info("said");
        log.stop(Duration.ZERO);

        assertThat(ours(log, 0)).extracting(NodeLog.Line::message).containsExactly("said");
    }

    @Test
    void onlyTheLastLinesAreKeptAndLongOnesAreCut() {
        NodeLog log = new NodeLog();
        log.add(event("x".repeat(5_000)));
        assertThat(ours(log, 0).getFirst().message()).hasSize(1_000);
        for (int i = 0; i < NodeLog.KEPT + 10; i++) {
            log.add(event("line " + i));
        }

        assertThat(log.after(0)).hasSize(NodeLog.KEPT);
        assertThat(ours(log, 0).getLast().message()).isEqualTo("line " + (NodeLog.KEPT + 9));
    }

    private static LogRecord event(String message) {
        LogRecord event = new LogRecord(Level.INFO, message);
        event.setLoggerName(LOG.getName());
        return event;
    }

    private static List<NodeLog.Line> ours(NodeLog log, long after) {
        return log.after(after).stream()
                .filter(line -> line.logger().equals("Somebody"))
                .toList();
    }
}
