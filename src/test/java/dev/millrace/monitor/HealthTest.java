package dev.millrace.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.storage.UnsteadyStorage;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(UnsteadyStorage.Profile.class)
class HealthTest implements UnsteadyStorage.Mended {
    private static final long LOOK_NANOS = 50_000_000;

    @Inject
    Health health;

    @Test
    void aStoreThatAnswersIsUpWithItsDurability() {
        HealthReport report = await(r -> r.storeAnswers());

        assertThat(report.store()).isEqualTo("sqlite");
        assertThat(report.durability()).isNotBlank();
        assertThat(report.components()).extracting(HealthReport.Component::name).containsExactly("store", "breaker");
        assertThat(report.components().getLast().detail()).isEqualTo("closed");
        assertThat(probe("ready")).isEqualTo(200);
        assertThat(probe("started")).isEqualTo(200);
    }

    @Test
    void withoutTheStoreTheProcessIsAliveButNotReady() {
        await(r -> r.storeAnswers());
        UnsteadyStorage.OUTAGE.goDown();

        HealthReport report = await(r -> !r.storeAnswers());

        assertThat(report.status()).isEqualTo("down");
        assertThat(report.durability()).as("last known").isNotBlank();
        assertThat(probe("ready")).isEqualTo(503);
        assertThat(probe("live")).isEqualTo(200);
        assertThat(probe("started")).isEqualTo(200);
    }

    @Test
    void aStoreThatHangsIsDownAndNotAskedAnythingElse() {
        await(r -> r.storeAnswers());
        UnsteadyStorage.OUTAGE.comeBack();
        UnsteadyStorage.OUTAGE.hang();

        HealthReport report = await(r -> !r.storeAnswers());

        assertThat(report.status()).isEqualTo("down");
        assertThat(report.durability()).as("last known").startsWith("SQLite");
        assertThat(UnsteadyStorage.OUTAGE.callsOf(Thread.currentThread())).containsOnly("ping");
    }

    @Test
    void manyLooksAskTheStoreOnceASecond() {
        await(r -> r.storeAnswers());
        UnsteadyStorage.OUTAGE.comeBack();
        long start = System.nanoTime();

        for (int i = 0; i < 200; i++) {
            health.report();
        }

        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
        assertThat(UnsteadyStorage.OUTAGE.calls("ping")).isLessThanOrEqualTo(2 + seconds);
    }

    @Test
    void lookingOnlyReads() {
        UnsteadyStorage.OUTAGE.comeBack();
        UnsteadyStorage.OUTAGE.goDown();
        await(r -> !r.storeAnswers());
        UnsteadyStorage.OUTAGE.comeBack();
        await(r -> r.storeAnswers());

        assertThat(UnsteadyStorage.OUTAGE.callsOf(Thread.currentThread()))
                .contains("ping")
                .isSubsetOf("ping", "findings", "durability");
    }

    /** A look is good for a second, so the next one may take that long to show. */
    private HealthReport await(Predicate<HealthReport> wanted) {
        HealthReport report = health.report();
        for (int i = 0; i < 200 && !wanted.test(report); i++) {
            LockSupport.parkNanos(LOOK_NANOS);
            report = health.report();
        }
        assertThat(report).matches(wanted);
        return report;
    }

    private static int probe(String name) {
        return RestAssured.get("/q/health/" + name).statusCode();
    }
}
