package dev.millrace.storage.redis;

import dev.millrace.queue.Page;
import dev.millrace.queue.TaskFilter;
import dev.millrace.storage.redis.SortedPage.Placed;
import dev.millrace.task.BatchId;
import dev.millrace.task.TaskState;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Pages of the running tasks, last started first. Tasks that were leased together stand together, so it is runs of them
 * that are sorted, and only those on the page are looked at one by one.
 */
final class RunningList {
    private static final Comparator<Started> LAST_FIRST =
            Comparator.comparingLong(Started::ms).thenComparing(Started::first).reversed();

    /** Leases asked for first; each is of one task or of hundreds. */
    private static final int FEWEST = 16;

    private static final int MOST = 1_024;

    private final RedisBase base;
    private final TaskReader reader;

    RunningList(RedisBase base, TaskReader reader) {
        this.base = base;
        this.reader = reader;
    }

    /** Tasks of one batch that were started together. */
    private record Started(BatchId batch, RecordPage.Run run) {
        long ms() {
            return run.record().started();
        }

        TaskRef first() {
            return new TaskRef(batch, run.from());
        }

        Stream<Placed> lastFirst() {
            return IntStream.iterate(run.end() - 1, index -> index >= run.from(), index -> index - 1)
                    .mapToObj(index -> new Placed(new TaskRef(batch, index), ms()));
        }
    }

    /** Of running tasks in {@link TaskFilter#WALK} batches or a few more, at most. */
    Page list(TaskFilter filter, String cursor, int limit) {
        ListCursor.After after = ListCursor.after(cursor);
        Map<BatchId, RecordPage> pages = running(filter.queue());
        Iterator<Placed> places = started(pages)
                .filter(run -> after == null || run.ms() <= after.ms())
                .flatMap(Started::lastFirst)
                .filter(placed -> startedBefore(placed, after))
                .iterator();
        SortedPage page = new SortedPage(reader, filter, limit);
        while (true) {
            List<Placed> some = new ArrayList<>();
            Map<TaskRef, TaskRecord> records = new LinkedHashMap<>();
            while (places.hasNext() && some.size() < page.together()) {
                Placed placed = places.next();
                some.add(placed);
                records.put(
                        placed.ref(),
                        pages.get(placed.ref().batch()).record(placed.ref().index()));
            }
            boolean end = !places.hasNext();
            Page full = page.look(some, records, end);
            if (full != null || end) {
                return full != null ? full : page.last();
            }
        }
    }

    private static Stream<Started> started(Map<BatchId, RecordPage> pages) {
        return pages.entrySet().stream()
                .flatMap(page -> page.getValue().runs().stream().map(run -> new Started(page.getKey(), run)))
                .filter(started -> runs(started.run()))
                .sorted(LAST_FIRST);
    }

    private static boolean startedBefore(Placed placed, ListCursor.After after) {
        return after == null
                || placed.ms() < after.ms()
                || after.task() == null
                || placed.ref().compareTo(after.task()) < 0;
    }

    /**
     * Batches that running tasks are of. Leases are looked at from the last one on, until as many tasks were found as run:
     * those of tasks that ended stay among them for a minute, and may be many more.
     */
    private Map<BatchId, RecordPage> running(String queue) {
        Map<BatchId, RecordPage> pages = new LinkedHashMap<>();
        long found = 0;
        long wanted = 0;
        int step = FEWEST;
        for (long from = 0; pages.size() < TaskFilter.WALK; from += step, step = Math.min(2 * step, MOST)) {
            List<Response> answers = base.link().askAll(List.of(count(queue), leases(queue, from, step)));
            long running = answers.get(0) == null ? 0 : answers.get(0).toLong();
            Iterator<Response> leases = answers.get(1).iterator();
            while (found < running && leases.hasNext()) {
                wanted = Math.max(2 * wanted, running - found);
                found += read(queue, batches(leases, wanted), pages);
            }
            if (found >= running || answers.get(1).size() < step) {
                break;
            }
        }
        return pages;
    }

    /** Those that are not known yet; answers how many tasks of them run. */
    private long read(String queue, Set<BatchId> batches, Map<BatchId, RecordPage> pages) {
        List<BatchId> unknown =
                batches.stream().filter(batch -> !pages.containsKey(batch)).toList();
        Map<BatchId, RecordPage> read = reader.pages(queue, unknown);
        unknown.forEach(batch -> pages.put(batch, read.getOrDefault(batch, RecordPage.EMPTY)));
        return read.values().stream().mapToLong(RunningList::running).sum();
    }

    private Request count(String queue) {
        return Request.cmd(Command.HGET).arg(base.queue(queue).named("n")).arg(TaskState.RUNNING.code());
    }

    private Request leases(String queue, long from, int count) {
        return Request.cmd(Command.ZRANGE)
                .arg(base.queue(queue).named("lease"))
                .arg(from)
                .arg(from + count - 1)
                .arg("REV");
    }

    private static long running(RecordPage page) {
        return page.runs().stream()
                .filter(RunningList::runs)
                .mapToLong(run -> run.end() - run.from())
                .sum();
    }

    private static boolean runs(RecordPage.Run run) {
        return run.record() != null && run.record().state() == TaskState.RUNNING;
    }

    /** Of the next leases, until they name so many tasks. */
    private static Set<BatchId> batches(Iterator<Response> leases, long tasks) {
        Set<BatchId> batches = new LinkedHashSet<>();
        for (long named = 0; named < tasks && leases.hasNext(); ) {
            byte[] packed = leases.next().toBytes();
            for (int at = 0; at < packed.length; ) {
                int count = packed[at + 16] & 0xFF;
                batches.add(TaskRef.ofBytes(packed, at).batch());
                named += count;
                at += TaskRef.LENGTH + count;
            }
        }
        return batches;
    }
}
