package dev.millrace.dashboard;

import dev.millrace.access.Role;
import dev.millrace.queue.ActionReport;
import dev.millrace.queue.QueueConfig;
import dev.millrace.queue.QueueSnapshot;
import dev.millrace.queue.Queues;
import dev.millrace.queue.TaskFilter;
import dev.millrace.queue.Tasks;
import dev.millrace.task.MillraceException;
import dev.millrace.task.TaskState;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Duration;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** Steers a queue: pause, resume, settings, purge, delete. */
@Path("/queues/{queue}")
@RunOnVirtualThread
@EndpointDisabled(name = "millrace.role.dashboard", stringValue = "false")
public class QueueStepsResource {
    /** What takes longer is left to the next time. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

    @CheckedTemplate(basePath = "dashboard")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance queuePurge(
                Frame frame, QueueSnapshot queue, Purge[] kinds, Purge chosen, String fault);

        static native TemplateInstance queueDelete(Frame frame, QueueSnapshot queue, String fault);

        static native TemplateInstance queueSettings(Frame frame, QueueSnapshot queue, QueueForm form);
    }

    private final Frames frames;
    private final Present present;
    private final QueueViews views;
    private final Queues queues;
    private final Tasks tasks;

    QueueStepsResource(Frames frames, Present present, QueueViews views, Queues queues, Tasks tasks) {
        this.frames = frames;
        this.present = present;
        this.views = views;
        this.queues = queues;
        this.tasks = tasks;
    }

    @POST
    @Path("/pause")
    public RestResponse<Void> pause(@RestPath String queue, @RestForm String to, RoutingContext context) {
        queues.pause(queue);
        return done(context, to, "Queue " + queue + " is paused: what waits stays, what runs goes on.");
    }

    @POST
    @Path("/resume")
    public RestResponse<Void> resume(@RestPath String queue, @RestForm String to, RoutingContext context) {
        queues.resume(queue);
        return done(context, to, "Queue " + queue + " runs again.");
    }

    @GET
    @Path("/settings")
    public TemplateInstance settings(@RestPath String queue, RoutingContext context) {
        Visitor.of(context).require(Role.ADMIN);
        QueueSnapshot now = views.existing(queue);
        return Templates.queueSettings(
                page(context, "Settings of " + queue), now, QueueForm.of(now.config(), now.usual()));
    }

    @POST
    @Path("/settings")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Object configure(@RestPath String queue, MultivaluedMap<String, String> fields, RoutingContext context) {
        Visitor.of(context).require(Role.ADMIN);
        QueueSnapshot now = views.existing(queue);
        QueueForm form = QueueForm.of(fields, now.usual());
        form.over(now.config());
        if (form.wrong()) {
            return Templates.queueSettings(page(context, "Settings of " + queue), now, form);
        }
        queues.configure(queue, (QueueConfig before) -> form.over(before));
        return done(context, "/queues/" + queue, "The settings of queue " + queue + " are in force.");
    }

    @GET
    @Path("/purge")
    public TemplateInstance askPurge(@RestPath String queue, RoutingContext context) {
        Visitor.of(context).require(Role.OPERATOR);
        return Templates.queuePurge(page(context, "Purge " + queue), views.existing(queue), Purge.values(), null, null);
    }

    @POST
    @Path("/purge")
    public Object purge(@RestPath String queue, @RestForm String what, @RestForm String typed, RoutingContext context) {
        QueueSnapshot now = views.existing(queue);
        Purge purge = Purge.of(what);
        if (purge == null || !queue.equals(typed == null ? "" : typed.strip())) {
            String fault = purge == null ? "Choose what to purge." : "Type the name of the queue: " + queue;
            return Templates.queuePurge(page(context, "Purge " + queue), now, Purge.values(), purge, fault);
        }
        return done(context, "/queues/" + queue, purge(queue, purge));
    }

    private String purge(String queue, Purge purge) {
        long start = System.nanoTime();
        long done = 0;
        for (TaskState state : purge.states()) {
            String next = null;
            do {
                ActionReport step = tasks.act(purge.action(), TaskFilter.ofQueue(queue, state), next, false);
                done += step.done();
                next = step.next();
            } while (next != null && System.nanoTime() - start < PATIENCE_NANOS);
            if (next != null) {
                return Format.grouped(done) + " tasks are gone, and there are more: purge again.";
            }
        }
        String verb = purge == Purge.WAITING ? "cancelled." : "deleted.";
        return Format.grouped(done) + (done == 1 ? " task was " : " tasks were ") + verb;
    }

    @GET
    @Path("/delete")
    public TemplateInstance askDelete(@RestPath String queue, RoutingContext context) {
        Visitor.of(context).require(Role.ADMIN);
        return Templates.queueDelete(page(context, "Delete " + queue), views.existing(queue), null);
    }

    @POST
    @Path("/delete")
    public Object delete(@RestPath String queue, @RestForm String typed, RoutingContext context) {
        Visitor.of(context).require(Role.ADMIN);
        QueueSnapshot now = views.existing(queue);
        if (!queue.equals(typed == null ? "" : typed.strip())) {
            return Templates.queueDelete(page(context, "Delete " + queue), now, "Type the name of the queue: " + queue);
        }
        try {
            queues.delete(queue, true);
        } catch (MillraceException e) {
            return Templates.queueDelete(page(context, "Delete " + queue), now, e.getMessage());
        }
        return done(context, "/queues", "Queue " + queue + " was deleted.");
    }

    private Frame page(RoutingContext context, String title) {
        return frames.page(context, Section.QUEUES, title);
    }

    private RestResponse<Void> done(RoutingContext context, String to, String text) {
        present.forget();
        return Answers.to(context, Answers.local(to), Notice.done(text));
    }
}
