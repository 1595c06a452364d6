package dev.millrace.dashboard;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.RestQuery;

/** How everything is, on one page. */
@Path("/")
@RunOnVirtualThread
@EndpointDisabled(name = "millrace.role.dashboard", stringValue = "false")
public class OverviewResource implements LivePage {
    @CheckedTemplate(basePath = "dashboard")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance overview(Frame frame, Overview view);

        static native TemplateInstance overview$live(Frame frame, Overview view);
    }

    private final Frames frames;
    private final Overviews overviews;

    OverviewResource(Frames frames, Overviews overviews) {
        this.frames = frames;
        this.overviews = overviews;
    }

    @Override
    public Part part(PageAddress address) {
        Range range = Range.of(address.get("range"));
        return address.path().equals("/")
                ? frame -> Templates.overview$live(frame, overviews.take(range, frame.now()))
                : null;
    }

    @GET
    public TemplateInstance overview(@RestQuery String range, RoutingContext context) {
        boolean part = Answers.part(context);
        Frame frame = part
                ? frames.part(context, Section.OVERVIEW)
                : frames.page(context, Section.OVERVIEW, Section.OVERVIEW.title());
        Overview view = overviews.take(Range.of(range), frame.now());
        return part ? Templates.overview$live(frame, view) : Templates.overview(frame, view);
    }
}
