package dev.millrace.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.task.BatchId;
import dev.millrace.task.Task;
import dev.millrace.task.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What submitting promises, on a real store. */
interface SubmissionDoorContract extends Doors {
    @Test
    default void everySubmissionOfACrowdIsAnsweredWithItsOwnTask() throws Exception {
        Submissions door = submissions();
        List<CompletableFuture<Submission>> answers = new ArrayList<>();
        for (int i = 0; i < 1234; i++) {
            answers.add(door.submit(queue(), Doors.draft("type-" + i % 7, TaskOptions.NONE, false))
                    .toCompletableFuture());
        }
        for (int i = 0; i < answers.size(); i++) {
            Submission answer = Doors.get(answers.get(i));
            Task stored = find(answer.accepted().id());
            assertThat(stored.spec().type()).isEqualTo("type-" + i % 7);
            assertThat(answer.accepted().spec()).isEqualTo(stored.spec());
        }
        assertThat(count(TaskState.READY)).isEqualTo(1234);
    }

    @Test
    default void whatADraftLeavesOutComesFromItsQueueAndThenFromMillrace() {
        storage().queues().open(queue(), now());
        TaskOptions defaults = new TaskOptions(7, null, Duration.ofHours(1), null, 9, null, null);
        storage().queues().configure(queue(), new QueueConfig(null, defaults, QueueConfig.Retention.DEFAULT));
        TaskOptions own = new TaskOptions(2, Duration.ofSeconds(30), null, null, null, null, null);
        Submission answer = submissions()
                .submitAll(queue(), List.of(Doors.draft("t", own, false)))
                .getFirst();
        Task task = find(answer.accepted().id());
        assertThat(task.spec().priority()).isEqualTo(2);
        assertThat(task.spec().retry().maxAttempts()).isEqualTo(9);
        assertThat(task.spec().timing().expiresAt()).isEqualTo(now().plus(Duration.ofHours(1)));
        assertThat(task.status().times().runAt()).isEqualTo(now().plusSeconds(30));
        assertThat(task.spec().timing().timeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(task.state()).isEqualTo(TaskState.SCHEDULED);
        assertThat(answer.accepted().status()).isEqualTo(task.status());
    }

    @Test
    default void delayedTasksDoNotShareABatchWithOthers() {
        TaskOptions later = new TaskOptions(null, Duration.ofDays(1), null, null, null, null, null);
        List<Submission> answers = submissions()
                .submitAll(
                        queue(),
                        List.of(Doors.draft("now", TaskOptions.NONE, false), Doors.draft("later", later, false)));
        assertThat(BatchId.of(answers.get(0).serverId()))
                .isNotEqualTo(BatchId.of(answers.get(1).serverId()));
        assertThat(answers.get(0).accepted().spec().type()).isEqualTo("now");
        assertThat(answers.get(1).accepted().state()).isEqualTo(TaskState.SCHEDULED);
    }

    @Test
    default void aTaskSentAgainUnderTheIdThatTheServerMadeIsNotAddedTwice() {
        Submission first = submissions()
                .submitAll(queue(), List.of(Doors.draft("t", TaskOptions.NONE, false)))
                .getFirst();
        TaskDraft again = Doors.draft("t", TaskOptions.NONE, false).named(first.serverId());
        List<Submission> answers =
                submissions().submitAll(queue(), List.of(Doors.draft("other", TaskOptions.NONE, false), again, again));
        assertThat(answers.get(0).outcome()).isInstanceOf(Submitted.Created.class);
        assertThat(answers.get(1).outcome()).isEqualTo(new Submitted.Repeated(first.serverId()));
        assertThat(answers.get(2).outcome()).isEqualTo(new Submitted.Repeated(first.serverId()));
        assertThat(count(TaskState.READY)).isEqualTo(2);
    }
}
