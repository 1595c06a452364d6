package dev.millrace.storage.redis;

import dev.millrace.queue.QueueStore;
import dev.millrace.task.BatchId;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Stream;

/** Which number belongs to which queue. Read once, until a queue is deleted or the store is another one. */
final class QueueNumbers {
    private static final int TRIES = 5;
    private static final int TOGETHER = 500;

    private final RedisLink link;
    private final RedisKeys keys;
    private final Function<String, byte[]> config;
    private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
    private final Map<Integer, String> names = new ConcurrentHashMap<>();

    /**
     * @param config where a queue's settings are
     */
    QueueNumbers(RedisLink link, RedisKeys keys, Function<String, byte[]> config) {
        this.link = link;
        this.keys = keys;
        this.config = config;
    }

    int open(String queue) {
        Integer known = numbers.get(queue);
        if (known != null) {
            return known;
        }
        for (int tries = 0; tries < TRIES; tries++) {
            int number = number(queue);
            if (run(Scripts.ADOPT, config.apply(queue), "" + number) > 0) {
                learn(queue, number);
                return number;
            }
            // Whoever removes the queue may have died before this last step.
            retire(queue, number);
        }
        throw RedisLink.unavailable("Queue " + queue + " is just being removed.", null);
    }

    private int number(String queue) {
        int begin = ThreadLocalRandom.current().nextInt(BatchId.QUEUES);
        int number = run(Scripts.NUMBER, keys.queues(), queue, "" + QueueStore.LIMIT, "" + BatchId.QUEUES, "" + begin);
        if (number < 0) {
            throw new MillraceException(
                    ErrorCode.QUEUE_FULL, "There are " + QueueStore.LIMIT + " queues already; delete some first.");
        }
        return number;
    }

    /** The last step of a removal: the name is free again. */
    void retire(String queue, int number) {
        run(Scripts.RETIRE, keys.queues(), queue, "" + number);
    }

    private int run(LuaScript script, byte[] key, String... args) {
        List<byte[]> bytes = Stream.of(args).map(RedisKeys::bytes).toList();
        return link.await(script.run(link.line(), List.of(key), bytes)).toInteger();
    }

    Optional<Integer> find(String queue) {
        Integer known = numbers.get(queue);
        if (known != null) {
            return Optional.of(known);
        }
        Response answer = link.ask(Command.HGET, keys.queues(), queue);
        if (answer != null) {
            learn(queue, answer.toInteger());
        }
        return Optional.ofNullable(answer).map(Response::toInteger);
    }

    Optional<String> name(int number) {
        String known = names.get(number);
        if (known != null) {
            return Optional.of(known);
        }
        Response answer = link.ask(Command.HGET, keys.queues(), "#" + number);
        if (answer != null) {
            learn(answer.toString(), number);
        }
        return Optional.ofNullable(answer).map(Response::toString);
    }

    void learn(String queue, int number) {
        numbers.put(queue, number);
        names.put(number, queue);
    }

    void forget(String queue) {
        Integer number = numbers.remove(queue);
        if (number != null) {
            names.remove(number);
        }
    }

    /** For a store that lost them: those whose names and numbers are free get them again; all are asked for anew. */
    void reinstate() {
        List<Map.Entry<String, Integer>> known = List.copyOf(numbers.entrySet());
        for (int from = 0; from < known.size(); from += TOGETHER) {
            List<byte[]> pairs = known.subList(from, Math.min(known.size(), from + TOGETHER)).stream()
                    .flatMap(one -> Stream.of(one.getKey(), "" + one.getValue()))
                    .map(RedisKeys::bytes)
                    .toList();
            link.await(Scripts.REINSTATE.run(link.line(), List.of(keys.queues()), pairs));
        }
        // Not before all are there: what failed half-way is tried again, with these.
        known.forEach(one -> {
            numbers.remove(one.getKey(), one.getValue());
            names.remove(one.getValue(), one.getKey());
        });
    }
}
