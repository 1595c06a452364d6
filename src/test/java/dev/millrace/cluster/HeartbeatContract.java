package dev.millrace.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How nodes appear and disappear. */
public interface HeartbeatContract extends RoleContract {
    Storage storage();

    static NodeConfig config(String name) {
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

    static RoleConfig only(String role) {
        return new RoleConfig() {
            @Override
            public boolean api() {
                return role.equals(API);
            }

            @Override
            public boolean worker() {
                return role.equals(WORKER);
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

    /** Something that runs tasks, and does as it is told. */
    final class Work implements Activity {
        private final int running;
        volatile boolean resting;

        Work(int running) {
            this.running = running;
        }

        @Override
        public int running() {
            return running;
        }

        @Override
        public void rest(boolean now) {
            resting = now;
        }
    }

    /** A node, and what became of it. */
    record Steered(Self self, Heartbeat heartbeat, Work work, AtomicInteger exits) {}

    private Steered steered(String name, String role, InstantSource clock) {
        Self self = new Self(config(name), only(role));
        Work work = new Work(3);
        AtomicInteger exits = new AtomicInteger();
        Steering steering =
                new Steering(List.of(work, new Work(4)), () -> Duration.ofSeconds(-9), exits::incrementAndGet);
        return new Steered(
                self, new Heartbeat(storage().nodes(), storage().wakeups(), clock, self, steering), work, exits);
    }

    private Heartbeat heartbeat(String name, InstantSource clock) {
        return steered(name, RoleConfig.WORKER, clock).heartbeat();
    }

    private Nodes nodes(String name, InstantSource clock) {
        return new Nodes(storage().nodes(), clock, config(name));
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
    default void aNodeThatFindsItselfOffTheListWaitsForTheOthers() {
        FakeClock clock = new FakeClock();
        Steered node = steered(newName(), RoleConfig.WORKER, clock);
        for (int beat = 0; beat < 2; beat++) {
            assertThat(complete(node, clock)).isFalse();
            node.heartbeat().runOnce();
            clock.tickSeconds(5);
        }
        assertThat(complete(node, clock)).isTrue();
        storage().nodes().remove(node.self().id());
        node.heartbeat().runOnce();
        assertThat(complete(node, clock)).isFalse();
    }

    private boolean complete(Steered node, FakeClock clock) {
        List<Node> listed = nodes("any", clock).list();
        return node.heartbeat().rollCall().isComplete(listed, clock.instant());
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
            assertThat(node.version()).isEqualTo(OwnProgram.version()).matches("[0-9.]+");
            assertThat(node.startedAt()).isEqualTo(FakeClock.START);
            assertThat(node.load().heartbeatAt()).isEqualTo(clock.instant());
            assertThat(node.load().running()).isEqualTo(7);
            assertThat(node.load().cpu()).isNotNegative();
            assertThat(node.load().memoryBytes()).isPositive();
            assertThat(node.load().stage()).isEqualTo(Node.Stage.ACTIVE);
            assertThat(node.load().clockOffset()).isEqualTo(Duration.ofSeconds(-9));
            assertThat(node.load().clockIsOff()).isTrue();
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

    @Test
    default void whatANodeIsToldItDoesWithItsNextHeartbeatAndSaysSo() {
        String name = newName();
        FakeClock clock = new FakeClock();
        Nodes nodes = nodes(name, clock);
        Steered node = steered(name, RoleConfig.WORKER, clock);
        String id = node.self().id();
        node.heartbeat().runOnce();
        assertThat(nodes.tell(id, Order.QUIET, "a test").pending()).isEqualTo(Order.QUIET);
        assertThat(nodes.tell(id, Order.QUIET, "a test").pending()).isEqualTo(Order.QUIET);
        assertThat(node.work().resting).isFalse();

        node.heartbeat().runOnce();
        assertThat(node.work().resting).isTrue();
        assertThat(stageAndPending(name, clock)).isEqualTo("QUIET null");
        node.heartbeat().runOnce();
        assertThat(stageAndPending(name, clock)).isEqualTo("QUIET null");

        nodes.tell(id, Order.RESUME, "a test");
        assertThat(stageAndPending(name, clock)).isEqualTo("QUIET RESUME");
        node.heartbeat().runOnce();
        assertThat(node.work().resting).isFalse();
        assertThat(stageAndPending(name, clock)).isEqualTo("ACTIVE null");
        assertThat(node.exits()).hasValue(0);
    }

    @Test
    default void aNodeThatIsToldToStopRestsAndExitsOnce() {
        String name = newName();
        FakeClock clock = new FakeClock();
        Steered node = steered(name, RoleConfig.WORKER, clock);
        node.heartbeat().runOnce();
        nodes(name, clock).tell(node.self().id(), Order.STOP, "a test");
        node.heartbeat().runOnce();
        node.heartbeat().runOnce();

        assertThat(node.work().resting).isTrue();
        assertThat(node.exits()).hasValue(1);
        assertThat(stageAndPending(name, clock)).isEqualTo("STOPPING null");
        assertThatThrownBy(() -> nodes(name, clock).tell(node.self().id(), Order.RESUME, "a test"))
                .hasMessageContaining("about to end");
    }

    @Test
    default void noLaterProcessOfTheNameIsTold() {
        String name = newName();
        FakeClock clock = new FakeClock();
        Steered first = steered(name, RoleConfig.WORKER, clock);
        first.heartbeat().runOnce();
        nodes(name, clock).tell(first.self().id(), Order.STOP, "a test");
        Steered second = steered(name, RoleConfig.WORKER, clock);
        second.heartbeat().runOnce();

        assertThat(second.work().resting).isFalse();
        assertThat(second.exits()).hasValue(0);
    }

    @Test
    default void aNodeHearsAtOnceWhatItIsTold() throws InterruptedException {
        String name = newName();
        Steered node = steered(name, RoleConfig.WORKER, storage().clock());
        node.heartbeat().start();
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(4);
            while (listed(name, storage().clock()).isEmpty() && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            nodes(name, storage().clock()).tell(node.self().id(), Order.QUIET, "a test");
            while (!node.work().resting && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            assertThat(node.work().resting)
                    .as("before the next heartbeat, which is 5 s away")
                    .isTrue();
        } finally {
            node.heartbeat().stop(SHORT);
        }
    }

    @Test
    default void onlyWorkersThatAreThereAreTold() {
        String name = newName();
        FakeClock clock = new FakeClock();
        Steered api = steered(name, RoleConfig.API, clock);
        api.heartbeat().runOnce();
        assertThatThrownBy(() -> nodes(name, clock).tell(api.self().id(), Order.STOP, "a test"))
                .hasMessageContaining("role worker");
        assertThatThrownBy(() -> nodes(name, clock).tell("nobody", Order.STOP, "a test"))
                .hasMessageContaining("no node");
        clock.tickSeconds(16);
        assertThatThrownBy(() -> nodes(name, clock).tell(api.self().id(), Order.STOP, "a test"))
                .hasMessageContaining("no node");
    }

    private String stageAndPending(String name, InstantSource clock) {
        Node node = listed(name, clock).getFirst();
        return node.load().stage() + " " + node.pending();
    }
}
