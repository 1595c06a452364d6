package dev.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.delivery.destination.Destination;
import dev.millrace.delivery.destination.DestinationStore;
import dev.millrace.delivery.destination.Destinations;
import dev.millrace.testing.RedisServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** A dashboard with users on Redis. */
@QuarkusTest
@TestProfile(GuardedRedisProfile.class)
class RedisGuardedDashboardTest implements SignInRules, FactRules {
    private static final int QUEUES = 50;
    private static final int DESTINATIONS = 200;

    /** Longer than anything is remembered for. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1300);

    private static final int LOOKS = 4;

    /** Does nothing for longer than an answer may take. */
    private static final String BUSY =
            "\"local function now() local t = redis.call('TIME') return t[1] * 1000 + t[2] / 1000 end"
                    + " local till = now() + 300 while now() < till do end\"";

    @Override
    public RequestSpecification visitor() {
        return SignInRules.browserOf("admin");
    }

    @Override
    public List<String> store() {
        return List.of("Redis", "none: all tasks are lost when Redis ends");
    }

    @Override
    public String troubleOfTheStore() {
        return "Redis keeps no append-only file";
    }

    /**
     * What a page costs the store when nothing is remembered.
     *
     * @param calls of ports, of which each passes the guard
     * @param reads pieces that Redis read from its connections; what is asked at once is one
     * @param commands that it carried out
     */
    private record Cost(long calls, long reads, long commands) {
        static Cost soFar() {
            long calls = FactSeed.bean(MeterRegistry.class).find("millrace.store.latency").timers().stream()
                    .mapToLong(Timer::count)
                    .sum();
            return new Cost(
                    calls,
                    sum("stats", "total_reads_processed:(\\d+)"),
                    sum("commandstats", "cmdstat_(?!info).*:calls=(\\d+),.*"));
        }

        /** Of the lines that match. */
        private static long sum(String section, String pattern) {
            Pattern line = Pattern.compile(pattern);
            return RedisServer.commandAt(port(), "INFO", section)
                    .lines()
                    .map(line::matcher)
                    .filter(Matcher::matches)
                    .mapToLong(found -> Long.parseLong(found.group(1)))
                    .sum();
        }

        Cost since(Cost before) {
            return new Cost(calls - before.calls, reads - before.reads, commands - before.commands);
        }

        boolean isWithin(Cost bound) {
            return most(bound).equals(bound);
        }

        Cost least(Cost other) {
            return new Cost(
                    Math.min(calls, other.calls), Math.min(reads, other.reads), Math.min(commands, other.commands));
        }

        Cost most(Cost other) {
            return new Cost(
                    Math.max(calls, other.calls), Math.max(reads, other.reads), Math.max(commands, other.commands));
        }
    }

    private static int port() {
        return ConfigProvider.getConfig()
                .getValue("millrace.redis.url", URI.class)
                .getPort();
    }

    /** Of each queue several things are read, and of a destination what was told of it. But those of all are asked for at once. */
    @Test
    void noPageAsksTheStoreAgainAndAgain() {
        fill();
        RequestSpecification visitor = visitor();
        costOf(visitor, "/"); // reads the day that was, of the queues that are new
        int queues = FactSeed.bean(Present.class).look().queues().size();
        assertThat(queues).isGreaterThanOrEqualTo(QUEUES);
        int together = queues - 10;
        Map<String, Cost> most = Map.of(
                "/", new Cost(10, together, 9 * queues + 40),
                "/workers", new Cost(10, together, 5 * queues + 40),
                "/system", new Cost(10, together, 5 * queues + 60),
                "/destinations", new Cost(10, together, 5 * queues + DestinationList.PAGE + 40));
        SoftAssertions found = new SoftAssertions();
        Troubles doctor = FactSeed.bean(Troubles.class);
        check(found, "the doctor", new Cost(10, together, 6 * queues + 60), () -> cost(doctor::look));
        most.forEach((page, bound) -> check(found, page, bound, () -> {
            doctor.look();
            return costOf(visitor, page);
        }));
        found.assertAll();
    }

    /** What the server does of its own accord counts too, but not each time. */
    private static void check(SoftAssertions found, String what, Cost bound, Supplier<Cost> look) {
        Cost cost = look.get();
        for (int i = 1; i < LOOKS && !cost.isWithin(bound); i++) {
            cost = cost.least(look.get());
        }
        found.assertThat(cost.most(bound)).as(what).isEqualTo(bound);
    }

    private static void get(RequestSpecification visitor, String page) {
        visitor.get(page).then().statusCode(200);
    }

    private static Cost cost(Runnable what) {
        Cost before = Cost.soFar();
        what.run();
        return Cost.soFar().since(before);
    }

    /** The most that one of many cost, as only the first of each second has to ask for everything. */
    private static Cost costOf(RequestSpecification visitor, String page) {
        Cost most = new Cost(0, 0, 0);
        long end = System.nanoTime() + LOOK_NANOS;
        while (System.nanoTime() < end) {
            most = most.most(cost(() -> get(visitor, page)));
        }
        return most;
    }

    /** While one connection keeps it busy the next one waits to do so, and whatever else is asked comes after that. */
    @Test
    void aStoreThatIsSlowIsAProblemOnTheOverview() {
        AtomicBoolean busy = new AtomicBoolean(true);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 2; i++) {
                callers.execute(() -> {
                    while (busy.get()) {
                        RedisServer.commandAt(port(), "EVAL", BUSY, "0");
                    }
                });
            }
            lookUntilItIsSlow();
            busy.set(false);
        }
        assertThat(visitor().get("/").then().statusCode(200).extract().asString())
                .containsPattern("problem-warning\"><span>The store took \\d{3,} ms for the smallest question");
    }

    private static void lookUntilItIsSlow() {
        Troubles troubles = FactSeed.bean(Troubles.class);
        long end = System.nanoTime() + FactRules.PATIENCE_NANOS;
        boolean slow = false;
        while (!slow && System.nanoTime() < end) {
            slow = troubles.look().diagnosis().findings().stream()
                    .anyMatch(found -> found.code().equals("store-slow"));
        }
    }

    private static void fill() {
        for (int i = 0; i < QUEUES; i++) {
            SignInRules.queue("many-" + i);
        }
        Destinations destinations = FactSeed.bean(Destinations.class);
        for (int i = 0; i < DESTINATIONS; i++) {
            destinations.put(Destination.to("many-" + i, "http://127.0.0.1:9009/" + i), DestinationStore.ANY);
        }
    }
}
