package dev.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.delivery.destination.Destination;
import dev.millrace.delivery.destination.DestinationStore;
import dev.millrace.delivery.destination.Destinations;
import dev.millrace.testing.RedisServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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

    /** Of each queue five things are read, and two or three minutes by a script; of a destination what was told of it. */
    @Test
    void noPageAsksTheStoreAgainAndAgain() {
        fill();
        RequestSpecification visitor = visitor();
        commandsOf(visitor, "/"); // reads the day that was, of the queues that are new
        int queues = FactSeed.bean(Present.class).look().queues().size();
        assertThat(queues).isGreaterThanOrEqualTo(QUEUES);
        Map<String, Integer> most = Map.of(
                "/", 9 * queues + 40,
                "/workers", 5 * queues + 40,
                "/system", 10 * queues + 60,
                "/destinations", 5 * queues + DestinationList.PAGE + 40);
        SoftAssertions found = new SoftAssertions();
        most.forEach((page, commands) -> {
            FactSeed.bean(Troubles.class).lately();
            found.assertThat(commandsOf(visitor, page)).as(page).isLessThan(commands);
        });
        found.assertAll();
    }

    /** Those of the page when nothing is remembered. */
    private static long commandsOf(RequestSpecification visitor, String page) {
        long most = 0;
        long end = System.nanoTime() + LOOK_NANOS;
        while (System.nanoTime() < end) {
            long before = commands();
            visitor.get(page).then().statusCode(200);
            most = Math.max(most, commands() - before);
        }
        return most;
    }

    /** That the server has carried out for anyone, but for this look. */
    private static long commands() {
        URI redis = ConfigProvider.getConfig().getValue("millrace.redis.url", URI.class);
        return RedisServer.commandAt(redis.getPort(), "INFO", "commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_") && !line.startsWith("cmdstat_info"))
                .mapToLong(line -> Long.parseLong(
                        line.replaceAll("^[^:]+:calls=(\\d+).*", "$1").strip()))
                .sum();
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
