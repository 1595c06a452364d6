package dev.millrace.storage.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Batch;
import dev.millrace.queue.Change;
import dev.millrace.queue.Extension;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.Report;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.TaskStore;
import dev.millrace.queue.Verdicts;
import dev.millrace.storage.Storage;
import dev.millrace.task.BatchId;
import dev.millrace.task.NewTask;
import dev.millrace.task.TaskId;
import dev.millrace.testing.FakeClock;
import dev.millrace.testing.Scene;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A long life of a store, one call after the other: whatever callers may do in any order, nodes that restart, workers that
 * disappear or come back too late, calls whose answer is lost and that are made again, time that jumps.
 */
final class Life {
    /** A caller whose call got no answer makes it again within this time; a batch is recognised for longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(50);

    private final Scene scene = new Scene();
    private final FakeClock clock = scene.clock();
    private final List<String> queues = List.of(scene.queue(), scene.newQueue());
    private final Model model = new Model();
    private final Witness witness = new Witness();
    private final List<Lease> leases = new ArrayList<>();
    private final List<TaskId> ids = new ArrayList<>();
    private final List<Made> made = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private final Nodes nodes;
    private final Chance chance;
    private final Audit audit;
    private int lost;

    /** A call, and when it was made the first time. */
    private record Made(Deed deed, Instant at) {}

    Life(long seed, Nodes nodes) {
        this.nodes = nodes;
        this.chance = new Chance(seed, scene.queue() + "-");
        this.audit = new Audit(model, scene, chance);
    }

