package dev.millrace.dashboard;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Shows the queues, and each of them. */
@Path("/queues")
@RunOnVirtualThread
@EndpointDisabled(name = "millrace.role.dashboard", stringValue = "false")
public class QueuesResource implements LivePage {
    @CheckedTemplate(basePath = "dashboard")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance queues(Frame frame, QueueList list);

        static native TemplateInstance queues$live(Frame frame, QueueList list);

        static native TemplateInstance queue(Frame frame, QueueView view);

        static native TemplateInstance queue$live(Frame frame, QueueView view);
    }

    private final Frames frames;
    private final QueueViews views;

    QueuesResource(Frames frames, QueueViews views) {
        this.frames = frames;
        this.views = views;
    }

    @Override
    public Part part(PageAddress address) {
        if (address.path().equals("/queues")) {
            return frame ->
                    Templates.queues$live(frame, list(address.get("q"), address.get("sort"), address.get("page")));
        }
        String queue = address.below("/queues");
        Range range = Range.of(address.get("range"));
        return queue == null ? null : frame -> Templates.queue$live(frame, views.view(queue, range));
    }

    private QueueList list(String text, String sort, String page) {
        return views.list(text, sort, PageAddress.number(page));
    }

    @GET
    public TemplateInstance list(
            @RestQuery String q, @RestQuery String sort, @RestQuery String page, RoutingContext context) {
        QueueList list = list(q, sort, page);
        return Answers.part(context)
                ? Templates.queues$live(frames.part(context, Section.QUEUES), list)
                : Templates.queues(frames.page(context, Section.QUEUES, "Queues"), list);
    }

    @GET
    @Path("/{queue}")
    public TemplateInstance queue(@RestPath String queue, @RestQuery String range, RoutingContext context) {
        QueueView view = views.view(queue, Range.of(range));
        return Answers.part(context)
                ? Templates.queue$live(frames.part(context, Section.QUEUES), view)
                : Templates.queue(
                        frames.page(context, Section.QUEUES, view.queue().name()), view);
    }
}
