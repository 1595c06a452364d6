package dev.millrace.storage.model;

import dev.millrace.queue.QueueConfig.Retention;
import dev.millrace.queue.Submitted;
import dev.millrace.task.NewTask;
import dev.millrace.task.TaskState;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Who has which name, dedupe key and unique key. */
final class ModelNames {
    private final Map<String, ModelTask> names = new HashMap<>();
    private final Map<String, ModelTask> keys = new HashMap<>();
    private final Map<String, Claim> claims = new HashMap<>();

    /** Gone for longer than their window: their names may be known still. */
    private final Set<ModelTask> loose = new HashSet<>();

    private record Claim(ModelTask holder, Instant until) {}

    /**
     * Null when neither its name nor its key came before.
     *
     * @param told what the store says: a name past its window is known until it is let go, whenever that is
     */
    Submitted known(ModelQueue queue, NewTask task, Submitted told) {
        ModelTask named = task.name() == null ? null : holder(names, task.name().value(), told);
        if (named != null) {
            return same(named, task) ? new Submitted.Repeated(named.id()) : new Submitted.NameTaken(named.id());
        }
        ModelTask keyed = task.dedupeKey() == null ? null : holder(keys, key(queue, task.dedupeKey()), told);
        if (keyed == null) {
            return null;
        }
        return same(keyed, task) ? new Submitted.Repeated(keyed.id()) : new Submitted.KeyReused(keyed.id());
    }

    private ModelTask holder(Map<String, ModelTask> among, String text, Submitted told) {
        ModelTask holder = among.get(text);
        if (holder != null && loose.contains(holder) && !told.equals(answer(holder, told))) {
            among.remove(text);
            return null;
        }
        return holder;
    }

    /** A queue was pruned: names of tasks that are gone may go once their window is over. */
    void prune(ModelQueue queue, Instant now) {
        Instant before =
                now.minus(queue.config.retention().over(Retention.DEFAULT).dedupe());
        Stream.concat(names.values().stream(), keys.values().stream())
                .filter(task -> task.queue == queue && !queue.tasks.contains(task))
                .filter(task -> !task.finishedAt.isAfter(before))
                .forEach(loose::add);
    }

    /** The answer of this kind, if it were about this holder. */
    private static Submitted answer(ModelTask holder, Submitted told) {
        return switch (told) {
            case Submitted.Repeated t -> new Submitted.Repeated(holder.id());
            case Submitted.NameTaken t -> new Submitted.NameTaken(holder.id());
            case Submitted.KeyReused t -> new Submitted.KeyReused(holder.id());
            default -> null;
        };
    }

    private static boolean same(ModelTask known, NewTask task) {
        return known.submitted.spec().origin().fingerprint()
                == task.spec().origin().fingerprint();
    }

    /** The live task that holds the unique key, or null. */
    ModelTask holder(ModelQueue queue, String unique, Instant now) {
        Claim claim = claims.get(key(queue, unique));
        boolean holds = claim != null
                && (claim.until == null || now.isBefore(claim.until))
                && !claim.holder.state.terminal()
                && claim.holder.queue.tasks.contains(claim.holder);
        return holds ? claim.holder : null;
    }

    void claim(ModelTask task, Instant now) {
        var unique = task.spec().unique();
        if (unique != null) {
            Instant until = unique.ttl() == null ? null : now.plus(unique.ttl());
            claims.put(key(task.queue, unique.key()), new Claim(task, until));
        }
    }

    void add(ModelTask task, Instant now) {
        if (task.submitted.name() != null) {
            names.put(task.submitted.name().value(), task);
        }
        if (task.submitted.dedupeKey() != null) {
            keys.put(key(task.queue, task.submitted.dedupeKey()), task);
        }
        claim(task, now);
    }

    /** The task that is there under a name; null when there is none. */
    ModelTask named(String name) {
        ModelTask task = names.get(name);
        return task != null && task.queue.tasks.contains(task) ? task : null;
    }

    /** May it be replaced? Not while it runs. */
    static boolean replaceable(ModelTask holder) {
        return !holder.is(TaskState.RUNNING);
    }

    private static String key(ModelQueue queue, String text) {
        return queue.name + "/" + text;
    }
}
