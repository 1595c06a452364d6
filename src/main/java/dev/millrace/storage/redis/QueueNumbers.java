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

/** Which number belongs to which queue. Read once, until a queue is deleted or the store is another one. */
final class QueueNumbers {
    private final RedisLink link;
    private final RedisKeys keys;
    private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
    private final Map<Integer, String> names = new ConcurrentHashMap<>();

    QueueNumbers(RedisLink link, RedisKeys keys) {
        this.link = link;
        this.keys = keys;
    }

    int open(String queue) {
        Integer known = numbers.get(queue);
        if (known != null) {
            return known;
        }
        List<byte[]> args = List.of(
                RedisKeys.bytes(queue), RedisKeys.bytes("" + QueueStore.LIMIT), RedisKeys.bytes("" + BatchId.QUEUES));
        int number = link.await(Scripts.NUMBER.run(link.line(), List.of(keys.queues()), args))
                .toInteger();
        if (number < 0) {
            throw new MillraceException(
                    ErrorCode.QUEUE_FULL, "There are " + QueueStore.LIMIT + " queues already; delete some first.");
        }
        learn(queue, number);
        return number;
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

    /** What this node has seen so far. */
    Map<String, Integer> known() {
        return Map.copyOf(numbers);
    }
}
