package dev.millrace.queue.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.QueueConfig.Retention;
import dev.millrace.queue.TaskOptions;

/** Says how long ended tasks are kept, and has them pruned. */
interface Prunes extends States {
    default void retain(Retention retention) {
        storage().queues().open(queue(), now());
        storage().queues().configure(queue(), new QueueConfig(null, TaskOptions.NONE, retention));
    }

    default int pruned() {
        int all = 0;
        int some;
        int rounds = 0;
        do {
            some = tasks().prune(queue(), 200, now());
            all += some;
            assertThat(++rounds).as("rounds of pruning").isLessThan(100);
        } while (some >= 200);
        return all;
    }
}
