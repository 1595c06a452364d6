package dev.millrace.lambda;

import dev.millrace.api.DrainBody;
import dev.millrace.cluster.Activity;
import dev.millrace.cluster.Heartbeat;
import dev.millrace.cluster.Heartbeats;
import dev.millrace.cluster.Standstill;
import dev.millrace.worker.DrainCall;
import dev.millrace.worker.Drained;
import dev.millrace.worker.Worker;
import dev.millrace.worker.Workers;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * A worker for the length of an invocation. Between two the platform stops the process for as long as it likes: so none
 * of the worker outlasts its invocation, neither a lease nor a thread nor its place on the list of nodes.
 */
@Singleton
class Shift {
    private static final Logger LOG = Logger.getLogger("millrace.lambda");
    /** For what ends just now; what does not is handed back. */
    private static final Duration LAST_CALL = Duration.ofSeconds(1);

    private final Workers workers;
    private final DrainCall usual;
    private final Standstill standstill;
    private final Heartbeats heartbeats;

    Shift(Workers workers, DrainCall usual, Standstill standstill, Heartbeats heartbeats) {
        this.workers = workers;
        this.usual = usual;
        this.standstill = standstill;
        this.heartbeats = heartbeats;
    }

    /**
     * @param body as of {@code POST /drain}
     * @param bound within which there has to be an answer
     * @throws dev.millrace.task.MillraceException for a body that is not in order, or {@code STORE_UNAVAILABLE}
     */
    Drained work(byte[] body, Spell spell, Duration bound) {
        DrainCall asked = DrainBody.read(body, usual);
        long begun = System.nanoTime();
        standstill.end();
        Duration gone = Duration.ofNanos(System.nanoTime() - begun);
        DrainCall call = spell.after(gone).fit(asked, bound.minus(gone));
        Worker worker = workers.named(spell.worker());
        Heartbeat heartbeat = heartbeats.of(spell.worker(), spell.function(), new Work(worker));
        try {
            heartbeat.start();
            worker.start();
            Drained drained = worker.drain(call);
            LOG.infof(
                    "%d tasks done, %s",
                    drained.done(), drained.more() ? "and there is more to do" : "and none left to do");
            return drained;
        } finally {
            worker.stop(LAST_CALL);
            heartbeat.stop(LAST_CALL);
        }
    }

    /** What the node does, and may be told about. */
    private record Work(Worker worker) implements Activity {
        @Override
        public int running() {
            return worker.running();
        }

        @Override
        public void rest(boolean resting) {
            worker.rest(resting);
        }
    }
}
