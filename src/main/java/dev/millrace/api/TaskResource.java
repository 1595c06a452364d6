package dev.millrace.api;

import dev.millrace.access.Credential;
import dev.millrace.access.Needs;
import dev.millrace.access.Role;
import dev.millrace.queue.TaskFilter;
import dev.millrace.queue.TaskPage;
import dev.millrace.queue.Tasks;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.Task;
import dev.millrace.task.TaskId;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.util.List;
import java.util.Set;
import org.jboss.resteasy.reactive.RestResponse;

/** Shows tasks. */
@Path(Endpoints.BASE)
@Produces(MediaTypes.JSON)
@EndpointDisabled(name = "millrace.role.api", stringValue = "false")
public class TaskResource {
    private final Tasks tasks;

    TaskResource(Tasks tasks) {
        this.tasks = tasks;
    }

    @GET
    @Path("/tasks/{id}")
    @Needs.Reader
    @RunOnVirtualThread
    public RestResponse<byte[]> find(@PathParam("id") String id, RoutingContext context) {
        Query query = new Query(context.queryParams());
        query.only(Set.of("fields"), false);
        query.refuse();
        Fields fields = Fields.of(query.text("fields"));
        TaskId taskId = Names.task(id);
        Task task = tasks.find(taskId, fields.whole())
                .filter(found -> maySee(Exchange.credential(context), found))
                .orElseThrow(() -> notFound(taskId));
        String tag = EntityTag.of(task, fields);
        context.response().putHeader("ETag", tag);
        if (EntityTag.matches(context.request().getHeader("If-None-Match"), tag)) {
            return RestResponse.notModified();
        }
        return Answers.ok(TaskWriter.bytes(task, fields));
    }

    @GET
    @Path("/tasks")
    @Needs.Viewer
    @RunOnVirtualThread
    public RestResponse<byte[]> list(RoutingContext context) {
        Query query = new Query(context.queryParams());
        query.only(Set.of("limit", "cursor", "fields"), true);
        TaskFilter filter = query.filter();
        int limit = query.limit();
        String cursor = query.cursor();
        query.refuse();
        Fields fields = Fields.of(query.text("fields"));
        Credential credential = Exchange.credential(context);
        if (filter.queue() != null) {
            credential.requireQueue(filter.queue());
        }
        TaskPage page = tasks.list(filter, cursor, limit);
        List<Task> visible = page.items().stream()
                .filter(task -> credential.mayUse(task.queue()))
                .toList();
        return Answers.page(visible, page.next(), (json, task) -> new TaskWriter(json, fields).write(task), json -> {
            if (page.scannedTo() != null) {
                json.writeStringField("scannedTo", Iso.write(page.scannedTo()));
            }
        });
    }

    /** Who may only submit sees what it submitted; of the rest it does not learn that it is there. */
    static boolean maySee(Credential credential, Task task) {
        boolean own = credential.id() != null
                && credential.id().equals(task.spec().origin().createdBy());
        return credential.mayUse(task.queue()) && (own || credential.has(Role.VIEWER));
    }

    static MillraceException notFound(TaskId id) {
        return new MillraceException(ErrorCode.TASK_NOT_FOUND, "There is no task " + id + ", or it was removed.");
    }
}
