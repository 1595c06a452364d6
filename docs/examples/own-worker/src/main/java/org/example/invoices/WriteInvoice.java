package org.example.invoices;

import dev.millrace.queue.Submissions;
import dev.millrace.queue.TaskDraft;
import dev.millrace.task.Outcome;
import dev.millrace.task.TaskId;
import dev.millrace.worker.Handles;
import dev.millrace.worker.TaskContext;
import dev.millrace.worker.TaskHandler;
import jakarta.inject.Singleton;
import java.util.List;

/** Runs tasks of the type {@code invoice.write}, and submits one that reminds of it. */
@Singleton
@Handles("invoice.write")
class WriteInvoice implements TaskHandler<Order> {
    private final Submissions submissions;

    WriteInvoice(Submissions submissions) {
        this.submissions = submissions;
    }

    @Override
    public Outcome run(Order order, TaskContext context) {
        if (order.cents() < 0) {
            return Outcome.failedForGood("NegativeAmount", "An invoice is about money that somebody owes.");
        }
        if (order.customer() == null) {
            return Outcome.failed("NoCustomer", "Whoever adds the customer may be late: tried again.");
        }
        context.log("writes an invoice for " + order.cents() + " cents");
        // A task may run more than once: under a name that follows from this task the reminder is submitted once only.
        TaskId name = new TaskId("remind-" + context.task().id());
        submissions.submitAll(
                "reminders", List.of(TaskDraft.of("invoice.remind", context.json(order)).named(name)));
        return Outcome.succeeded(context.json("Invoice for " + order.customer()));
    }
}
