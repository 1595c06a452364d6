package dev.millrace.dashboard;

import dev.millrace.queue.QueueSnapshot;
import dev.millrace.queue.Submission;
import dev.millrace.queue.Submissions;
import dev.millrace.queue.Submitted;
import dev.millrace.queue.TaskDraft;
import dev.millrace.task.TaskId;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.RestResponse;

/** A form that submits a task. */
@Path("/new-task")
@RunOnVirtualThread
@EndpointDisabled(name = "millrace.role.dashboard", stringValue = "false")
public class NewTaskResource {
    private static final int TOKEN_BYTES = 16;

    @CheckedTemplate(basePath = "dashboard")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance newTask(
                Frame frame, TaskForm form, List<String> queues, String token, boolean more);
    }

    private final Frames frames;
    private final Present present;
    private final Submissions submissions;
    private final long payloadLimit;

    NewTaskResource(
            Frames frames,
            Present present,
            Submissions submissions,
            @ConfigProperty(name = "millrace.api.payload", defaultValue = "256K") MemorySize payloadLimit) {
        this.frames = frames;
        this.present = present;
        this.submissions = submissions;
        this.payloadLimit = payloadLimit.asLongValue();
    }

    /** What the address gives is filled in. */
    @GET
    public TemplateInstance form(RoutingContext context) {
        TaskForm form = TaskForm.of(name -> context.request().getParam(name));
        return page(context, form);
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Object submit(MultivaluedMap<String, String> fields, RoutingContext context) {
        TaskForm form = TaskForm.of(fields::getFirst);
        TaskDraft draft = form.read(payloadLimit, Visitor.of(context).name());
        if (draft == null) {
            return page(context, form);
        }
        Submission submission =
                submissions.submitEach(form.value("queue"), List.of(draft)).getFirst();
        present.forget();
        return switch (submission.outcome()) {
            case Submitted.Created(TaskId id) -> to(context, id, Notice.done("The task is submitted."));
            case Submitted.Repeated(TaskId id) -> to(context, id, Notice.done("This task was submitted before."));
            case Submitted.Existing(TaskId id) -> to(context, id, Notice.done("This task was submitted before."));
            case Submitted.NameTaken(TaskId id) -> again(context, form, "id", "Another task has this id.");
            case Submitted.KeyReused(TaskId id) ->
                again(
                        context,
                        form,
                        "token",
                        "This form was sent before, as task " + id + ". Send it again for another.");
            case Submitted.NamePending pending ->
                again(context, form, "id", "This id is being submitted to another queue. Try again in a minute.");
            case Submitted.UniqueTaken(TaskId id) -> again(context, form, "unique", "Task " + id + " holds this key.");
            case Submitted.QueueFull(String reason) -> again(context, form, "queue", reason);
            case Submitted.StoreFull full -> throw full.failure();
            case Submitted.Unsent unsent -> throw unsent.failure();
            case Submitted.Unknown unknown -> throw unknown.failure();
        };
    }

    private static RestResponse<Void> to(RoutingContext context, TaskId id, Notice notice) {
        return Answers.to(context, "/tasks/" + id, notice);
    }

    private TemplateInstance again(RoutingContext context, TaskForm form, String field, String reason) {
        form.refuse(field, reason);
        return page(context, form);
    }

    private TemplateInstance page(RoutingContext context, TaskForm form) {
        List<String> queues = present.look().queues().stream()
                .map(QueueSnapshot::name)
                .sorted()
                .toList();
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        return Templates.newTask(
                frames.page(context, Section.TASKS, "New task"),
                form,
                queues,
                HexFormat.of().formatHex(random),
                form.more());
    }
}
