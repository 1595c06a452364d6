package dev.millrace.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.role.Role;
import dev.millrace.role.RoleContract;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
        say("one");
        say("two");
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

    @ParameterizedTest
    @MethodSource("refusals")
    void whatTheStoreRefusesIsSaidOnceAndDoesNotEndTheTimer(Throwable refusal) {
        LogSharing sharing = new LogSharing(log, shelf, "me", true);
        log.start();
        try {
            shelf.fault = refusal;
            say("one");
            sharing.runOnce();
            sharing.runOnce();
            shelf.fault = null;
            sharing.runOnce();
        } finally {
            log.stop(SHORT);
        }

        assertThat(shelf.messages).contains("one");
        assertThat(shelf.messages.stream().filter(said -> said.startsWith("The store does not take the log")))
                .hasSize(1);
    }

    private static Stream<Throwable> refusals() {
        return Stream.of(
                new IllegalStateException("WRONGTYPE"),
                new MillraceException(ErrorCode.STORE_FULL, "It is full."),
                new NoClassDefFoundError("thrown by the test"));
    }

    @Test
    void ofAStoreThatIsAwayNothingIsSaid() {
        LogSharing sharing = new LogSharing(log, shelf, "me", true);
        log.start();
        try {
            shelf.away = true;
            say("one");
            sharing.runOnce();
        } finally {
            log.stop(SHORT);
        }
        assertThat(log.after(0)).extracting(NodeLog.Line::message).containsExactly("one");
    }

    /** In a team's own project these may be anything, and the store keeps them in plain text. */
    @Test
    void whatHandlersAndLibrariesSayStaysHere() {
        LogSharing sharing = new LogSharing(log, shelf, "me", true);
        say("ours");
        for (String logger : List.of("org.acme.Handler", "io.quarkus", "dev.millraced.Other", "")) {
            say(logger, "theirs");
        }
        LogRecord nameless = new LogRecord(Level.INFO, "nobody's");
        nameless.setLoggerName(null);
        log.add(nameless);
        say("millrace.task", "also ours");
        sharing.runOnce();

        assertThat(shelf.messages).containsExactly("ours", "also ours");
        assertThat(log.after(0)).hasSize(7);
    }

    @Test
    void lastWordIsSentAndNothingByAStoreOfOneProcess() throws InterruptedException {
        LogSharing alone = new LogSharing(log, shelf, "me", false);
        LogSharing sharing = new LogSharing(log, shelf, "me", true);
        say("first");
        alone.start();
        alone.stop(SHORT);
        assertThat(shelf.calls).isZero();
        sharing.start();
        assertThat(shelf.filled.await(10, TimeUnit.SECONDS)).isTrue();
        say("last");
        sharing.stop(SHORT);

        assertThat(shelf.messages).containsExactly("first", "last");
    }

    private void say(String message) {
        say("dev.millrace.Somebody", message);
    }

    private void say(String logger, String message) {
        LogRecord event = new LogRecord(Level.INFO, message);
        event.setLoggerName(logger);
        log.add(event);
    }

    /** Takes what it is given, unless it is away. */
    private static final class Shelf implements LogStore {
        private final List<String> messages = new CopyOnWriteArrayList<>();
        private final CountDownLatch filled = new CountDownLatch(1);
        private int calls;
        private boolean away;
        private Throwable fault;

        @Override
        public void add(String node, List<NodeLog.Line> lines) {
            if (fault instanceof Error error) {
                throw error;
            }
            if (fault != null) {
                throw (RuntimeException) fault;
            }
            if (away) {
                throw new MillraceException(ErrorCode.STORE_UNAVAILABLE, "It is away.");
            }
            calls++;
            lines.forEach(line -> messages.add(line.message()));
            filled.countDown();
        }

        @Override
        public List<NodeLog.Line> after(String node, long number) {
            return List.of();
        }
    }
}
