package dev.millrace.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.role.RoleConfig;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node says when it cannot say that it is there. */
class HeartbeatLogTest {
    private static final Logger LOG = Logger.getLogger(Heartbeat.class.getName());

    private final List<Level> said = new ArrayList<>();
    private final Handler ear = new Handler() {
        @Override
        public void publish(LogRecord line) {
            said.add(line.getLevel());
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

    @BeforeEach
    void listen() {
        LOG.addHandler(ear);
    }

    @AfterEach
    void leave() {
        LOG.removeHandler(ear);
    }

    @Test
    void whatTheStoreRefusesIsSaidOnce() {
        Heartbeat heartbeat = broken(refused(ErrorCode.STORE_FULL));
        heartbeat.beatOrSay();
        heartbeat.beatOrSay();
        assertThat(said).extracting(Level::intValue).containsExactly(Level.WARNING.intValue());
    }

    /** It would end the timer, and the node would be missed though it is there. */
    @Test
    void anErrorDoesNotEndTheHeartbeat() {
        Heartbeat heartbeat = broken(() -> {
            throw new NoClassDefFoundError("thrown by the test");
        });
        heartbeat.beatOrSay();
        assertThat(said).extracting(Level::intValue).containsExactly(Level.WARNING.intValue());
    }

    @Test
    void ofAStoreThatIsAwayNothingIsSaid() {
        broken(refused(ErrorCode.STORE_UNAVAILABLE)).beatOrSay();
        assertThat(said).isEmpty();
    }

    private static Runnable refused(ErrorCode code) {
        return () -> {
            throw new MillraceException(code, "thrown by the test");
        };
    }

    /** It fails before it comes to its store. */
    private static Heartbeat broken(Runnable fault) {
        Activity failing = new Activity() {
            @Override
            public int running() {
                fault.run();
                return 0;
            }

            @Override
            public void rest(boolean now) {
                // It does nothing anyway.
            }
        };
        Steering steering = new Steering(List.of(failing), () -> Duration.ZERO, () -> {});
        Self self = new Self(HeartbeatContract.config("broken"), HeartbeatContract.only(RoleConfig.WORKER));
        return new Heartbeat(null, null, InstantSource.system(), self, steering);
    }
}
