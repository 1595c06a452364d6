package dev.millrace.storage.redis;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Page;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.TaskFilter;
import dev.millrace.queue.TaskStore;
import dev.millrace.queue.Verdict;
import dev.millrace.storage.Storage;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.testing.RedisServer.Kind;
import dev.millrace.testing.TaskBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RedisListsTest extends OnRedis {
    private static final int TASKS = 60;
    private static final int PAYLOAD = 256 << 10;

    @RegisterExtension
    static final OpenRedis REDIS = new OpenRedis(Kind.PLAIN);

    RedisListsTest() {
        super(REDIS);
    }

    /** In the order of each list: newest first, next due first, last started first. */
    @ParameterizedTest
    @EnumSource(names = {"READY", "SCHEDULED", "RUNNING"})
    void aPageReadsSoManyBytesAtOnceAndTheListIsCompleteAllTheSame(TaskState state) {
        List<TaskId> wanted = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) {
            boolean needle = i % 3 == 0;
            TaskBuilder task =
                    aTask().withPayload("\"" + "x".repeat(PAYLOAD - 16) + (needle ? "needle" : "hay") + "\"");
            TaskId id = accepted(state == TaskState.SCHEDULED ? task.dueAt(now().plusSeconds(600 - i)) : task);
            if (state == TaskState.RUNNING) {
                leaseOne();
                clock().tickMillis(1);
            }
            if (needle) {
                wanted.addFirst(id);
            }
        }
        try (Storage fresh = REDIS.another()) {
            TaskFilter filter = TaskFilter.ofQueue(queue(), state).containing("needle");
            long before = sent();
            Page page = fresh.tasks().list(filter, null, 5, now());
            assertThat(sent() - before).isLessThan((long) TASKS * PAYLOAD * 2 / 3);
            List<TaskId> seen = new ArrayList<>(ids(page));
            while (page.next() != null) {
                page = fresh.tasks().list(filter, page.next(), 5, now());
                seen.addAll(ids(page));
            }
            assertThat(seen).isEqualTo(wanted);
        }
    }

    /** A lease of several tasks that do not end together is kept in mind for up to a minute, and their names with it. */
    @Test
    void whatRunsIsListedHoweverManyThatWereLeasedBetweenHaveEnded() {
        TaskId first = accepted(aTask());
        leaseOne();
        submitMany(TaskFilter.WALK + TaskStore.STEP, aTask());
        for (int ended = 0; ended <= TaskFilter.WALK; ended += TaskStore.STEP) {
            clock().tickMillis(1);
            List<Settlement> ends = lease(TaskStore.STEP).stream()
                    .map(lease -> new Settlement(lease.token(), new Verdict.Succeed(null)))
                    .toList();
            tasks().settle(ends.subList(1, ends.size()), now());
            tasks().settle(ends.subList(0, 1), now());
        }
        clock().tickMillis(1);
        TaskId last = accepted(aTask());
        leaseOne();

        TaskFilter filter = TaskFilter.ofQueue(queue(), TaskState.RUNNING);
        Page page = tasks().list(filter, null, 1, now());
        assertThat(ids(page)).containsExactly(last);
        assertThat(ids(tasks().list(filter, page.next(), 5, now()))).containsExactly(first);
    }

    private static List<TaskId> ids(Page page) {
        return page.tasks().stream().map(Task::id).toList();
    }

    /** Bytes that the server has sent to anyone. */
    private static long sent() {
        return REDIS.server()
                .command("INFO", "stats")
                .lines()
                .filter(line -> line.startsWith("total_net_output_bytes:"))
                .mapToLong(line -> Long.parseLong(line.split(":")[1].trim()))
                .findFirst()
                .orElseThrow();
    }
}
