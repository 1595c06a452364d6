package dev.millrace.monitor;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cluster.Node;
import dev.millrace.cluster.NodeConfig;
import dev.millrace.cluster.Nodes;
import dev.millrace.cluster.RollCall;
import dev.millrace.monitor.Diagnosis.Finding;
import dev.millrace.monitor.Diagnosis.Severity;
import dev.millrace.queue.Kept;
import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.QueueConfig.Retention;
import dev.millrace.testing.StoreFixture;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is wrong with queues and nodes is found. */
public interface DoctorContract extends StoreFixture {
    private List<Finding> queueFindings() {
        return new QueueLook(storage().queues(), tasks(), storage().series(), clock()).findings(List.of(queue()));
    }

    private List<Finding> nodeFindings() {
        return nodeFindings(Duration.ofSeconds(10));
    }

    private List<Finding> nodeFindings(Duration sinceTheListBegan) {
        NodeConfig config = new NodeConfig() {
            @Override
            public Optional<String> name() {
                return Optional.empty();
            }

            @Override
            public Duration heartbeat() {
                return Duration.ofSeconds(5);
            }
        };
        Nodes nodes = new Nodes(storage().nodes(), clock(), config);
        List<Node> present = nodes.list();
        RollCall rollCall =
                new RollCall(present.isEmpty() ? "nobody" : present.getFirst().id(), config.heartbeat());
        rollCall.beat(true, now().minus(sinceTheListBegan));
        return new NodeLook(nodes, clock(), rollCall).findings();
    }

    private void announce(String name, String version, String role) {
        storage()
                .nodes()
                .announce(new Node(
                        name + "-" + queue(),
                        name + queue(),
                        "host",
                        version,
                        Set.of(role),
                        now(),
                        new Node.Load(now(), 0, 0, 1)));
    }

    @Test
    default void typeThatNobodyTakesIsFoundAfterAMinute() {
        accepted(aTask().ofType("lonely"));
        clock().tick(Duration.ofMinutes(1));
        assertThat(queueFindings()).isEmpty();

        clock().tick(Duration.ofMinutes(2));

        assertThat(queueFindings()).singleElement().satisfies(found -> {
            assertThat(found.severity()).isEqualTo(Severity.WARNING);
            assertThat(found.code()).isEqualTo("no-worker");
            assertThat(found.sentence()).contains("lonely", queue(), "3 min");
        });
    }

    @Test
    default void ofManyTypesThatNobodyTakesSomeAreNamed() {
        for (String type : List.of("a", "b", "c", "d", "e", "f", "g")) {
            accepted(aTask().ofType(type));
        }
        clock().tick(Duration.ofMinutes(3));

        assertThat(queueFindings())
                .singleElement()
                .extracting(Finding::sentence)
                .asString()
                .contains("of type a, b, c, d, e and 2 more in queue " + queue());
    }

    @Test
    default void typeThatIsBeingRunOrWasLatelyHasAWorker() {
        accepted(aTask().ofType("busy"));
        accepted(aTask().ofType("busy"));
        clock().tick(Duration.ofMinutes(3));
        var lease = lease(1, Duration.ofMinutes(30)).getFirst();
        assertThat(queueFindings()).isEmpty();

        succeed(lease);
        clock().tick(Duration.ofMinutes(2));
        assertThat(queueFindings()).isEmpty();

        clock().tick(Duration.ofMinutes(5));
        assertThat(queueFindings()).extracting(Finding::code).containsExactly("no-worker");
    }

    @Test
    default void pausedQueueWithTasksIsNoted() {
        accepted(aTask());
        storage().queues().pause(queue(), true);
        clock().tick(Duration.ofMinutes(3));

        assertThat(queueFindings()).singleElement().satisfies(found -> {
            assertThat(found.code()).isEqualTo("queue-paused");
            assertThat(found.severity()).isEqualTo(Severity.NOTE);
            assertThat(found.sentence()).contains("millrace resume " + queue());
        });
    }

    @Test
    default void queueThatIsNearlyFullIsFoundBeforeItIs() {
        submitMany(9, aTask());
        QueueConfig usual = QueueConfig.DEFAULT;
        storage().queues().configure(queue(), new QueueConfig(10L, usual.defaults(), usual.retention()));

        assertThat(queueFindings()).extracting(Finding::code).containsExactly("queue-nearly-full");
    }

