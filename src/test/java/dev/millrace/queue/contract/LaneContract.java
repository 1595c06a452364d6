package dev.millrace.queue.contract;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Change;
import dev.millrace.queue.Lanes;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.testing.StoreFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Lanes of destinations beside those of types, and limits of single ones. */
public interface LaneContract extends StoreFixture {
    Lanes ANY = new Lanes.Destinations(LeaseRequest.MAX, Map.of());

    default List<TaskId> leased(int max, Lanes lanes) {
        return tasks().lease(new LeaseRequest(queue(), max, LEASE, "pusher", lanes), now()).stream()
                .map(lease -> lease.task().id())
                .toList();
    }

    static Lanes but(Map<String, Integer> limits) {
        return new Lanes.Destinations(LeaseRequest.MAX, limits);
    }

    @Test
    default void destinationComesBackWithTheTask() {
        TaskId id = accepted(aTask().forDestination("hooks"));

        assertThat(find(id).spec().destination()).isEqualTo("hooks");
        assertThat(find(id).spec().lane()).isEqualTo("@hooks");
    }

    @Test
    default void workersNeverGetTasksOfDestinations() {
        TaskId pushed = accepted(aTask("a").forDestination("hooks"));
        TaskId pulled = accepted(aTask("a"));

        assertThat(leased(10, Lanes.ofTypes(Set.of("a")))).containsExactly(pulled);
        assertThat(leased(10, Lanes.ALL_TYPES)).isEmpty();
        assertThat(leased(10, ANY)).containsExactly(pushed);
    }

    @Test
    default void destinationsNeverGiveTasksOfTypes() {
        accepted(aTask("a"));

        assertThat(leased(10, ANY)).isEmpty();
        assertThat(leased(10, Lanes.ALL_TYPES)).hasSize(1);
    }

    @Test
    default void laneOfADestinationIsFirstInFirstOut() {
        List<TaskId> ids = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            ids.add(accepted(aTask("type-" + i % 3).forDestination("hooks")));
        }
        assertThat(leased(5, ANY)).isEqualTo(ids.subList(0, 5));
        assertThat(leased(50, ANY)).isEqualTo(ids.subList(5, 12));
    }

    @Test
    default void orderAcrossDestinationsIsThatOfRanks() {
        TaskId first = accepted(aTask().forDestination("b"));
        clock().tickMillis(1);
        TaskId second = accepted(aTask().forDestination("a"));
        clock().tickMillis(1);
        TaskId urgent = accepted(aTask().forDestination("c").withPriority(9));
        TaskId third = accepted(aTask().forDestination("b"));

        assertThat(leased(3, ANY)).containsExactly(urgent, first, second);
        assertThat(leased(3, ANY)).containsExactly(third);
    }

    @Test
    default void closedLaneIsLeftAloneWhileOthersGoOn() {
        TaskId closed = accepted(aTask().forDestination("down"));
        clock().tickMillis(1);
        TaskId open = accepted(aTask().forDestination("up"));

        assertThat(leased(10, but(Map.of("down", 0)))).containsExactly(open);
        assertThat(leased(10, but(Map.of("down", 0)))).isEmpty();
        assertThat(find(closed).status().generation()).isZero();
        assertThat(find(closed).details().history()).hasSize(1);
        assertThat(leased(10, ANY)).containsExactly(closed);
    }

    @Test
    default void tasksOfAClosedLaneExpireAndCanBeCancelled() {
        TaskId expiring = accepted(aTask().forDestination("down").expiringAt(now().plusSeconds(5)));
        TaskId cancelled = accepted(aTask().forDestination("down"));
        clock().tickSeconds(6);

        assertThat(leased(10, but(Map.of("down", 0)))).isEmpty();
        tidy();
        tasks().change(List.of(new Change.Cancel(cancelled, null)), now());

        assertThat(stateOf(expiring)).isEqualTo(TaskState.EXPIRED);
        assertThat(stateOf(cancelled)).isEqualTo(TaskState.CANCELLED);
        assertThat(leased(10, ANY)).isEmpty();
    }

    @Test
    default void destinationGivesNoMoreThanItsLimit() {
        submitMany(30, aTask().forDestination("slow"));
        submitMany(5, aTask().forDestination("slow").withPriority(9));
        clock().tickMillis(1);
        submitMany(20, aTask().forDestination("other"));

        List<Lease> leases = tasks().lease(
                        new LeaseRequest(queue(), 100, LEASE, "pusher", new Lanes.Destinations(7, Map.of("slow", 3))),
                        now());

        assertThat(leases.stream().filter(l -> l.task().spec().destination().equals("slow")))
                .hasSize(3)
                .allSatisfy(lease -> assertThat(lease.task().spec().priority()).isEqualTo(9));
        assertThat(leases.stream().filter(l -> l.task().spec().destination().equals("other")))
                .hasSize(7);
    }

    @Test
    default void oneDestinationAloneKeepsToItsLimit() {
        submitMany(10, aTask().forDestination("slow"));

        assertThat(leased(100, but(Map.of("slow", 4)))).hasSize(4);
        assertThat(leased(100, but(Map.of("slow", 4)))).hasSize(4);
        assertThat(leased(100, but(Map.of("slow", 4)))).hasSize(2);
    }

    @Test
    default void manyClosedLanesInFrontHideNothing() {
        Map<String, Integer> limits = new java.util.HashMap<>();
        for (int i = 0; i < 60; i++) {
            accepted(aTask().forDestination("down-" + i).withPriority(i % 10));
            limits.put("down-" + i, 0);
        }
        clock().tickSeconds(700);
        TaskId open = accepted(aTask().forDestination("up"));

        assertThat(leased(1, but(limits))).containsExactly(open);
    }

    @Test
    default void retriedTaskGoesBackToItsLane() {
        TaskId id = accepted(aTask().forDestination("hooks"));
        Lease lease = tasks().lease(new LeaseRequest(queue(), 1, LEASE, "pusher", ANY), now())
                .getFirst();
        bury(lease);
        tasks().change(List.of(new Change.Retry(id, null, null)), now());

        assertThat(leased(1, Lanes.ALL_TYPES)).isEmpty();
        assertThat(leased(1, ANY)).containsExactly(id);
    }
}
