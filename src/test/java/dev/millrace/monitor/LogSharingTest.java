package dev.millrace.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.role.Role;
import dev.millrace.role.RoleContract;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogSharingTest implements RoleContract {
    private final NodeLog log = new NodeLog();
    private final Shelf shelf = new Shelf();

    @Override
    public Role newRole() {
        return new LogSharing(log, shelf, "me", true);
    }

    @Test
    void whatIsNewIsSentOnce() {
        LogSharing sharing = new LogSharing(log, shelf, "me", true);
        say("one", "two");
        sharing.runOnce();
        sharing.runOnce();
        assertThat(shelf.calls).isEqualTo(1);
        say("three");
        sharing.runOnce();

        assertThat(shelf.messages).containsExactly("one", "two", "three");
        assertThat(shelf.calls).isEqualTo(2);
    }

    @Test
    void linesThatTheStoreDidNotTakeAreSentAgain() {
        LogSharing sharing = new LogSharing(log, shelf, "me", true);
        shelf.away = true;
        say("one");
        sharing.runOnce();
        say("two");
        shelf.away = false;
        sharing.runOnce();

        assertThat(shelf.messages).containsExactly("one", "two");
    }

    @Test
    void lastWordIsSentAndNothingByAStoreOfOneProcess() {
        LogSharing alone = new LogSharing(log, shelf, "me", false);
        LogSharing sharing = new LogSharing(log, shelf, "me", true);
        say("last");
        alone.start();
        alone.stop(SHORT);
        assertThat(shelf.calls).isZero();
        sharing.start();
        sharing.stop(SHORT);

        assertThat(shelf.messages).containsExactly("last");
    }

    private void say(String... messages) {
        for (String message : messages) {
            LogRecord event = new LogRecord(Level.INFO, message);
            event.setLoggerName("somebody");
            log.add(event);
        }
    }

    /** Takes what it is given, unless it is away. */
    private static final class Shelf implements LogStore {
        private final List<String> messages = new ArrayList<>();
        private int calls;
        private boolean away;

        @Override
        public void add(String node, List<NodeLog.Line> lines) {
            if (away) {
                throw new MillraceException(ErrorCode.STORE_UNAVAILABLE, "It is away.");
            }
            calls++;
            lines.forEach(line -> messages.add(line.message()));
        }

        @Override
        public List<NodeLog.Line> after(String node, long number) {
            return List.of();
        }
    }
}
