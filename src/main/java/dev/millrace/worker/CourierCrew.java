package dev.millrace.worker;

import dev.millrace.queue.AttemptLog;
import dev.millrace.queue.Extension;
import dev.millrace.task.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/** Hands tasks to the courier. What it has brought makes room, so the task's queue is looked at again. */
final class CourierCrew implements Crew {
    private static final Logger LOG = Logger.getLogger(CourierCrew.class);

    private final Courier courier;
    private final Settler settler;
    private final Held held;
    private final WorkerStore store;
    private final Inbox inbox;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    CourierCrew(Courier courier, Settler settler, Held held, WorkerStore store, Inbox inbox) {
        this.courier = courier;
        this.settler = settler;
        this.held = held;
        this.store = store;
        this.inbox = inbox;
        courier.onRoom(inbox.bell()::ring);
    }

    @Override
    public int room(int queues) {
        return Math.min(courier.room(), settler.room());
    }

    @Override
    public void run(List<Run> runs) {
        runs.forEach(this::run);
    }

    private void run(Run run) {
        courier.deliver(run.lease(), new Slip(run)).whenComplete((delivery, failure) -> {
            if (failure != null) {
                AttemptLog.say(LOG, Logger.Level.ERROR, "The delivery broke", run.lease(), failure);
                end(run, Outcome.failed("DeliveryError", "The delivery broke; the log of the worker says why."));
            } else {
                ended(run, delivery);
            }
            makeRoom(run);
        });
    }

    /** The bell is rung for many at once, as the courier wants them. */
    private void makeRoom(Run run) {
        inbox.put(run.task().queue());
        if (courier.wants(run.task().spec().destination())) {
            inbox.bell().ring();
        }
    }

    /** One run's. */
    private final class Slip implements Receipt {
        private final Run run;

        private Slip(Run run) {
            this.run = run;
        }

        @Override
        public void log(String line) {
            if (!run.isOver() && run.notes().log(line)) {
                settler.hasNotes(run);
            }
        }

        @Override
        public boolean isOver() {
            return run.isOver();
        }

        @Override
        public Duration limit() {
            return run.limit();
        }
    }

    private void ended(Run run, Delivery delivery) {
        switch (delivery) {
            case Delivery.Ended over -> end(run, over.outcome());
            case Delivery.Later later -> threads.execute(() -> leaveLeased(run));
        }
    }

    private void end(Run run, Outcome outcome) {
        if (run.end(outcome)) {
            settler.add(run);
        }
    }

    /** From now on it is not this worker's to extend: if nobody ends it in time, the lease runs out. */
    private void leaveLeased(Run run) {
        if (!run.end(null)) {
            return;
        }
        try {
            Instant now = store.now();
            store.tasks().extend(List.of(new Extension(run.token(), now.plus(run.timeout()))), now);
        } catch (RuntimeException e) {
            AttemptLog.say(
                    LOG,
                    Logger.Level.WARN,
                    "A task that is to be ended later keeps its lease for a shorter time",
                    run.lease(),
                    null);
        } finally {
            held.drop(run);
        }
    }

    @Override
    public void stop() {
        threads.shutdown();
    }
}
