package dev.millrace.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.task.Payload;
import dev.millrace.task.TaskId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SubmissionLineTest {
    private static final TaskDraft DRAFT = TaskDraft.of("t", Payload.of("{}"));

    @Test
    void whoeverWaitsIsToldOfAnErrorAndTheNextSubmissionsGoOn() {
        boolean[] broken = {true};
        SubmissionLine line =
                new SubmissionLine(new SubmissionLine.Room(), drafts -> told(drafts, broken[0]), Runnable::run);
        for (int i = 0; i < 3; i++) {
            assertThat(added(line)).isCompletedExceptionally();
        }
        broken[0] = false;
        assertThat(added(line)).isCompleted();
    }

    private static CompletableFuture<Submission> added(SubmissionLine line) {
        CompletableFuture<Submission> answer = new CompletableFuture<>();
        line.add(DRAFT, answer);
        return answer;
    }

    private static List<Submission> told(List<TaskDraft> drafts, boolean broken) {
        if (broken) {
            throw new LinkageError("a class is missing");
        }
        Submitted created = new Submitted.Created(new TaskId("one"));
        return drafts.stream().map(draft -> new Submission(created, null, null)).toList();
    }
}
