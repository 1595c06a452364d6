package dev.millrace.monitor.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.monitor.LogStore;
import dev.millrace.monitor.NodeLog;
import dev.millrace.testing.StoreFixture;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What nodes say can be read by all. */
public interface LogStoreContract extends StoreFixture {
    private LogStore logs() {
        return storage().logs();
    }

    private String node() {
        return "node-" + queue();
    }

    private List<NodeLog.Line> lines(long from, long to) {
        List<NodeLog.Line> lines = new ArrayList<>();
        for (long number = from; number <= to; number++) {
            lines.add(new NodeLog.Line(
                    number, now().truncatedTo(ChronoUnit.MILLIS), "WARN", "Worker", "größer 第 " + number));
        }
        return lines;
    }

    @Test
    default void linesOfANodeComeBackInOrder() {
        assertThat(logs().after(node(), 0)).isEmpty();
        logs().add(node(), lines(1, 3));
        logs().add(node(), lines(4, 5));
        logs().add("another" + node(), lines(9, 9));

        assertThat(logs().after(node(), 0)).isEqualTo(lines(1, 5));
        assertThat(logs().after(node(), 3)).isEqualTo(lines(4, 5));
        assertThat(logs().after(node(), 5)).isEmpty();
        assertThat(logs().after("another" + node(), 0)).isEqualTo(lines(9, 9));
    }

    @Test
    default void repeatAddsNothing() {
        logs().add(node(), lines(1, 3));
        logs().add(node(), lines(1, 3));
        logs().add(node(), lines(2, 5));
        logs().add(node(), List.of());

        assertThat(logs().after(node(), 0)).isEqualTo(lines(1, 5));
    }

    @Test
    default void onlyTheLastLinesAreKept() {
        logs().add(node(), lines(1, NodeLog.KEPT));
        logs().add(node(), lines(NodeLog.KEPT + 1, NodeLog.KEPT + 7));

        assertThat(logs().after(node(), 0)).isEqualTo(lines(8, NodeLog.KEPT + 7));
    }
}
