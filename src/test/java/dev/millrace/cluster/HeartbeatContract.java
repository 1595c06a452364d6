package dev.millrace.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.role.Role;
import dev.millrace.role.RoleConfig;
import dev.millrace.role.RoleContract;
import dev.millrace.storage.Storage;
import dev.millrace.testing.FakeClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How nodes appear and disappear. */
public interface HeartbeatContract extends RoleContract {
    Storage storage();

    private static NodeConfig config(String name) {
        return new NodeConfig() {
            @Override
            public Optional<String> name() {
                return Optional.of(name);
            }

            @Override
            public Duration heartbeat() {
                return Duration.ofSeconds(5);
            }
        };
    }

    private static RoleConfig workerOnly() {
        return new RoleConfig() {
            @Override
            public boolean api() {
                return false;
            }

            @Override
            public boolean worker() {
                return true;
            }

            @Override
            public boolean dashboard() {
                return false;
            }

            @Override
            public boolean scheduler() {
                return false;
            }
        };
    }

    private Heartbeat heartbeat(String name, InstantSource clock) {
        Self self = new Self(config(name), workerOnly(), "1.2.3");
        return new Heartbeat(storage().nodes(), clock, self, config(name), List.of(() -> 3, () -> 4));
    }

    private List<Node> listed(String name, InstantSource clock) {
        return new Nodes(storage().nodes(), clock, config(name))
                .list().stream().filter(node -> node.name().equals(name)).toList();
    }

    private long missing(String name, InstantSource clock) {
        return new Nodes(storage().nodes(), clock, config(name))
                .missing().stream().filter(node -> node.name().equals(name)).count();
    }

    private static String newName() {
        return "node-" + UUID.randomUUID();
    }

    @Override
    default Role newRole() {
        return heartbeat(newName(), storage().clock());
    }

    @Test
    default void aNodeSaysWhatItIs() {
        String name = newName();
        FakeClock clock = new FakeClock();
        Heartbeat heartbeat = heartbeat(name, clock);
        heartbeat.runOnce();
        clock.tickSeconds(5);
        heartbeat.runOnce();
        assertThat(listed(name, clock)).singleElement().satisfies(node -> {
            assertThat(node.id()).startsWith(name + "-");
            assertThat(node.roles()).containsExactly("worker");
            assertThat(node.version()).isEqualTo("1.2.3");
            assertThat(node.startedAt()).isEqualTo(FakeClock.START);
            assertThat(node.load().heartbeatAt()).isEqualTo(clock.instant());
            assertThat(node.load().running()).isEqualTo(7);
            assertThat(node.load().cpu()).isNotNegative();
            assertThat(node.load().memoryBytes()).isPositive();
        });
    }

    @Test
    default void theIdIsAnotherWithEachStart() {
        String name = newName();
        FakeClock clock = new FakeClock();
        heartbeat(name, clock).runOnce();
        heartbeat(name, clock).runOnce();
        assertThat(listed(name, clock))
                .extracting(Node::id)
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    default void aNodeThatMissesThreeHeartbeatsIsMissingAndAfterAnHourForgotten() {
        String name = newName();
        FakeClock clock = new FakeClock();
        heartbeat(name, clock).runOnce();
        clock.tickSeconds(15);
        assertThat(listed(name, clock)).hasSize(1);
        assertThat(missing(name, clock)).isZero();
        clock.tickMillis(1);
        assertThat(listed(name, clock)).isEmpty();
        assertThat(missing(name, clock)).isEqualTo(1);
        clock.tick(Duration.ofHours(1));
        assertThat(missing(name, clock)).isZero();
    }

    @Test
    default void anOrderlyExitTakesTheNodeOffTheList() {
        String name = newName();
        Heartbeat heartbeat = heartbeat(name, storage().clock());
        heartbeat.start();
        heartbeat.stop(SHORT);
        assertThat(listed(name, storage().clock())).isEmpty();
    }
}
