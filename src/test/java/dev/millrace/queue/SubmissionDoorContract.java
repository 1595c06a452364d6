package dev.millrace.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.task.BatchId;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import dev.millrace.task.TaskState;
import dev.millrace.testing.Outage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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

    @Test
    default void ofACrowdOnlyThoseAreRefusedWhoseBatchMetAFullStore() throws Exception {
        Outage outage = new Outage();
        Heard heard = new Heard();
        Submissions door = submissions(outage, heard);
        outage.fullAfter(3);
        List<CompletableFuture<Submission>> answers = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            answers.add(door.submit(queue(), Doors.draft("t", TaskOptions.NONE, false))
                    .toCompletableFuture());
        }
        int accepted = 0;
        for (CompletableFuture<Submission> answer : answers) {
            Object told = answer.handle((given, failure) -> failure == null ? given.outcome() : code(failure))
                    .get(Doors.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            boolean created = told instanceof Submitted.Created;
            assertThat(created || told == ErrorCode.STORE_FULL).as("%s", told).isTrue();
            accepted += created ? 1 : 0;
        }
        assertThat(accepted).isBetween(3, 300);
        assertThat(count(TaskState.READY)).isEqualTo(accepted);
        assertThat(heard.accepted).hasValue(accepted);
    }

    @Test
    default void whatComesAfterAFullStoreIsNotSentButWhatCameBeforeIsToldAsAccepted() {
        Outage outage = new Outage();
        Heard heard = new Heard();
        Submissions door = submissions(outage, heard);
        outage.fullAfter(7);

        List<Submission> answers = door.submitEach(queue(), drafts(1_600));

        assertThat(outage.calls("submit")).isEqualTo(2);
        assertThat(outcomes(answers.subList(0, 700))).hasOnlyElementsOfType(Submitted.Created.class);
        assertThat(outcomes(answers.subList(700, 1_600))).hasOnlyElementsOfType(Submitted.StoreFull.class);
        assertThat(count(TaskState.READY)).isEqualTo(700);
        assertThat(heard.accepted).hasValue(700);
    }

    @Test
    default void whoCameBeforeIsToldSoByAFullStore() {
        Outage outage = new Outage();
        Heard heard = new Heard();
        Submissions door = submissions(outage, heard);
        TaskDraft named = Doors.draft("t", TaskOptions.NONE, false).named(new TaskId(own("order")));
        TaskDraft keyed = Doors.keyed(own("key"), 1);
        TaskId first = door.submitAll(queue(), List.of(named, keyed)).get(1).serverId();
        TaskDraft made = Doors.keyed(own("another-key"), 1).named(first);
        List<TaskDraft> drafts = new ArrayList<>(List.of(named, keyed, Doors.keyed(own("key"), 2)));
        drafts.add(Doors.keyed(own("new"), 1));
        drafts.addAll(drafts(TaskStore.STEP));
        drafts.addAll(List.of(named, keyed, made));
        outage.fullAfter(0);

        List<Submitted> outcomes = outcomes(door.submitEach(queue(), drafts));

        assertThat(outcomes.subList(0, 3))
                .containsExactly(
                        new Submitted.Repeated(named.name()),
                        new Submitted.Repeated(first),
                        new Submitted.KeyReused(first));
        assertThat(outcomes.subList(3, 4 + TaskStore.STEP)).hasOnlyElementsOfType(Submitted.StoreFull.class);
        assertThat(outcomes.subList(4 + TaskStore.STEP, drafts.size()))
                .containsExactly(
                        new Submitted.Repeated(named.name()),
                        new Submitted.Repeated(first),
                        new Submitted.Repeated(first));
        assertThat(heard.accepted).hasValue(2);
        assertThat(count(TaskState.READY)).isEqualTo(2);
    }

    @Test
    default void aCallWhoseTasksAllCameBeforeIsToldSoByAFullStoreHoweverLarge() {
        Outage outage = new Outage();
        Submissions door = submissions(outage, new Heard());
        List<TaskDraft> drafts = new ArrayList<>();
        for (int i = 0; i < 2 * TaskStore.STEP + 1; i++) {
            drafts.add(Doors.keyed(own("key") + "/" + i, 1));
        }
        List<Submission> first = door.submitAll(queue(), drafts);
        outage.fullAfter(0);

        List<Submission> again = door.submitAll(queue(), drafts);

        for (int i = 0; i < drafts.size(); i++) {
            assertThat(again.get(i).outcome())
                    .isEqualTo(new Submitted.Repeated(first.get(i).serverId()));
        }
    }

    @Test
    default void aFullStoreThatCannotSayWhatCameBeforeTakesNoAnswerAway() {
        Outage outage = new Outage();
        Submissions door = submissions(outage, new Heard());
        TaskDraft named = Doors.draft("t", TaskOptions.NONE, false).named(new TaskId(own("order")));
        door.submitAll(queue(), List.of(named));
        List<TaskDraft> drafts = new ArrayList<>(drafts(100));
        drafts.add(named);
        outage.fullAfter(1);
        outage.breakNext("repeats");

        List<Submitted> outcomes = outcomes(door.submitEach(queue(), drafts));

        assertThat(outcomes.subList(0, 100)).hasOnlyElementsOfType(Submitted.Created.class);
        assertThat(outcomes.getLast()).isInstanceOf(Submitted.StoreFull.class);
    }

    @Test
    default void whatMayBeThereIsToldWithTheIdUnderWhichItIsSentAgain() {
        Outage outage = new Outage();
        Submissions door = submissions(outage, new Heard());
        outage.silentAfter(6);
        List<TaskDraft> drafts = drafts(1_300);

        List<Submission> answers = door.submitEach(queue(), drafts);

        assertThat(outcomes(answers.subList(0, 600))).hasOnlyElementsOfType(Submitted.Created.class);
        assertThat(outcomes(answers.subList(600, 1_000))).hasOnlyElementsOfType(Submitted.Unknown.class);
        assertThat(outcomes(answers.subList(1_000, 1_300))).hasOnlyElementsOfType(Submitted.Unsent.class);
        outage.comeBack();
        List<TaskDraft> again = new ArrayList<>(drafts.subList(1_000, 1_300));
        for (int i = 600; i < 1_000; i++) {
            again.add(drafts.get(i).named(((Submitted.Unknown) answers.get(i).outcome()).id()));
        }
        assertThat(outcomes(door.submitAll(queue(), again))).allMatch(Submitted::accepted);
        assertThat(count(TaskState.READY)).isEqualTo(1_300);
    }

    @Test
    default void anErrorBeforeTheRestIsSentTakesNoAnswerAway() {
        Outage outage = new Outage();
        Submissions door = submissions(outage, new Heard());
        TaskId made = door.submitEach(queue(), drafts(1)).getFirst().serverId();
        List<TaskDraft> drafts = new ArrayList<>(drafts(TaskStore.STEP));
        drafts.add(drafts.getFirst().named(made));
        outage.breakNext("find");

        List<Submission> answers = door.submitEach(queue(), drafts);

        assertThat(outcomes(answers.subList(0, TaskStore.STEP))).hasOnlyElementsOfType(Submitted.Created.class);
        assertThat(answers.getLast().outcome()).isInstanceOf(Submitted.Unsent.class);
    }

    @Test
    default void whoDoesNotAskForEachTaskIsToldByAnException() {
        Outage outage = new Outage();
        outage.silentAfter(0);
        TaskDraft named = Doors.draft("t", TaskOptions.NONE, false).named(new TaskId("once-" + queue()));
        assertThatThrownBy(() -> submissions(outage, new Heard()).submitAll(queue(), List.of(named)))
                .isInstanceOfSatisfying(MillraceException.class, lost -> {
                    assertThat(lost.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
                    assertThat(lost.members()).containsEntry("id", "once-" + queue());
                });
        assertThat(outcomes(submissions().submitAll(queue(), List.of(named))))
                .containsExactly(new Submitted.Repeated(named.name()));
    }

    private static Object code(Throwable failure) {
        return failure instanceof MillraceException e ? e.code() : failure;
    }

    private Submissions submissions(Outage outage, TaskTally tally) {
        return new Submissions(outage.around(storage()).tasks(), known(), clock(), tally);
    }

    private static List<TaskDraft> drafts(int count) {
        return Collections.nCopies(count, Doors.draft("t", TaskOptions.NONE, false));
    }

    private static List<Submitted> outcomes(List<Submission> answers) {
        return answers.stream().map(Submission::outcome).toList();
    }

    /** Counts what it is told. */
    final class Heard implements TaskTally {
        private final AtomicInteger accepted = new AtomicInteger();

        @Override
        public boolean listens() {
            return true;
        }

        @Override
        public void accepted(Task task) {
            accepted.incrementAndGet();
        }

        @Override
        public void ended(Task task, Verdict verdict) {}
    }
}
