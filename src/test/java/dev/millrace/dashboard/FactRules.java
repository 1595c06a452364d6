package dev.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;

import dev.millrace.cluster.Nodes;
import dev.millrace.monitor.Readings;
import dev.millrace.monitor.SeriesStore;
import dev.millrace.queue.Queues;
import io.restassured.specification.RequestSpecification;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hamcrest.Matcher;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;

/** What the pages say of a system whose past is known. */
interface FactRules {
    long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** A browser that is signed in. */
    RequestSpecification visitor();

    /** The store's name and how durable it says it is. */
    List<String> store();

    /** What is wrong with the store; empty for nothing. */
    String troubleOfTheStore();

    default FactSeed seed() {
        return FactSeed.of(getClass());
    }

    /** Pages may be a second behind, and the doctor's findings some more. */
    private String pageWith(String path, String fact) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            seed().beat();
            String page = page(path);
            if (page.contains(fact) || System.nanoTime() > end) {
                assertThat(page).contains(fact);
                return page;
            }
        }
    }

    private String page(String path) {
        return visitor().get(path).then().statusCode(200).extract().asString();
    }

    /** The text of the element that follows a title. */
    private static Matcher<String> says(String title, String value) {
        return matchesPattern("(?s).*>" + title + "<.{0,120}?>" + value + "<.*");
    }

    private void shows(String path, List<Matcher<String>> facts) {
        visitor().get(path).then().statusCode(200).body(Matchers.allOf(List.copyOf(facts)));
    }

    @Test
    default void theOverviewCountsWhatHappenedAndWhatStands() {
        FactSeed seed = seed();
        seed.beat();
        assertThat(pageWith("/", "on 1 worker"))
                .contains("43 in the last hour", "13 in the last hour", "+12 in the last hour", "2 scheduled")
                .contains("in " + seed.queue, "20 succeeded\n0 failed", "0 succeeded\n12 failed");
        assertThat(page("/")).contains(store());
        shows(
                "/",
                List.of(
                        says("Failures", "30"),
                        says("Dead letters", "12"),
                        says("Wait", "0 ms"),
                        matchesPattern("(?s).*>Wait</th><td[^>]*>0 ms</td><td[^>]*>45 s</td><td[^>]*>45 s</td>.*"),
                        matchesPattern("(?s).*>Run</th><td[^>]*>960 ms</td><td[^>]*>2.8 s</td><td[^>]*>2.8 s</td>.*"),
                        says("Oldest waiting", "1\\d min( \\d+ s)?")));
    }

    @Test
    default void whatWasCountedOutlivesWhoeverLooked() {
        seed();
        Past restarted = new Past(
                FactSeed.bean(SeriesStore.class),
                new Present(FactSeed.bean(Queues.class), FactSeed.bean(Nodes.class)),
                FactSeed.bean(InstantSource.class));
        Slot hour = Rates.total(restarted.overall(Range.HOUR));
        assertThat(List.of(hour.ran(), hour.failed(), hour.dead())).containsExactly(43L, 13L, 12L);
        assertThat(Rates.total(restarted.overall(Range.DAY)).ran()).isEqualTo(43);
    }

    @Test
    default void theOverviewTellsWhatIsWrong() {
        pageWith("/system", "The clock of host-of-rack-9");
        assertThat(page("/"))
                .contains("Dead letters are rising: 12 in the last half hour, 0 in the one before.")
                .contains("Nobody runs tasks of type lonely")
                .contains("is 7 s ahead of the store", "No node has the role scheduler", troubleOfTheStore());
    }

    @Test
    default void aQueueShowsItsAgesRatesCourseAndLimits() {
        FactSeed seed = seed();
        visitor()
                .formParam("concurrency", "7")
                .post("/queues/" + seed.queue + "/settings")
                .then()
                .statusCode(303);
        shows(
                "/queues/" + seed.queue,
                List.of(
                        says("Oldest waiting", "1\\d min( \\d+ s)?"),
                        says("In and out", "[0-9.]+ and [0-9.]+ per minute"),
                        says("Next due", "in \\d+ min"),
                        says("Last used", "\\d+ min ago"),
                        says("Running at once", "at most 7, now 1"),
                        containsString("<a class=\"name\" href=\"/tasks/"),
                        says("succeeded", "30"),
                        containsString("45 s")));
        assertThat(pageWith("/queues?q=" + seed.queue, "class=\"spark spark-row\""))
                .contains(seed.queue);
    }

    @Test
    default void tasksAreFoundByWhenTheyWereCreated() {
        String flaky = "/tasks?queue=" + seed().queue + "&type=flaky";
        for (String within : List.of("&before=10m", "&after=30m", "&after=30m&before=10m")) {
            assertThat(page(flaky + within).split("data-ago", -1)).hasSize(13);
        }
        for (String without : List.of("&before=30m", "&after=10m")) {
            assertThat(page(flaky + without)).doesNotContain("data-ago");
        }
    }

    @Test
    default void aTaskSaysWhyItWaits() {
        FactSeed seed = seed();
        seed.beat();
        Map.of(
                        seed.later, "Scheduled: it is due",
                        seed.lonely, "No worker takes tasks of type lonely",
                        seed.lastInLine, "4 tasks go first",
                        seed.held, "Worker " + seed.worker + " runs it; its lease ends",
                        seed.retrying, "Attempt 1 of 5 failed; the next is due")
                .forEach((id, why) -> assertThat(page("/tasks/" + id)).contains(why));
        assertThat(page("/tasks/" + seed.lastInLine))
                .containsPattern("At the pace of the last 10 minutes it starts in about \\d+");
    }

    @Test
    default void deadLettersSayHowManyOfAKindThereAreAndSinceWhen() {
        shows(
                "/dead-letters?queue=" + seed().queue,
                List.of(
                        containsString("12 dead tasks, by how they failed"),
                        matchesPattern(
                                "(?s).*Last <time [^>]*>2\\d min ago</time> · first <time [^>]*>2\\d min ago<.*"),
                        containsString("12 failed attempts"),
                        matchesPattern("(?s).*<a href=\"/tasks/[^\"]+\">sample</a>.*")));
    }

    @Test
    default void aWorkerSaysWhereItRunsHowItIsAndWhatItHolds() {
        FactSeed seed = seed();
        String all = pageWith("/workers", "/tasks/" + seed.held);
        String node = all.substring(all.indexOf(">rack-9<"));
        assertThat(node.substring(0, node.indexOf("</section>")))
                .contains(">worker</span>", seed.worker, ">host-of-rack-9<", ">42 %<", ">256 MiB<", ">3 h<")
                .contains(">7 s ahead<", FactSeed.bean(About.class).version(), "/tasks/" + seed.held)
                .containsPattern(">(now|\\d+ s ago)<")
                .containsPattern(">[23] min( \\d+ s)?<");
    }

    @Test
    default void theSystemShowsItsStoreAndItsMetricsAsCharts() {
        Readings readings = FactSeed.bean(Readings.class);
        readings.runOnce();
        readings.runOnce();
        assertThat(page("/system"))
                .contains(store().getLast(), "aria-label=\"Requests\"", "aria-label=\"Time of a call\"")
                .contains("aria-label=\"Memory\"", "aria-label=\"Processor\"", "millrace.node.id");
    }
}
