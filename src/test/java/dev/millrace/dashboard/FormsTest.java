package dev.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.delivery.destination.Backend;
import dev.millrace.delivery.destination.Balance;
import dev.millrace.delivery.destination.BreakerPolicy;
import dev.millrace.delivery.destination.Destination;
import dev.millrace.delivery.destination.HealthCheck;
import dev.millrace.delivery.destination.Limits;
import dev.millrace.delivery.destination.Wire;
import dev.millrace.queue.Kept;
import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.QueueConfig.Retention;
import dev.millrace.queue.RateLimit;
import dev.millrace.queue.TaskOptions;
import dev.millrace.task.TaskState;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the forms of queues and destinations make of what was sent. */
class FormsTest {
    private static final RateLimit RATE = new RateLimit(5, Duration.ofMinutes(1), 4L);
    private static final Kept KEPT = new Kept(Duration.ofDays(2), 7L, 1_000_001L);

    private static MultivaluedMap<String, String> sent(Map<String, String> fields) {
        return new MultivaluedHashMap<>(fields);
    }

    private static QueueForm queueForm(Map<String, String> fields) {
        return QueueForm.of(sent(fields), Retention.DEFAULT);
    }

    private static QueueConfig queue(RateLimit rate) {
        Retention retention = Retention.of(state -> state == TaskState.DEAD ? KEPT : Kept.USUAL, Duration.ofHours(3));
        return new QueueConfig(9L, null, 3L, rate, TaskOptions.NONE, retention);
    }

    /** As a page sends it that was opened before there were more fields. */
    @Test
    void fieldsThatWereNotSentStayAsTheyWere() {
        QueueForm form = queueForm(Map.of("maxDepth", "10", "concurrency", ""));

        QueueConfig config = form.over(queue(RATE));

        assertThat(form.wrong()).isFalse();
        assertThat(config.maxDepth()).isEqualTo(10);
        assertThat(config.concurrency()).isNull();
        assertThat(config.rate()).isEqualTo(RATE);
        assertThat(config.retention()).isEqualTo(queue(RATE).retention());
    }

    @Test
    void fieldsThatWereNotSentAreThoseOfTheLastLook() {
        QueueForm form = queueForm(Map.of("maxDepth", "10"));
        form.over(queue(null));

        assertThat(form.over(queue(RATE)).rate()).isEqualTo(RATE);
    }

    @Test
    void whatIsUsualStandsInEmptyFieldsAndIsNotSetBySavingThem() {
        Retention usual = Retention.alike(new Kept(Duration.ofHours(7), 70L, null), KEPT, Duration.ofMinutes(5));
        QueueForm form = QueueForm.of(queue(null), usual);
        assertThat(form.filled().value("deadAge")).isEqualTo("2d");
        assertThat(form.filled().value("expiredAge")).isEmpty();
        assertThat(form.groups().stream().flatMap(group -> group.fields().stream()))
                .filteredOn(field ->
                        field.name().startsWith("expired") || field.name().equals("dedupe"))
                .extracting(FormField::holder)
                .containsExactly("7h", "70", "no limit", "5m");

        Map<String, String> same = Map.of("expiredAge", "", "expiredCount", "", "dedupe", "", "deadCount", "8");
        Retention saved = QueueForm.of(sent(same), usual).over(queue(null)).retention();

        assertThat(saved.expired()).isEqualTo(Kept.USUAL);
        assertThat(saved.dedupe()).isNull();
        assertThat(saved.dead()).isEqualTo(new Kept(KEPT.age(), 8L, KEPT.bytes()));
    }

    @Test
    void whatTheRateHoldsIsSeenAndChanged() {
        assertThat(QueueForm.of(queue(RATE), Retention.DEFAULT).filled().value("rateBurst"))
                .isEqualTo("4");
        Map<String, String> fields = Map.of("rateLimit", "600", "ratePer", "1m", "rateBurst", "");

        assertThat(QueueForm.of(sent(fields), Retention.DEFAULT)
                        .over(queue(RATE))
                        .rate())
                .isEqualTo(new RateLimit(600, Duration.ofMinutes(1), null));
    }

    @Test
    void aTimeOrABurstWithoutALimitIsRefused() {
        QueueForm form = queueForm(Map.of("rateLimit", "", "ratePer", "1m", "rateBurst", "4"));
        form.over(queue(null));

        assertThat(form.filled().fault("ratePer")).contains("Started at most");
        assertThat(form.filled().fault("rateBurst")).contains("Started at most");
        QueueForm none = queueForm(Map.of("rateLimit", "", "ratePer", "", "rateBurst", ""));
        assertThat(none.over(queue(RATE)).rate()).isNull();
        assertThat(none.wrong()).isFalse();
    }

    @Test
    void destinationsKeepWhatWasNotSent() {
        Destination before = new Destination(
                "hooks",
                List.of(new Backend("http://127.0.0.1:9/", 1, false)),
                Balance.WEIGHTED,
                null,
                new Limits(Duration.ofSeconds(7), 8, 9),
                new HealthCheck("/healthz", HealthCheck.USUAL_INTERVAL, HealthCheck.USUAL_TIMEOUT),
                BreakerPolicy.DEFAULT,
                "spare",
                Wire.DEFAULT,
                false,
                1);
        DestinationForm form = DestinationForm.of(sent(Map.of("concurrency", "10", "fallback", "")));

        Destination after = form.over(before);

        assertThat(form.wrong()).isFalse();
        assertThat(after.limits()).isEqualTo(new Limits(Duration.ofSeconds(7), 10, 9));
        assertThat(after.fallback()).isNull();
        assertThat(after.balance()).isEqualTo(Balance.WEIGHTED);
        assertThat(after.healthCheck()).isEqualTo(before.healthCheck());
    }
}
