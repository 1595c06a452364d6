package dev.millrace.dashboard;

import dev.millrace.queue.Change;
import dev.millrace.queue.Tasks;
import dev.millrace.task.MillraceException;
import dev.millrace.task.Payload;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestResponse;

/** What can be done to one task. */
@Path("/tasks/{id}")
@RunOnVirtualThread
@EndpointDisabled(name = "millrace.role.dashboard", stringValue = "false")
public class TaskStepsResource {
    @CheckedTemplate(basePath = "dashboard")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance taskConfirm(Frame frame, Task task, String step);

        static native TemplateInstance taskEdit(
                Frame frame, Task task, String payload, JsonCheck.Checked.Wrong fault, long revision);
    }

    private final Frames frames;
    private final Present present;
    private final Tasks tasks;
    private final long payloadLimit;

    TaskStepsResource(
            Frames frames,
            Present present,
            Tasks tasks,
            @ConfigProperty(name = "millrace.api.payload", defaultValue = "256K") MemorySize payloadLimit) {
        this.frames = frames;
        this.present = present;
        this.tasks = tasks;
        this.payloadLimit = payloadLimit.asLongValue();
    }

    @GET
    @Path("/cancel")
    public TemplateInstance askToCancel(@PathParam("id") String id, RoutingContext context) {
        return ask(id, "cancel", context);
    }

    @GET
    @Path("/delete")
    public TemplateInstance askToDelete(@PathParam("id") String id, RoutingContext context) {
        return ask(id, "delete", context);
    }

    @POST
    @Path("/cancel")
    public RestResponse<Void> cancel(@PathParam("id") String id, RoutingContext context) {
        TaskId task = TaskPageResource.find(tasks, id).id();
        return after(context, task, new Change.Cancel(task, null), "The task is cancelled.");
    }

    @POST
    @Path("/run-now")
    public RestResponse<Void> runNow(@PathParam("id") String id, RoutingContext context) {
        TaskId task = TaskPageResource.find(tasks, id).id();
        return after(context, task, new Change.RunNow(task, null), "The task is ready now.");
    }

    @POST
    @Path("/retry")
    public RestResponse<Void> retry(@PathParam("id") String id, RoutingContext context) {
        TaskId task = TaskPageResource.find(tasks, id).id();
        return after(context, task, new Change.Retry(task, null, null), "The task is ready again.");
    }

    @POST
    @Path("/delete")
    public RestResponse<Void> delete(@PathParam("id") String id, RoutingContext context) {
        TaskId task = TaskPageResource.find(tasks, id).id();
        return after(context, task, new Change.Delete(task, null), "Task " + id + " is deleted.");
    }

    @GET
    @Path("/edit")
    public TemplateInstance edit(@PathParam("id") String id, RoutingContext context) {
        Task task = TaskPageResource.find(tasks, id);
        String payload = new String(task.spec().payload().json(), StandardCharsets.UTF_8);
        return editPage(context, task, payload, null, task.status().revision());
    }

    @POST
    @Path("/edit")
    public Object retryEdited(
            @PathParam("id") String id, @RestForm String payload, @RestForm String revision, RoutingContext context) {
        Task task = TaskPageResource.find(tasks, id);
        String text = payload == null ? "" : payload;
        long seen = revision != null && revision.matches("[0-9]{1,18}")
                ? Long.parseLong(revision)
                : task.status().revision();
        return switch (JsonCheck.check(text, payloadLimit)) {
            case JsonCheck.Checked.Wrong wrong -> editPage(context, task, text, wrong, seen);
            case JsonCheck.Checked.Fine(Payload fine) ->
                after(
                        context,
                        task.id(),
                        new Change.Retry(task.id(), seen, fine),
                        "The task is ready again, with the payload as you edited it.");
        };
    }

    private TemplateInstance editPage(
            RoutingContext context, Task task, String payload, JsonCheck.Checked.Wrong fault, long revision) {
        Frame frame = frames.page(context, Section.TASKS, "Edit and retry");
        return Templates.taskEdit(frame, task, payload, fault, revision);
    }

    private TemplateInstance ask(String id, String step, RoutingContext context) {
        Task task = TaskPageResource.find(tasks, id);
        return Templates.taskConfirm(frames.page(context, Section.TASKS, "Are you sure?"), task, step);
    }

    private RestResponse<Void> after(RoutingContext context, TaskId id, Change change, String done) {
        String page = "/tasks/" + id;
        try {
            boolean gone = tasks.change(change) == null;
            present.forget();
            return Answers.to(context, gone ? "/tasks" : page, Notice.done(done));
        } catch (MillraceException e) {
            if (e.code().status() >= 500) {
                throw e;
            }
            return Answers.to(context, page, Notice.refused(e.getMessage()));
        }
    }
}
