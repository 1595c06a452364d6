package dev.millrace.storage.redis;

import dev.millrace.monitor.Buckets;
import dev.millrace.monitor.DeadGroup;
import dev.millrace.monitor.ErrorGroup;
import dev.millrace.monitor.Level;
import dev.millrace.monitor.Minute;
import dev.millrace.monitor.SeriesStore;
import dev.millrace.storage.record.ByteReader;
import dev.millrace.task.TaskError;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The minutes and error groups that the scripts keep. */
final class RedisSeriesStore implements SeriesStore {
    static final long MINUTE = 60_000;
    static final long MINUTES_KEPT = 60L * HOURS_KEPT;

    /** Minutes asked for in one call, so that none holds up Redis for long. */
    private static final int SLICE = 120;

    /** Such calls under way at once. */
    private static final int AT_ONCE = 100;

    private final RedisBase base;

    RedisSeriesStore(RedisBase base) {
        this.base = base;
    }

    @Override
    public Map<String, List<Minute>> minutes(Map<String, Instant> from, Instant to) {
        long end = Math.floorDiv(to.toEpochMilli() + MINUTE - 1, MINUTE);
        Map<String, List<Minute>> minutes = new HashMap<>();
        List<Slice> slices = new ArrayList<>();
        from.forEach((queue, since) -> {
            minutes.put(queue, new ArrayList<>());
            long first = Math.floorDiv(since.toEpochMilli() + MINUTE - 1, MINUTE);
            for (long at = Math.max(first, end - MINUTES_KEPT); at < end; at += SLICE) {
                slices.add(new Slice(queue, at, Math.min(end, at + SLICE)));
            }
        });
        for (int n = 0; n < slices.size(); n += AT_ONCE) {
            read(slices.subList(n, Math.min(slices.size(), n + AT_ONCE)), minutes);
        }
        return minutes;
    }

    /** Minutes of a queue, counted from the first there was; the end is exclusive. */
    private record Slice(String queue, long first, long end) {}

    private void read(List<Slice> slices, Map<String, List<Minute>> minutes) {
        List<List<byte[]>> keys = new ArrayList<>();
        for (Slice slice : slices) {
            List<byte[]> some = new ArrayList<>();
            for (long minute = slice.first; minute < slice.end; minute++) {
                some.add(base.queue(slice.queue).minute(minute * MINUTE));
            }
            keys.add(some);
        }
        List<Response> answers = Scripts.MINUTES.runAll(base.link(), keys);
        for (int n = 0; n < slices.size(); n++) {
            Response found = answers.get(n);
            for (int i = 0; i + 1 < found.size(); i += 2) {
                long at = slices.get(n).first + found.get(i).toLong();
                minutes.get(slices.get(n).queue).add(minute(at * MINUTE, Hashes.strings(found.get(i + 1))));
            }
        }
    }

    /**
     * Fields: s submitted, t started, W and R with a bucket, e with what happened and the type. Older programs counted in
     * other buckets, w and r, which are left out.
     */
    private static Minute minute(long at, Map<String, String> fields) {
        long[] waits = new long[Buckets.COUNT];
        long[] runs = new long[Buckets.COUNT];
        Map<String, Map<String, Long>> ended = new TreeMap<>();
        fields.forEach((field, text) -> {
            long count = Long.parseLong(text);
            switch (field.charAt(0)) {
                case 'W' -> waits[Integer.parseInt(field.substring(1))] = count;
                case 'R' -> runs[Integer.parseInt(field.substring(1))] = count;
                case 'e' -> {
                    int colon = field.indexOf(':');
                    ended.computeIfAbsent(field.substring(colon + 1), type -> new TreeMap<>())
                            .put(field.substring(1, colon), count);
                }
                default -> {}
            }
        });
        return new Minute(
                Instant.ofEpochMilli(at),
                Long.parseLong(fields.getOrDefault("s", "0")),
                Long.parseLong(fields.getOrDefault("t", "0")),
                ended,
                waits,
                runs);
    }

    /** The same field is used again two days later, so that no hash grows beyond that; an idle one goes as a whole. */
    @Override
    public void note(Map<String, Level> levels) {
        List<Request> requests = new ArrayList<>();
        levels.forEach((queue, level) -> {
            long minute = Math.floorDiv(level.at().toEpochMilli(), MINUTE);
            String value = minute + ":" + level.live() + ":" + level.oldest().toMillis();
            byte[] key = levelsOf(queue);
            requests.add(Request.cmd(Command.HSET)
                    .arg(key)
                    .arg(minute % MINUTES_KEPT)
                    .arg(value));
            requests.add(Request.cmd(Command.EXPIRE).arg(key).arg(MINUTES_KEPT * 60));
        });
        base.link().askAll(requests);
    }

