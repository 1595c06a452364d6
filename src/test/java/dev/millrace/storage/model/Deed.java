package dev.millrace.storage.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.Batch;
import dev.millrace.queue.Change;
import dev.millrace.queue.Changed;
import dev.millrace.queue.Extension;
import dev.millrace.queue.Report;
import dev.millrace.queue.Settled;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.Submitted;
import dev.millrace.queue.TaskStore;
import dev.millrace.task.TaskId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One call of a store that may be made again as it was. */
sealed interface Deed {
    /** Tells store, model and witness alike, and compares what they say. */
    void tell(TaskStore store, Model model, Witness witness, Instant now);

    /** Submits batches of one queue. */
    record Submit(List<Batch> batches) implements Deed {
        @Override
        public void tell(TaskStore store, Model model, Witness witness, Instant now) {
            List<List<Submitted>> told = store.submit(batches, now);
            for (int b = 0; b < batches.size(); b++) {
                Batch batch = batches.get(b);
                List<Submitted> plain = told.get(b).stream().map(Submit::plain).toList();
                assertThat(plain).isEqualTo(model.submit(batch, plain, now));
                for (int i = 0; i < plain.size(); i++) {
                    if (plain.get(i) instanceof Submitted.Created) {
                        witness.accepted(batch.id().at(i), batch.tasks().get(i));
                    }
                }
            }
        }

        private static Submitted plain(Submitted told) {
            return told instanceof Submitted.QueueFull ? new Submitted.QueueFull("") : told;
        }
    }

    /** Ends leases. */
    record Settle(List<Settlement> settlements) implements Deed {
        @Override
        public void tell(TaskStore store, Model model, Witness witness, Instant now) {
            List<Settled> told = store.settle(settlements, now);
            model.turn();
            for (int i = 0; i < settlements.size(); i++) {
                Settlement one = settlements.get(i);
                witness.settled(one, told.get(i));
                assertThat(told.get(i)).as("%s", one).isEqualTo(model.settle(one.token(), one.verdict(), now));
            }
        }
    }

    /** Moves deadlines. */
    record Extend(List<Extension> extensions) implements Deed {
        @Override
        public void tell(TaskStore store, Model model, Witness witness, Instant now) {
            List<Settled> told = store.extend(extensions, now);
            for (int i = 0; i < extensions.size(); i++) {
                Extension one = extensions.get(i);
                assertThat(told.get(i)).as("%s", one).isEqualTo(model.extend(one));
                if (told.get(i).holds()) {
                    witness.extended(one.token().task(), one.until());
                }
            }
        }
    }

    /** Says how far runs are. */
    record Tell(List<Report> reports) implements Deed {
        @Override
        public void tell(TaskStore store, Model model, Witness witness, Instant now) {
            List<Settled> told = store.report(reports, now);
            List<Settled> wanted = new ArrayList<>();
            reports.forEach(report -> wanted.add(model.report(report, now)));
            assertThat(told).isEqualTo(wanted);
        }
    }

    /** Changes tasks from outside. */
    record Edit(List<Change> changes) implements Deed {
        @Override
        public void tell(TaskStore store, Model model, Witness witness, Instant now) {
            List<Changed> told = store.change(changes, now);
            model.turn();
            for (int i = 0; i < changes.size(); i++) {
                Change one = changes.get(i);
                ModelTask task = model.find(one.id());
                TaskId serverId = task == null ? null : task.serverId;
                assertThat(told.get(i)).as("%s", one).isEqualTo(model.change(one, now));
                witness.changed(serverId, one, told.get(i));
            }
        }
    }
}
