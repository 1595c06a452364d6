package dev.millrace.storage.redis;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Page;
import dev.millrace.queue.TaskFilter;
import dev.millrace.storage.Storage;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import dev.millrace.testing.RedisServer.Kind;
import dev.millrace.testing.Scene;
import dev.millrace.testing.StoreFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisListsTest implements StoreFixture {
    private static final int TASKS = 60;
    private static final int PAYLOAD = 256 << 10;

    @RegisterExtension
    static final OpenRedis REDIS = new OpenRedis(Kind.PLAIN);

    private final Scene scene = new Scene();

    @Override
    public Storage storage() {
        return REDIS.storage();
    }

    @Override
    public Scene scene() {
        return scene;
    }

    @Override
    public void checkLayout(Set<String> queues) {
        REDIS.checkLayout(queues);
    }

    @Test
    void aPageReadsSoManyBytesAtOnceAndTheListIsCompleteAllTheSame() {
        List<TaskId> wanted = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) {
            TaskId id = accepted(
                    aTask().withPayload("\"" + "x".repeat(PAYLOAD - 16) + (i % 3 == 0 ? "needle" : "hay") + "\""));
            if (i % 3 == 0) {
                wanted.addFirst(id);
            }
        }
        try (Storage fresh = REDIS.another()) {
            TaskFilter filter = TaskFilter.ofQueue(queue(), null).containing("needle");
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
