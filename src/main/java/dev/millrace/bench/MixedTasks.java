package dev.millrace.bench;

import dev.millrace.queue.Lanes;
import dev.millrace.queue.Lease;
import dev.millrace.queue.LeaseRequest;
import dev.millrace.queue.QueueRoom;
import dev.millrace.queue.Settlement;
import dev.millrace.queue.Submission;
import dev.millrace.queue.TaskDraft;
import dev.millrace.queue.TaskOptions;
import dev.millrace.queue.TaskStore;
import dev.millrace.queue.Verdict;
import dev.millrace.storage.Storage;
import dev.millrace.task.Cause;
import dev.millrace.task.Marks;
import dev.millrace.task.Payload;
import dev.millrace.task.TaskError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Fills a store with tasks of several queues in all states that an installation has, as they come there. */
final class MixedTasks {
    static final String RARE = "needle@example.org";

    private static final TaskDraft.Sender SENDER = new TaskDraft.Sender(null, null, null, 0, false);
    private static final String[] TYPES = {"mail.send", "image.resize", "report.build", "webhook.deliver"};
    private static final Duration LEASE = Duration.ofHours(12);

    private final Storage storage;
    private final QueueRoom room;
    private int number;

    MixedTasks(Storage storage) {
        this.storage = storage;
        this.room = QueueRoom.over(storage.tasks(), storage.queues(), storage.clock());
    }

    static String queue(int index) {
        return "bench-%03d".formatted(index);
    }

    /** Of ten tasks in each queue two have succeeded and one is dead, one is scheduled, and one in a hundred runs. */
    void fill(int tasks, int queues, Progress progress) {
        for (int i = 0; i < queues; i++) {
            int share = tasks / queues + (i < tasks % queues ? 1 : 0);
            fill(queue(i), share);
            progress.step(share);
        }
    }

    private void fill(String queue, int share) {
        int ended = share * 3 / 10;
        int scheduled = share / 10;
        submit(queue, ended, TaskOptions.NONE);
        settle(queue, ended);
        submit(queue, share - ended - scheduled, TaskOptions.NONE);
        lease(queue, Math.max(1, share / 100));
        submit(queue, scheduled, new TaskOptions(null, Duration.ofDays(1), null, null, null, null, null));
    }

    private void submit(String queue, int count, TaskOptions options) {
        for (int left = count; left > 0; left -= TaskStore.STEP) {
            List<TaskDraft> drafts = new ArrayList<>();
            for (int i = Math.min(left, TaskStore.STEP); i > 0; i--) {
                drafts.add(draft(options));
            }
            List<Submission> answers = room.submissions().submitAll(queue, drafts);
            if (answers.stream().anyMatch(answer -> answer.accepted() == null)) {
                throw new IllegalStateException("The store did not take all tasks");
            }
        }
    }

    private TaskDraft draft(TaskOptions options) {
        int one = number++;
        String to = one % 1000 == 0 ? RARE : "user" + one + "@example.org";
        byte[] json = "{\"to\":\"%s\",\"template\":\"welcome\",\"size\":%d,\"locale\":\"en-GB\"}"
                .formatted(to, one)
                .getBytes(StandardCharsets.UTF_8);
        Marks marks = one % 10 == 0 ? new Marks(List.of("vip"), Map.of("tenant", "acme")) : Marks.NONE;
        String type = TYPES[one % TYPES.length];
        return new TaskDraft(type, null, new Payload(json), null, null, null, options, null, marks, SENDER);
    }

    private List<Lease> lease(String queue, int count) {
        List<Lease> leases = new ArrayList<>();
        while (leases.size() < count) {
            int some = Math.min(TaskStore.STEP, count - leases.size());
            LeaseRequest request = new LeaseRequest(queue, some, LEASE, "bench", Lanes.ALL_TYPES);
            List<Lease> got = storage.tasks().lease(request, storage.clock().instant());
            if (got.isEmpty()) {
                throw new IllegalStateException("There was nothing to lease");
            }
            leases.addAll(got);
        }
        return leases;
    }

    private void settle(String queue, int count) {
        for (int left = count; left > 0; left -= TaskStore.STEP) {
            List<Lease> leases = lease(queue, Math.min(left, TaskStore.STEP));
            List<Settlement> settlements = new ArrayList<>();
            for (int i = 0; i < leases.size(); i++) {
                Verdict verdict = i % 3 < 2 ? new Verdict.Succeed(null) : failure(i);
                settlements.add(new Settlement(leases.get(i).token(), verdict));
            }
            storage.tasks().settle(settlements, storage.clock().instant());
        }
    }

    private static Verdict failure(int i) {
        TaskError error = new TaskError("HttpError", "host " + "abcdefghij".charAt(i % 10) + " answered 503");
        return new Verdict.Bury(error, Cause.FAILED);
    }
}
