package dev.millrace.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.task.Task;
import dev.millrace.task.TaskState;
import dev.millrace.testing.FakeClock;
import dev.millrace.testing.RedisServer;
import dev.millrace.testing.Scene;
import dev.millrace.testing.StoreInvariants;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two stores that were built apart and are told the same, anything in any order, answer the same. */
class StoresAgreeTest {
    private static final int STEPS = 400;
    private static final int LOOK_EVERY = 20;

    @TempDir
    Path directory;

    private final Scene scene = new Scene();
    private final FakeClock clock = scene.clock();
    private final List<String> queues = List.of(scene.queue(), scene.newQueue());
    private final List<String> done = new ArrayList<>();
    private Vertx vertx;
    private Twin sqlite;
    private Twin redis;

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
        String url = RedisServer.shared(RedisServer.Kind.PLAIN).uri();
        String prefix = "agree" + ThreadLocalRandom.current().nextInt(1 << 30);
        sqlite = new Twin(Storages.open(new StoreSettings.Sqlite(directory, true), () -> vertx));
        redis = new Twin(Storages.open(StoreSettings.Redis.at(url, prefix), () -> vertx));
    }

    @AfterEach
    void close() {
        sqlite.storage.close();
        redis.storage.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 3025875341259024703L})
    void storesThatAreToldTheSameAnswerTheSame(long seed) {
        Deeds deeds = new Deeds(seed, clock, queues);
        for (int step = 1; step <= STEPS; step++) {
            Deeds.Deed deed = deeds.next();
            Object answer = deed.doing().apply(sqlite);
            done.add(deed.name() + " " + brief(answer));
            assertThat(deed.doing().apply(redis))
                    .as("seed %d, after %s", seed, lately())
                    .isEqualTo(answer);
            if (deed.name().equals("lease")) {
                deeds.learn(((Map<?, ?>) answer)
                        .keySet().stream().map(Object::toString).collect(Collectors.toSet()));
            }
            if (step % LOOK_EVERY == 0) {
                compare(seed, deeds.keys());
            }
        }
        new StoreInvariants(sqlite.storage, clock.instant()).check(queues);
        new StoreInvariants(redis.storage, clock.instant()).check(queues);
    }

    private void compare(long seed, List<String> keys) {
        String when = "seed %d, after %s".formatted(seed, lately());
        agree(when, sqlite.find(keys), redis.find(keys));
        for (String queue : queues) {
            sqlite.storage.queues().find(queue, clock.instant()).ifPresent(snapshot -> {
                var other = redis.storage.queues().find(queue, clock.instant()).orElseThrow();
                assertThat(other.counts()).as(when).isEqualTo(snapshot.counts());
                assertThat(other.oldestReadyAt()).as(when).isEqualTo(snapshot.oldestReadyAt());
                assertThat(other.nextDueAt()).as(when).isEqualTo(snapshot.nextDueAt());
                assertThat(other.waitingBytes()).as(when).isEqualTo(snapshot.waitingBytes());
                assertThat(other.keptBytes()).as(when).isEqualTo(snapshot.keptBytes());
            });
            for (TaskState state : TaskState.values()) {
                assertThat(redis.list(queue, state, clock.instant()))
                        .as("%s, %s", when, state)
                        .isEqualTo(sqlite.list(queue, state, clock.instant()));
            }
            assertThat(redis.minutes(queue, FakeClock.START, clock.instant().plusSeconds(60)))
                    .as(when)
                    .isEqualTo(sqlite.minutes(
                            queue, FakeClock.START, clock.instant().plusSeconds(60)));
        }
    }

    /** Of many tasks the first that differs is shown. */
    private static void agree(String when, Object ours, Object theirs) {
        if (ours instanceof Map<?, ?> all && theirs instanceof Map<?, ?> others) {
            assertThat(others.keySet()).as(when).isEqualTo(all.keySet());
            all.forEach((key, one) -> agree(when + " " + key, one, others.get(key)));
        } else if (ours instanceof Task task && theirs instanceof Task other) {
            assertThat(other.status()).as(when).isEqualTo(task.status());
            assertThat(other.details()).as(when).isEqualTo(task.details());
            assertThat(other).as(when).isEqualTo(task);
        } else {
            assertThat(theirs).as(when).isEqualTo(ours);
        }
    }

    private List<String> lately() {
        return done.subList(Math.max(0, done.size() - 30), done.size());
    }

    private static String brief(Object answer) {
        return answer instanceof Map<?, ?> map ? map.keySet().toString() : String.valueOf(answer);
    }
}