    /** In a few words, what happened. */
    String live(int steps) {
        queues.forEach(queue -> node().queues().open(queue, clock.instant()));
        for (int step = 1; step <= steps; step++) {
            try {
                live();
                look(step);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "at step " + step + ": " + e.getMessage() + "\nafter\n  " + String.join("\n  ", lately()), e);
            }
        }
        nodes.checkLayout(scene.queues());
        return "%d tasks, %d leases, %d calls made again".formatted(ids.size(), leases.size(), lost);
    }

    private List<String> lately() {
        return done.subList(Math.max(0, done.size() - 25), done.size());
    }

    private void look(int step) {
        if (step % 25 == 0) {
            audit.glance(node(), ids);
        }
        if (step % 500 == 0) {
            audit.all(node(), ids);
        }
        if (step % 2_000 == 0) {
            nodes.checkLayout(scene.queues());
            nodes.restart(chance.below(nodes.count()));
        }
    }

    private Storage node() {
        return nodes.node(chance.below(nodes.count()));
    }

    private void live() {
        Instant now = clock.tick(chance.passes());
        switch (chance.below(24)) {
            case 0, 1, 2, 3 -> make(submission(now), now);
            case 4, 5, 6, 7 -> lease(now);
            case 8, 9, 10, 11, 12, 13 -> make(settlement(now), now);
            case 14 -> make(extension(now), now);
            case 15 -> make(report(), now);
            case 16, 17 -> make(change(), now);
            case 18, 19 -> again(now);
            case 20 -> pause();
            case 21 -> configure();
            case 22 -> tidy(now);
            default -> prune(now);
        }
    }

    /** One call in eight gets no answer: either it never arrived, or it did and nobody is told. It is made again later. */
    private void make(Deed deed, Instant now) {
        boolean arrives = !chance.oneIn(8);
        said((arrives ? "" : "never arrives: ") + deed);
        if (arrives) {
            tell(deed, now);
        }
        made.add(new Made(deed, now));
    }

    private void tell(Deed deed, Instant now) {
        deed.tell(node().tasks(), model, witness, now);
    }

    private void again(Instant now) {
        if (made.isEmpty()) {
            return;
        }
        Made one = made.get(made.size() - 1 - chance.below(Math.min(8, made.size())));
        if (one.at.plus(PATIENCE).isAfter(now) || isRecognised(one.deed)) {
            lost++;
            said("again: " + one.deed);
            tell(one.deed, now);
        }
    }

    /** Something of each of its batches is there. */
    private boolean isRecognised(Deed deed) {
        return deed instanceof Deed.Submit submit
                && submit.batches().stream().allMatch(batch -> model.keeps(batch.id()));
    }

    private void said(Object what) {
        String text = clock.instant() + " " + what;
        done.add(text.length() > 300 ? text.substring(0, 300) + "..." : text);
    }

    private Deed submission(Instant now) {
        String queue = chance.any(queues);
        int number = node().queues().open(queue, now);
        List<Batch> batches = new ArrayList<>();
        for (int b = severalOf(queue) ? chance.below(3) : 0; b >= 0; b--) {
            List<NewTask> tasks = new ArrayList<>();
            NewTask alike = chance.oneIn(3) ? chance.task(now) : null;
            for (int i = chance.below(chance.oneIn(8) ? 30 : 4); i >= 0; i--) {
                tasks.add(alike == null ? chance.task(now) : alike);
            }
            BatchId id = BatchId.make(now, number, chance.random());
            batches.add(new Batch(id, queue, tasks));
            for (int i = 0; i < tasks.size(); i++) {
                ids.add(tasks.get(i).name() == null ? id.at(i) : tasks.get(i).name());
            }
        }
        return new Deed.Submit(batches);
    }

    /** Near a limit it is left to the store which of the batches of a call come first. */
    private boolean severalOf(String queue) {
        QueueConfig config = model.queue(queue).config;
        return config.maxDepth() == null && config.maxBytes() == null && chance.oneIn(4);
    }

    private void lease(Instant now) {
        LeaseRequest request = chance.lease(chance.any(queues));
        said(request);
        List<Lease> given = node().tasks().lease(request, now);
        given.forEach(lease -> witness.leased(lease, now));
        new ModelLease(model, request, now).check(given);
        // The answer of one in ten is lost, so that nobody settles what was leased.
        if (!chance.oneIn(10)) {
            leases.addAll(given);
        }
    }

    private Deed settlement(Instant now) {
        List<Settlement> settlements = new ArrayList<>();
        for (Lease lease : chance.some(leases, 8)) {
            settlements.add(new Settlement(lease.token(), Verdicts.of(lease.task(), chance.outcome(), now)));
        }
        return new Deed.Settle(settlements);
    }

    private Deed extension(Instant now) {
        return new Deed.Extend(chance.some(leases, 4).stream()
                .map(lease -> new Extension(lease.token(), now.plus(chance.millis(90_000))))
                .toList());
    }

    private Deed report() {
        return new Deed.Tell(chance.some(leases, 4).stream()
                .map(lease -> new Report(lease.token(), chance.progress(), chance.lines()))
                .toList());
    }

    private Deed change() {
        List<Change> changes = new ArrayList<>();
        for (TaskId id : chance.some(ids, 4)) {
            ModelTask task = model.find(id);
            changes.add(chance.change(id, task == null ? 0 : task.revision));
        }
        return new Deed.Edit(changes);
    }

    private void pause() {
        String queue = chance.any(queues);
        boolean paused = chance.oneIn(3);
        said("pause " + queue + " " + paused);
        node().queues().pause(queue, paused);
        model.queue(queue).paused = paused;
    }

    private void configure() {
        String queue = chance.any(queues);
        QueueConfig config = chance.config();
        said(queue + " " + config);
        node().queues().configure(queue, config);
        model.queue(queue).config = config;
    }

    private void tidy(Instant now) {
        String queue = chance.any(queues);
        said("tidy " + queue);
        assertThat(node().tasks().tidy(queue, TaskStore.STEP, now)).isEqualTo(model.tidy(queue, now));
    }

    private void prune(Instant now) {
        String queue = chance.any(queues);
        said("prune " + queue);
        new ModelPrune(model, model.queue(queue), now).check(node().tasks());
    }
}
