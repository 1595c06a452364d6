package dev.millrace.dashboard;

import dev.millrace.access.KeyRing;
import dev.millrace.monitor.Waits;
import dev.millrace.queue.Tasks;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.Payload;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.InstantSource;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;

/** One task, with all that is known of it. */
@Path("/tasks/{id}")
@RunOnVirtualThread
@EndpointDisabled(name = "millrace.role.dashboard", stringValue = "false")
public class TaskPageResource implements LivePage {
    @CheckedTemplate(basePath = "dashboard")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance task(Frame frame, TaskView view);

        static native TemplateInstance task$live(Frame frame, TaskView view);
    }

    private final Frames frames;
    private final Tasks tasks;
    private final Waits waits;
    private final InstantSource clock;
    private final boolean keys;

    TaskPageResource(Frames frames, Tasks tasks, Waits waits, InstantSource clock, KeyRing keys) {
        this.frames = frames;
        this.tasks = tasks;
        this.waits = waits;
        this.clock = clock;
        this.keys = !keys.isOpen();
    }

    @Override
    public Part part(PageAddress address) {
        String id = address.below("/tasks");
        return id == null ? null : frame -> Templates.task$live(frame, view(id, frame.origin()));
    }

    /**
     * @param origin where the server is, as the browser called it
     */
    private TaskView view(String id, String origin) {
        Task task = find(tasks, id);
        List<WaitText> reasons =
                waits.of(task).stream().map(reason -> WaitText.of(reason, task)).toList();
        return new TaskView(task, Timeline.of(task, clock.instant()), reasons, Curl.of(task, origin, keys));
    }

    @GET
    public TemplateInstance show(@PathParam("id") String id, RoutingContext context) {
        TaskView view = view(id, Frames.origin(context));
        if (Answers.part(context)) {
            return Templates.task$live(frames.part(context, Section.TASKS), view);
        }
        return Templates.task(
                frames.page(context, Section.TASKS, view.task().spec().type()), view);
    }

    @GET
    @Path("/payload")
    public RestResponse<byte[]> payload(@PathParam("id") String id) {
        Task task = find(tasks, id);
        return file(task, "payload", task.spec().payload());
    }

    @GET
    @Path("/result")
    public RestResponse<byte[]> result(@PathParam("id") String id) {
        Task task = find(tasks, id);
        if (task.details().result() == null) {
            throw new MillraceException(ErrorCode.NOT_FOUND, "Task " + task.id() + " has no result.");
        }
        return file(task, "result", task.details().result());
    }

    /** To be saved, never shown as a page: what is in it is a client's. */
    private static RestResponse<byte[]> file(Task task, String what, Payload json) {
        return RestResponse.ResponseBuilder.ok(json.json())
                .header("Content-Type", "application/json")
                .header("Content-Disposition", "attachment; filename=\"" + task.id() + "-" + what + ".json\"")
                .header("Cache-Control", "no-store")
                .build();
    }

    /** @throws MillraceException {@code TASK_NOT_FOUND} */
    static Task find(Tasks tasks, String id) {
        if (!TaskId.isValid(id)) {
            throw new MillraceException(ErrorCode.TASK_NOT_FOUND, "There is no such task.");
        }
        return tasks.find(new TaskId(id), true)
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.TASK_NOT_FOUND, "There is no task " + id + ", or it was removed."));
    }
}
