package dev.millrace.dashboard;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** How everything is, on one page. */
@Path("/")
@RunOnVirtualThread
@EndpointDisabled(name = "millrace.role.dashboard", stringValue = "false")
public class OverviewResource {
    @CheckedTemplate(basePath = "dashboard")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance overview(Frame frame);

        static native TemplateInstance overview$live(Frame frame);
    }

    private final Frames frames;

    OverviewResource(Frames frames) {
        this.frames = frames;
    }

    @GET
    public TemplateInstance overview(RoutingContext context) {
        if (Answers.part(context)) {
            return Templates.overview$live(frames.part(context, Section.OVERVIEW));
        }
        return Templates.overview(frames.page(context, Section.OVERVIEW, "Overview"));
    }
}
