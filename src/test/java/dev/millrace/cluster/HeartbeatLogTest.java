package dev.millrace.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.role.RoleConfig;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.testing.LogLines;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a node says when it cannot say that it is there. */
class HeartbeatLogTest {
    private final LogLines log = LogLines.of(Heartbeat.class);

    @AfterEach
    void leave() {
        log.close();
    }

    @Test
    void whatTheStoreRefusesIsSaidOnce() {
        Heartbeat heartbeat = broken(refused(ErrorCode.STORE_FULL));
        heartbeat.beatOrSay();
        heartbeat.beatOrSay();
        assertThat(log.levels()).containsExactly("WARN");
    }

    /** It would end the timer, and the node would be missed though it is there. */
    @Test
    void anErrorDoesNotEndTheHeartbeat() {
        Heartbeat heartbeat = broken(() -> {
            throw new NoClassDefFoundError("thrown by the test");
        });
        heartbeat.beatOrSay();
        assertThat(log.levels()).containsExactly("WARN");
    }

    @Test
    void ofAStoreThatIsAwayNothingIsSaid() {
        broken(refused(ErrorCode.STORE_UNAVAILABLE)).beatOrSay();
        assertThat(log.levels()).isEmpty();
    }

    /** What it stands on may end while its last beat is under way. */
    @Test
    void ofWhatFailsAtTheEndNothingIsSaid() {
        Heartbeat heartbeat = broken(() -> {
            throw new IllegalStateException("thrown by the test");
        });
        heartbeat.stop(Duration.ZERO);
        heartbeat.beatOrSay();
        assertThat(log.levels()).isEmpty();
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