    private byte[] levelsOf(String queue) {
        return queue.equals(ALL) ? base.keys().levels() : base.queue(queue).levels();
    }

    @Override
    public List<Level> levels(String queue, Instant from, Instant to) {
        long first = Math.floorDiv(from.toEpochMilli() + MINUTE - 1, MINUTE);
        long end = Math.floorDiv(to.toEpochMilli() + MINUTE - 1, MINUTE);
        first = Math.max(first, end - MINUTES_KEPT);
        if (first >= end) {
            return List.of();
        }
        Request request = Request.cmd(Command.HMGET).arg(levelsOf(queue));
        for (long minute = first; minute < end; minute++) {
            request.arg(minute % MINUTES_KEPT);
        }
        List<Level> levels = new ArrayList<>();
        for (Response value : base.link().ask(request)) {
            if (value != null) {
                String[] parts = value.toString().split(":");
                long minute = Long.parseLong(parts[0]);
                if (minute >= first && minute < end) {
                    levels.add(new Level(
                            Instant.ofEpochMilli(minute * MINUTE),
                            Long.parseLong(parts[1]),
                            Duration.ofMillis(Long.parseLong(parts[2]))));
                }
            }
        }
        return levels;
    }

    @Override
    public List<ErrorGroup> errorGroups(String queue, int limit) {
        QueueKeys keys = base.queue(queue);
        Response seen = base.link()
                .ask(Request.cmd(Command.ZRANGE)
                        .arg(keys.named("grpseen"))
                        .arg(0)
                        .arg(Math.max(0, limit - 1))
                        .arg("REV"));
        if (limit <= 0 || seen.size() == 0) {
            return List.of();
        }
        Request request = Request.cmd(Command.HMGET).arg(keys.named("grp"));
        seen.forEach(fingerprint -> request.arg(fingerprint.toBytes()));
        Response answers = base.link().ask(request);
        List<ErrorGroup> groups = new ArrayList<>();
        for (int i = 0; i < seen.size(); i++) {
            if (answers.get(i) != null) {
                groups.add(group(seen.get(i).toString(), answers.get(i).toBytes()));
            }
        }
        return groups;
    }

    /** Two rounds for all queues: which kinds there are, then what they are. */
    @Override
    public List<DeadGroup> deadGroups(List<String> queues, int limit) {
        List<Response> ranked = base.link()
                .askAll(queues.stream()
                        .map(queue -> Request.cmd(Command.ZRANGE)
                                .arg(base.queue(queue).named("fallen"))
                                .arg(0)
                                .arg(limit - 1)
                                .arg("REV")
                                .arg("WITHSCORES"))
                        .toList());
        List<Counted> counted = new ArrayList<>();
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < ranked.size(); i++) {
            Map<Response, Double> scores = Hashes.scored(ranked.get(i));
            if (!scores.isEmpty()) {
                Request request =
                        Request.cmd(Command.HMGET).arg(base.queue(queues.get(i)).named("grp"));
                scores.keySet().forEach(fingerprint -> request.arg(fingerprint.toBytes()));
                requests.add(request);
                counted.add(new Counted(queues.get(i), scores));
            }
        }
        List<Response> answers = base.link().askAll(requests);
        List<DeadGroup> groups = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            groups.addAll(counted.get(i).groups(answers.get(i)));
        }
        return groups;
    }

    /** How many dead tasks a queue has by fingerprint, the most first. */
    private record Counted(String queue, Map<Response, Double> dead) {
        List<DeadGroup> groups(Response kinds) {
            List<DeadGroup> groups = new ArrayList<>();
            int at = 0;
            for (Map.Entry<Response, Double> one : dead.entrySet()) {
                Response kind = kinds.get(at++);
                if (kind != null) {
                    ErrorGroup failures = group(one.getKey().toString(), kind.toBytes());
                    groups.add(new DeadGroup(queue, failures, one.getValue().longValue()));
                }
            }
            return groups;
        }
    }

    private static ErrorGroup group(String fingerprint, byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        long count = in.u48();
        Instant first = Instant.ofEpochMilli(in.u48());
        Instant last = Instant.ofEpochMilli(in.u48());
        TaskRef sample = TaskRef.ofBytes(in.bytes(TaskRef.LENGTH), 0);
        String type = SideData.text(in.bytes(in.u8()));
        TaskError error = SideData.error(in.bytes(bytes.length - in.position()));
        return new ErrorGroup(fingerprint, type, error.type(), error.message(), count, first, last, sample.id());
    }
}
