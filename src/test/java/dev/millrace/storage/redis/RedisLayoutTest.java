package dev.millrace.storage.redis;

import static dev.millrace.testing.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.queue.Change;
import dev.millrace.queue.Lanes;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.QueueStore;
import dev.millrace.queue.Settled;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.Verdict;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.task.Unique;
import dev.millrace.testing.RedisServer.Kind;
import dev.millrace.testing.TaskBuilder;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Facts of this store alone: they are about its keys, its streams and its scripts. */
class RedisLayoutTest extends OnRedis {
    @RegisterExtension
    static final OpenRedis REDIS = new OpenRedis(Kind.PLAIN);

    RedisLayoutTest() {
        super(REDIS);
    }

    @Test
    void everyKeyOfAQueueCarriesItsTag() {
        liveThroughEverything();

        String prefix = REDIS.settings().prefix();
        assertThat(layout().allKeys().keySet())
                .allMatch(key -> key.startsWith(prefix + ":{") && key.contains("}:")
                        || key.matches(prefix + ":(meta|marks|queues|used|nodes|ids:\\{[0-9a-f]{2}})"));
    }

    @Test
    void emptyQueueKeepsNoTraceOfItsTasks() {
        liveThroughEverything();
        clock().tick(Duration.ofDays(31));
        for (int i = 0; i < 100 && prune() > 0; i++) {
            assertThat(i).as("rounds of pruning").isLessThan(99);
        }
        prune();

        for (String kind :
                List.of("b:", "r:", "x:", "in:", "ik:", "w:", "new", "names", "keys", "uniq", "gone", "keep")) {
            assertThat(layout().keysOf(queue(), kind).stream().filter(this::holdsAnything))
                    .as(kind)
                    .isEmpty();
        }
    }

    @Test
    void deletedQueueLeavesNoKey() {
        liveThroughEverything();
        accepted(aTask().named("left-" + queue()));

        assertThat(storage().queues().delete(queue(), true)).isEqualTo(QueueStore.Deleted.DONE);

        assertThat(layout().keysOf(queue(), ""))
                .as("the former number, for a minute")
                .hasSize(1);
        assertThat(layout().lifetime(queue(), "cfg")).isBetween(1L, 60L);
        assertThat(exists(new TaskId("left-" + queue()))).isFalse();
        assertThat(acceptedIn(scene().newQueue(), aTask("other").named("left-" + queue())))
                .isEqualTo(new TaskId("left-" + queue()));
    }

    @Test
    void pendingListSaysWhoRunsWhat() {
        submitMany(3, aTask());
        lease(1);
        tasks().lease(new LeaseRequest(queue(), 1, LEASE, "worker-2", Lanes.ALL_TYPES), now());

        Response pending = REDIS.link().ask(Command.XPENDING, stream("5:test"), "g", "-", "+", "10");

        assertThat(pending.stream().map(entry -> entry.get(1).toString())).containsExactly("worker-1", "worker-2");
    }

    @Test
    void leaseFromManyLanesLooksAtEachOnce() {
        for (int i = 0; i < 6; i++) {
            int first = i % 2 * 100;
            submit(batch(IntStream.range(first, first + 100)
                    .mapToObj(number -> aTask().forDestination("d" + number))
                    .toArray(TaskBuilder[]::new)));
        }
        Lanes any = new Lanes.Destinations(64, Map.of());
        LeaseRequest request = new LeaseRequest(queue(), 200, LEASE, "worker-1", any);
        assertThat(tasks().lease(request, now())).hasSize(200);
        long before = commands();

        assertThat(tasks().lease(request, now())).hasSize(200);

        assertThat(commands() - before).isLessThan(3 * 200);
    }

    /** Commands that Redis has carried out, those within scripts too. */
    private static long commands() {
        return Pattern.compile("calls=([0-9]+)")
                .matcher(REDIS.server().command("INFO", "commandstats"))
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
    }

    @Test
    void scriptsAreSentAgainWhenRedisHasForgottenThem() {
        TaskId id = accepted(aTask());
        REDIS.server().command("SCRIPT", "FLUSH");
        Lease lease = leaseOne();
        REDIS.server().command("SCRIPT", "FLUSH");

        assertThat(succeed(lease).result()).isEqualTo(Settled.Result.DONE);
        REDIS.server().command("SCRIPT", "FLUSH");
        assertThat(tasks().change(List.of(new Change.Retry(id, null, null)), now()))
                .allMatch(changed -> changed.state() == TaskState.READY);
        REDIS.server().command("SCRIPT", "FLUSH");
        assertThat(storage().series().minutes(Map.of(queue(), now(), own("none"), now()), now().plusSeconds(60)))
                .hasEntrySatisfying(queue(), minutes -> assertThat(minutes).hasSize(1))
                .containsEntry(own("none"), List.of());
    }