    @Test
    default void deadLettersAreFoundBeforeTheOldestGo() {
        Retention usual = Retention.DEFAULT;
        for (int i = 0; i < 9; i++) {
            accepted(aTask());
            bury(leaseOne());
            retainDead(new Kept(usual.dead().age(), 10L, null));
            assertThat(queueFindings())
                    .extracting(Finding::code)
                    .isEqualTo(i < 8 ? List.of() : List.of("dead-nearly-full"));
        }
        retainDead(usual.dead());
        assertThat(queueFindings()).isEmpty();

        retainDead(new Kept(usual.dead().age(), null, snapshot().keptBytes() + 1));
        assertThat(queueFindings()).extracting(Finding::code).containsExactly("dead-nearly-full");
    }

    private void retainDead(Kept kept) {
        Retention retention = Retention.alike(Retention.DEFAULT.succeeded(), kept, Duration.ofDays(1));
        storage().queues().configure(queue(), new QueueConfig(null, QueueConfig.DEFAULT.defaults(), retention));
    }

    @Test
    default void nodeThatFellSilentIsFoundUnlessItWasReplaced() {
        announce("lost", "1", "scheduler");
        announce("again", "1", "scheduler");
        clock().tickSeconds(60);
        announce("again", "1", "scheduler");
        storage()
                .nodes()
                .announce(new Node(
                        "again-new-" + queue(),
                        "again" + queue(),
                        "host",
                        "1",
                        Set.of("api"),
                        now(),
                        new Node.Load(now(), 0, 0, 1)));

        assertThat(nodeFindings())
                .filteredOn(found -> found.sentence().contains("lost-" + queue()))
                .extracting(Finding::code)
                .containsExactly("node-missing");
        clock().tickSeconds(60);
        announce("again", "1", "scheduler");
        assertThat(nodeFindings())
                .filteredOn(found -> found.sentence().contains("again-new-" + queue()))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.code()).isEqualTo("node-replaced");
                    assertThat(found.severity()).isEqualTo(Severity.NOTE);
                });
    }

    @Test
    default void differentVersionsAndNoSchedulerAreFound() {
        clock().tick(Duration.ofDays(1));
        announce("a", "1", "api");
        announce("b", "2", "worker");

        assertThat(nodeFindings()).extracting(Finding::code).containsExactlyInAnyOrder("node-versions", "no-scheduler");
    }

    @Test
    default void whoIsNotThereIsNotFoundUntilEverybodyHadTheTimeToSayThatTheyAre() {
        clock().tick(Duration.ofDays(7));
        announce("silent", "1", "scheduler");
        clock().tickSeconds(60);
        announce("a", "1", "api");

        assertThat(nodeFindings(Duration.ofMillis(9_999))).isEmpty();
        assertThat(nodeFindings(Duration.ofSeconds(10)))
                .extracting(Finding::code)
                .containsExactlyInAnyOrder("node-missing", "no-scheduler");
        storage().nodes().remove("silent-" + queue());
        storage().nodes().remove("a-" + queue());
    }

    @Test
    default void aClockThatIsMoreThanFiveSecondsOffIsFound() {
        clock().tick(Duration.ofDays(3));
        Node late = worker("late", Node.Stage.ACTIVE, Duration.ofMillis(-5_001));
        Node right = worker("right", Node.Stage.ACTIVE, Duration.ofMillis(5_000));

        assertThat(whileThereAre(late, right))
                .filteredOn(found -> found.code().equals("clock-offset"))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.severity()).isEqualTo(Severity.WARNING);
                    assertThat(found.sentence()).contains(late.id(), "5 s behind");
                });
    }

    @Test
    default void quietWorkersAreNotedAndWarnedOfWhenNoOtherIsThere() {
        clock().tick(Duration.ofDays(3));
        Node hushed = worker("hushed", Node.Stage.QUIET, Duration.ZERO);
        Node busy = worker("busy", Node.Stage.ACTIVE, Duration.ZERO);

        assertThat(whileThereAre(hushed)).extracting(Finding::code).contains("all-quiet");
        assertThat(whileThereAre(hushed, busy))
                .filteredOn(found -> found.code().equals("node-quiet"))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.severity()).isEqualTo(Severity.NOTE);
                    assertThat(found.sentence()).contains("1 of 2", "millrace nodes resume " + hushed.id());
                });
    }

    /** The store's list of nodes is one for all tests. */
    private List<Finding> whileThereAre(Node... nodes) {
        for (Node node : nodes) {
            storage().nodes().announce(node);
        }
        List<Finding> findings = nodeFindings();
        for (Node node : nodes) {
            storage().nodes().remove(node.id());
        }
        return findings;
    }

    private Node worker(String name, Node.Stage stage, Duration clockOffset) {
        Node.Load load = new Node.Load(now(), 0, 0, 1, stage, clockOffset);
        return new Node(name + "-" + queue(), name, "host", "1", Set.of("worker"), now(), load);
    }
}
