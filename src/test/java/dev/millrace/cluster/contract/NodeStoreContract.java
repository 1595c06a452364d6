package dev.millrace.cluster.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cluster.Node;
import dev.millrace.cluster.NodeStore;
import dev.millrace.cluster.Order;
import dev.millrace.testing.Ear;
import dev.millrace.testing.StoreFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who is there. */
public interface NodeStoreContract extends StoreFixture {
    Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00.123Z");

    @Test
    default void announcedNodeIsListedAsItIs() {
        Node node = new Node(
                "id-" + queue(),
                "näme \"1\"",
                "host.example",
                "0.1.0",
                Set.of("api", "worker"),
                now().minusSeconds(60),
                new Node.Load(now(), 17, 0.25, 123_456_789L, Node.Stage.QUIET, Duration.ofMillis(-7_001)));
        nodes().announce(node);

        assertThat(mine(now())).containsExactly(node);
        nodes().remove(node.id());
        assertThat(mine(now())).isEmpty();
    }

    @Test
    default void heartbeatRenewsWhatIsKnown() {
        nodes().announce(node("a", now()));
        clock().tickSeconds(5);
        Node renewed = new Node("a-" + queue(), "a", "h", "2", Set.of(), now(), new Node.Load(now(), 0, -1, 0));
        nodes().announce(renewed);

        assertThat(mine(now().minusSeconds(60))).containsExactly(renewed);
    }

    @Test
    default void silentNodeIsNotListed() {
        Instant first = now();
        nodes().announce(node("a", first));
        nodes().announce(node("b", first.plusSeconds(10)));

        assertThat(mine(first)).extracting(Node::name).containsExactly("a", "b");
        assertThat(mine(first.plusMillis(1))).extracting(Node::name).containsExactly("b");
        assertThat(mine(first.plusSeconds(10))).extracting(Node::name).containsExactly("b");
        assertThat(mine(first.plusSeconds(11))).isEmpty();
    }

    @Test
    default void nodesAreListedByNameThenStart() {
        nodes().announce(named("2", "beta", now()));
        nodes().announce(named("1", "alpha", now()));
        nodes().announce(named("3", "alpha", now().minusSeconds(60)));

        assertThat(mine(now().minusSeconds(60)))
                .extracting(Node::id)
                .containsExactly("3-" + queue(), "1-" + queue(), "2-" + queue());
    }

    @Test
    default void removalOfAnUnknownNodeIsNoMatter() {
        nodes().remove("nobody");
    }

    @Test
    default void whatANodeIsToldIsTheAnswerToEachHeartbeatUntilItIsToldOtherwise() {
        Node node = node("a", now());
        assertThat(nodes().announce(node).order()).isEmpty();
        assertThat(nodes().tell(node.id(), Order.QUIET)).isTrue();
        assertThat(nodes().announce(node).order()).contains(Order.QUIET);
        assertThat(nodes().announce(node).order()).contains(Order.QUIET);
        assertThat(mine(now())).extracting(Node::order).containsExactly(Order.QUIET);
        assertThat(nodes().tell(node.id(), Order.STOP)).isTrue();
        assertThat(nodes().announce(node).order()).contains(Order.STOP);
    }

    @Test
    default void aHeartbeatIsAnsweredWhetherTheNodeWasOnTheList() {
        Node node = node("a", now());
        assertThat(nodes().announce(node).known()).isFalse();
        assertThat(nodes().announce(node).known()).isTrue();
        nodes().remove(node.id());
        assertThat(nodes().announce(node).known()).isFalse();
    }

    @Test
    default void onlyTheNodeItselfIsTold() {
        Node first = named("1", "alpha", now());
        Node second = named("2", "alpha", now());
        nodes().announce(first);
        nodes().announce(second);
        nodes().tell(first.id(), Order.QUIET);

        assertThat(nodes().announce(second).order()).isEmpty();
        assertThat(mine(now())).extracting(Node::order).containsExactlyInAnyOrder(Order.QUIET, null);
    }

    @Test
    default void aNodeThatIsNotThereCannotBeTold() {
        assertThat(nodes().tell("nobody-" + queue(), Order.QUIET)).isFalse();
        Node node = node("a", now());
        nodes().announce(node);
        nodes().remove(node.id());
        assertThat(nodes().tell(node.id(), Order.QUIET)).isFalse();
        assertThat(nodes().announce(node).order()).isEmpty();
    }

    @Test
    default void whatANodeWasToldGoesWithIt() {
        Node left = node("a", now());
        Node silent = node("b", now());
        for (Node node : List.of(left, silent)) {
            nodes().announce(node);
            nodes().tell(node.id(), Order.STOP);
        }
        nodes().remove(left.id());
        mine(now().plusMillis(1));

        assertThat(nodes().announce(left).order()).isEmpty();
        assertThat(nodes().announce(silent).order()).isEmpty();
    }

    @Test
    default void tellingIsAnnounced() {
        Node node = node("a", now());
        nodes().announce(node);
        try (Ear ear = new Ear(storage().wakeups())) {
            nodes().tell("nobody-" + queue(), Order.QUIET);
            nodes().tell(node.id(), Order.QUIET);
            assertThat(ear.expect("told " + node.id())).noneMatch(heard -> heard.startsWith("told nobody"));
        }
    }

    private NodeStore nodes() {
        return storage().nodes();
    }

    private Node node(String name, Instant heartbeatAt) {
        return new Node(
                name + "-" + queue(),
                name,
                "h",
                "1",
                Set.of("scheduler"),
                LONG_AGO,
                new Node.Load(heartbeatAt, 1, 1.5, 1));
    }

    private Node named(String id, String name, Instant startedAt) {
        return new Node(id + "-" + queue(), name, "h", "1", Set.of("api"), startedAt, new Node.Load(now(), 0, 0, 0));
    }

    private List<Node> mine(Instant since) {
        return nodes().list(since).stream()
                .filter(n -> n.id().endsWith(queue()))
                .toList();
    }
}
