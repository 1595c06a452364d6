package dev.millrace.bench;

import dev.millrace.storage.Storage;
import dev.millrace.storage.Storages;
import dev.millrace.storage.StoreSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/**
 * What the pages of the dashboard take while a store is full: from the request to the last byte of the answer, of a server
 * that this starts. Pages come in rounds of any order, with a pause between rounds that is longer than anything is
 * remembered for.
 */
final class PagesMeasurement {
    static final double GOAL_MILLIS = 30;

    private static final int QUEUES = 20;
    private static final int WARM_UP = 40;
    private static final int DEEP = 40;
    private static final int DESTINATIONS = 200;

    /** What a page that is open is told. */
    private static final String PART = ", part";

    private static final long PAUSE_NANOS = Duration.ofMillis(1100).toNanos();
    private static final Pattern OLDER = Pattern.compile("<a [^>]*rel=\"next\" href=\"([^\"]+)\"");
    private static final Pattern TASK = Pattern.compile("href=\"(/tasks/[^\"?/]+)\"");

    private final URI server;
    private final HttpClient client;
    private final Map<String, String> pages = new LinkedHashMap<>();

    private PagesMeasurement(URI server, HttpClient client) {
        this.server = server;
        this.client = client;
    }

    /**
     * @param rounds in which each page is asked for once
     */
    record Size(int tasks, int rounds) {}

    /**
     * @param live progress may be drawn
     */
    static Report of(Plan plan, Scratch scratch, Size size, boolean live) throws Exception {
        String redis = plan.store() == Plan.Store.REDIS ? scratch.redis(plan.redis()) : null;
        StoreSettings settings = redis == null
                ? new StoreSettings.Sqlite(ServerProcess.data(scratch.directory()), true)
                : StoreSettings.Redis.at(redis, scratch.key());
        try (Storage storage = Storages.open(settings, scratch::vertx);
                Progress progress = new Progress("filling", size.tasks(), live)) {
            new MixedTasks(storage).fill(size.tasks(), QUEUES, progress);
        }
        Report report = new Report()
                .put("store", plan.store().name().toLowerCase(Locale.ROOT))
                .put("tasks", size.tasks())
                .put("queues", QUEUES)
                .put("destinations", DESTINATIONS)
                .put("goalMs", GOAL_MILLIS);
        try (ServerProcess started = ServerProcess.start(scratch.directory(), redis, scratch.key());
                HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            return new PagesMeasurement(started.address(), client).run(report, size.rounds());
        }
    }

    private Report run(Report report, int rounds) throws Exception {
        destinations();
        nameThoseOfNoQueue();
        name();
        Map<String, Histogram> taken = new HashMap<>();
        pages.keySet().forEach(page -> taken.put(page, new Histogram(3)));
        List<String> order = new ArrayList<>(pages.keySet());
        Random random = new Random(7);
        for (int round = -Math.min(WARM_UP, rounds); round < rounds; round++) {
            Collections.shuffle(order, random);
            for (String page : order) {
                long start = System.nanoTime();
                get(pages.get(page), page.endsWith(PART));
                if (round >= 0) {
                    taken.get(page).recordValue(System.nanoTime() - start);
                }
            }
            if (round >= 0) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        Map<String, Report> all = new LinkedHashMap<>();
        boolean kept = true;
        for (String page : pages.keySet()) {
            boolean within = taken.get(page).getValueAtPercentile(95) <= GOAL_MILLIS * 1e6;
            kept &= within;
            all.put(page, Report.starts(taken.get(page)).put("withinGoal", within));
        }
        return report.put("withinGoal", kept).grid("pages", all);
    }

    /** Every page, with what is behind it far down where there is such. */
    private void name() throws Exception {
        String queue = MixedTasks.queue(7);
        String list = "/tasks?queue=" + queue;
        for (String state : List.of("ready", "running", "scheduled", "succeeded", "dead")) {
            pages.put("/tasks?state=" + state, "/tasks?state=" + state);
            pages.put("/tasks?queue&state=" + state, list + "&state=" + state);
        }
        pages.put("/tasks, deep", deep("/tasks"));
        pages.put("/tasks?queue, deep", deep(list));
        pages.put("/tasks?type", "/tasks?type=report.build");
        pages.put("/tasks?queue&type", list + "&type=report.build");
        pages.put("/tasks?queue&tag", list + "&tag=vip");
        pages.put("/tasks?queue&label", list + "&label=tenant%3Dacme");
        pages.put("/tasks?queue&text, rare", list + "&text=" + MixedTasks.RARE);
        pages.put("/tasks?queue&text, none", list + "&text=nothing-has-this");
        pages.put("/tasks/{ready}", first(list + "&state=ready"));
        pages.put("/tasks/{dead}", first(list + "&state=dead"));
        pages.put("/queues/{queue}", "/queues/" + queue);
        pages.put("/queues/{queue}?range=day", "/queues/" + queue + "?range=day");
        pages.put("/queues/{queue}/settings", "/queues/" + queue + "/settings");
        pages.put("/dead-letters", "/dead-letters");
        pages.put("/dead-letters?queue", "/dead-letters?queue=" + queue);
        pages.put("/bulk, all dead", "/bulk?action=retry&state=dead&queue=" + queue);
    }

    private void nameThoseOfNoQueue() {
        for (String page : List.of(
                "/",
                "/?range=day",
                "/queues",
                "/workers",
                "/system",
                "/new-task",
                "/tasks",
                "/destinations",
                "/new-destination")) {
            pages.put(page, page);
        }
        String destination = "/destinations/" + destination(DESTINATIONS / 2);
        pages.put("/destinations/{name}", destination);
        pages.put("/destinations/{name}/settings", destination + "/settings");
        for (String page : List.of("/", "/tasks", "/destinations")) {
            pages.put(page + PART, page);
        }
    }

    private void destinations() throws Exception {
        for (int i = 0; i < DESTINATIONS; i++) {
            String backends =
                    "{\"backends\": [{\"url\": \"http://127.0.0.1:9009/%d\"}, {\"url\": \"http://127.0.0.1:9009/b\"}]}";
            HttpRequest put = HttpRequest.newBuilder(server.resolve("/api/v1/destinations/" + destination(i)))
                    .header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofString(backends.formatted(i)))
                    .build();
            int status = client.send(put, BodyHandlers.discarding()).statusCode();
            if (status / 100 != 2) {
                throw new IOException("A destination was answered with " + status);
            }
        }
    }

    private static String destination(int index) {
        return "hook-%03d".formatted(index);
    }

    private String deep(String list) throws Exception {
        String page = list;
        for (int i = 0; i < DEEP; i++) {
            Matcher older = OLDER.matcher(get(page));
            if (!older.find()) {
                return page;
            }
            page = older.group(1).replace("&amp;", "&");
        }
        return page;
    }

    private String first(String list) throws Exception {
        Matcher task = TASK.matcher(get(list));
        if (!task.find()) {
            throw new IllegalStateException("There is no task on " + list);
        }
        return task.group(1);
    }

    private String get(String page) throws IOException, InterruptedException {
        return get(page, false);
    }

    private String get(String page, boolean part) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(page))
                .header("Accept", "text/html")
                .timeout(Duration.ofSeconds(30));
        if (part) {
            request.header("HX-Request", "true");
        }
        var answer = client.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(page + " was answered with " + answer.statusCode());
        }
        return answer.body();
    }
}
