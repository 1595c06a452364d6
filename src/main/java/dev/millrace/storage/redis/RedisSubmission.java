package dev.millrace.storage.redis;

import dev.millrace.queue.Batch;
import dev.millrace.queue.Submitted;
import dev.millrace.storage.BatchFailure;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.TaskId;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Submits batches: plain ones by submit.lua, those with anything to look at by admit.lua. */
final class RedisSubmission {
    private static final Logger LOG = Logger.getLogger(RedisSubmission.class);
    private static final Submitted DELETED = new Submitted.QueueFull("The queue was deleted.");
    private static final long TOUCH_MILLIS = 20_000;

    private final RedisBase base;
    private final NameDirectory directory;
    private final Map<String, Long> touched = new ConcurrentHashMap<>();
    private volatile boolean keepsNames;

    RedisSubmission(RedisBase base) {
        this.base = base;
        this.directory = new NameDirectory(base);
    }

    List<List<Submitted>> submit(List<Batch> batches, Instant now) {
        if (batches.isEmpty()) {
            return List.of();
        }
        touch(batches.getFirst().queue(), now);
        RedisLink.Line line = base.link().line();
        List<Sending> all = batches.stream().map(Sending::new).toList();
        boolean away = false;
        long deadline = base.link().deadline();
        for (Sending one : all) {
            away |= !one.decide(now, deadline, away);
        }
        all.forEach(one -> one.send(now, line));
        long answered = base.link().deadline();
        all.forEach(one -> one.await(now, line, answered));
        giveUpNames(all, now);
        if (all.stream().anyMatch(one -> one.outOfDate)) {
            throw goneAway(batches.getFirst().queue());
        }
        return all.stream().map(one -> one.told).toList();
    }

    /** Where that fails, the names of tasks that were not added are free a minute later. It takes no answer away. */
    private void giveUpNames(List<Sending> all, Instant now) {
        try {
            boolean any = false;
            for (Sending one : all) {
                any |= directory.giveUp(one.batch, one.told, now);
            }
            if (any && keepsNames) {
                LOG.info("Names of tasks that were not added are free at once again");
                keepsNames = false;
            }
        } catch (RuntimeException e) {
            if (!keepsNames && !MillraceException.isStoreAway(e)) {
                LOG.warn("Names of tasks that were not added stay taken for a minute each", e);
                keepsNames = true;
            }
        }
    }

    /** A batch on its way: told already, or waiting for its script. */
    private final class Sending {
        private final Batch batch;
        private PackedBatch packed;
        private Map<Integer, byte[]> decided = Map.of();
        private CompletableFuture<Response> script;
        private List<Submitted> told;
        private boolean outOfDate;

        Sending(Batch batch) {
            this.batch = batch;
        }

        /**
         * @param deadline by {@link System#nanoTime}: how long it waits for other queues to use the names that they have
         * @param away what has to be asked is not asked for
         * @return false when Redis is away
         */
        boolean decide(Instant now, long deadline, boolean away) {
            try {
                packed = PackedBatch.of(batch, now);
                if (away && packed.hasNames()) {
                    throw RedisLink.unavailable("Redis did not answer about the ids of tasks before these.", null);
                }
                decided = directory.decide(packed, now, deadline);
                return true;
            } catch (MillraceException e) {
                told = batch.notSent(e);
                return e.code() != ErrorCode.STORE_UNAVAILABLE;
            } catch (RuntimeException e) {
                told = batch.notSent(BatchFailure.of(e));
                return true;
            }
        }

        void send(Instant now, RedisLink.Line line) {
            if (told != null) {
                return;
            }
            try {
                script = packed.isPlain()
                        ? packed.plain(base, now).run(Scripts.SUBMIT, line)
                        : packed.admit(base, decided, now).run(Scripts.ADMIT, line);
            } catch (RuntimeException e) {
                told = batch.notAnswered(BatchFailure.of(e));
            }
        }

        void await(Instant now, RedisLink.Line line, long deadline) {
            if (told == null) {
                told = answers(now, line, deadline);
            }
        }

        private List<Submitted> answers(Instant now, RedisLink.Line line, long deadline) {
            try {
                Response answer = base.link().await(script, deadline);
                if (packed.isPlain() && answer.toInteger() == 0) {
                    answer = base.link().await(packed.admit(base, Map.of(), now).run(Scripts.ADMIT, line));
                }
                outOfDate = answer.type() == ResponseType.NUMBER && answer.toInteger() < 0;
                return outOfDate
                        ? Collections.nCopies(batch.tasks().size(), DELETED)
                        : RedisSubmission.answers(batch, answer);
            } catch (RuntimeException e) {
                MillraceException failure = BatchFailure.of(e);
                return RedisLink.isUnconnected(failure) ? batch.notSent(failure) : batch.notAnswered(failure);
            }
        }
    }

    private MillraceException goneAway(String queue) {
        base.numbers().forget(queue);
        return new MillraceException(
                ErrorCode.QUEUE_NOT_FOUND, "Queue " + queue + " was deleted since these tasks got their ids.");
    }

    private static List<Submitted> answers(Batch batch, Response response) {
        boolean all = response.type() != ResponseType.MULTI;
        List<Submitted> answers = new ArrayList<>();
        for (int i = 0; i < batch.tasks().size(); i++) {
            TaskId id = batch.publicId(i);
            answers.add(
                    all ? new Submitted.Created(id) : answer(id, response.get(i).toBytes()));
        }
        return answers;
    }

    private static Submitted answer(TaskId own, byte[] told) {
        return switch (told[0]) {
            case 'R' -> new Submitted.Repeated(other(told));
            case 'N' -> new Submitted.NameTaken(other(told));
            case 'P' -> new Submitted.NamePending(other(told));
            case 'K' -> new Submitted.KeyReused(other(told));
            case 'U' -> new Submitted.UniqueTaken(other(told));
            case 'E' -> new Submitted.Existing(other(told));
            case 'F' -> new Submitted.QueueFull("The queue is at its maxDepth.");
            case 'B' -> new Submitted.QueueFull("The queue's tasks have as many bytes as its maxBytes allows.");
            case 'L' -> new Submitted.QueueFull("The queue has waiting tasks of as many types as it may have.");
            default -> new Submitted.Created(own);
        };
    }

    /** The public id of the task that an answer names. */
    private static TaskId other(byte[] told) {
        int name = 1 + TaskRef.LENGTH;
        return told.length > name
                ? new TaskId(SideData.text(Arrays.copyOfRange(told, name, told.length)))
                : TaskRef.ofBytes(told, 1).id();
    }

    /** Keeps the order of use, about to the minute. */
    private void touch(String queue, Instant now) {
        Long last = touched.get(queue);
        if (last == null || Math.abs(now.toEpochMilli() - last) >= TOUCH_MILLIS) {
            touched.put(queue, now.toEpochMilli());
            base.link()
                    .send(Request.cmd(Command.ZADD)
                            .arg(base.keys().used())
                            .arg(now.toEpochMilli())
                            .arg(queue))
                    .exceptionally(error -> null);
        }
    }
}
