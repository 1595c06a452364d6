package dev.millrace.cluster.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cluster.Node;
import dev.millrace.cluster.NodeStore;
import dev.millrace.testing.StoreFixture;
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
                new Node.Load(now(), 17, 0.25, 123_456_789L));
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