    @Test
    void groupThatIsGoneIsMadeAgainAndNothingRunsTwice() {
        submitMany(4, aTask());
        Lease first = leaseOne();
        REDIS.link().ask(Command.XGROUP, "DESTROY", stream("5:test"), "g");

        List<Lease> others = lease(10);

        assertThat(others).hasSize(3).noneMatch(lease -> lease.token().equals(first.token()));
        assertThat(succeed(first).result()).isEqualTo(Settled.Result.DONE);
        others.forEach(lease -> assertThat(succeed(lease).holds()).isTrue());
    }

    @Test
    void alikeTasksShareTheirRecord() {
        submitMany(100, aTask());
        long waiting = pageBytes();
        lease(100).forEach(this::succeed);
        long ended = pageBytes();

        assertThat(waiting).isLessThan(200);
        assertThat(ended).isLessThan(100 * (TaskRecord.WIDTH + 2L));
        submitMany(100, aTask());
        tasks().settle(
                        lease(100).stream()
                                .map(lease -> new Settlement(lease.token(), new Verdict.Succeed(null)))
                                .toList(),
                        now());
        assertThat(pageBytes() - ended).isLessThan(200);
    }

    @Test
    void streamsThatAreEmptyGoWithTheNextPruning() {
        accepted(aTask("rare"));
        succeed(leaseOne());
        assertThat(layout().keysOf(queue(), "w:")).hasSize(1);

        prune();

        assertThat(layout().keysOf(queue(), "w:")).isEmpty();
        accepted(aTask("rare"));
        assertThat(leasedIds(1)).hasSize(1);
    }

    @Test
    void positionsNeverGoBackWhateverTheClockDoes() {
        TaskId first = accepted(aTask());
        clock().tick(Duration.ofHours(-1));
        TaskId second = accepted(aTask());
        clock().tick(Duration.ofHours(2));
        TaskId third = accepted(aTask());

        assertThat(leasedIds(10)).containsExactly(first, second, third);
    }

    @Test
    void lossIsThereToBeSeenUntilTheNodeHasHeardOfIt() {
        assertThat(mark(100, 0)).isEmpty();
        assertThat(mark(300, 200)).isEqualTo("100");

        assertThat(mark(400, 200)).as("the answer was lost").isEqualTo("100");
        assertThat(mark(500, 100)).as("it was heard of").isEqualTo("100");
        assertThat(mark(600, 500)).isEqualTo("500");
    }

    private static String mark(long now, long confirmed) {
        List<byte[]> args = Stream.of("a node", "" + now, "0", "" + confirmed)
                .map(RedisKeys::bytes)
                .toList();
        RedisLink link = REDIS.link();
        return link.await(Scripts.MARK.run(link.line(), List.of(RedisKeys.bytes("marks of one test")), args))
                .toString();
    }

    @Test
    void numbersOfQueuesAreKeptUntilTheyAreWrittenAgain() {
        RedisKeys keys = new RedisKeys("lost");
        QueueNumbers numbers =
                new QueueNumbers(REDIS.link(), keys, name -> keys.of(name).named("cfg"));
        numbers.learn("a", 5);
        REDIS.link().ask(Command.SET, keys.queues(), "in the way");
        assertThatThrownBy(numbers::reinstate).isInstanceOf(RuntimeException.class);
        REDIS.link().ask(Command.DEL, keys.queues());

        numbers.reinstate();

        assertThat(numbers.find("a")).contains(5);
        assertThat(REDIS.link().ask(Command.HGET, keys.queues(), "#5")).hasToString("a");
    }

    /** One task for each thing that leaves traces. */
    private void liveThroughEverything() {
        accepted(aTask().named("name-" + queue()).withKey("key").unique("unique", Unique.Mode.REJECT));
        accepted(aTask().dueAt(now().plusSeconds(1)));
        accepted(aTask("other").expiringAt(now().plusSeconds(2)).keptFor(Duration.ofSeconds(5)));
        accepted(aTask("brief").withPriority(0).expiringAt(now().plusSeconds(3)));
        clock().tickSeconds(2);
        tidy();
        List<Lease> leases = lease(3);
        retryAt(leases.get(0), now().plusSeconds(1));
        release(leases.get(1));
        clock().tickSeconds(60);
        tidy();
        lease(10).forEach(this::succeed);
        clock().tickSeconds(60);
        tidy();
        lease(10).forEach(this::bury);
    }

    private boolean holdsAnything(String key) {
        String kind = REDIS.link().ask(Command.TYPE, key).toString();
        return !kind.equals("stream") || REDIS.link().ask(Command.XLEN, key).toLong() > 0;
    }

    private long pageBytes() {
        return layout().pageBytes(queue());
    }

    private byte[] stream(String line) {
        return REDIS.keys().of(queue()).named("w:" + line);
    }

    private static RedisLayout layout() {
        return new RedisLayout(REDIS.link(), REDIS.settings().prefix());
    }
}
