package dev.millrace.dashboard;

import dev.millrace.access.Role;
import dev.millrace.delivery.destination.Destination;
import dev.millrace.delivery.destination.DestinationStore;
import dev.millrace.delivery.destination.Destinations;
import dev.millrace.delivery.guard.Targets;
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

/** Makes destinations. */
@Path("/new-destination")
@RunOnVirtualThread
@EndpointDisabled(name = "millrace.role.dashboard", stringValue = "false")
public class NewDestinationResource {
    @CheckedTemplate(basePath = "dashboard")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance newDestination(Frame frame, DestinationForm form);
    }

    private final Frames frames;
    private final Destinations destinations;
    private final Targets targets;

    NewDestinationResource(Frames frames, Destinations destinations, Targets targets) {
        this.frames = frames;
        this.destinations = destinations;
        this.targets = targets;
    }

    @GET
    public TemplateInstance askNew(RoutingContext context) {
        Visitor.of(context).require(Role.OPERATOR);
        return Templates.newDestination(page(context), DestinationForm.empty());
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Object make(MultivaluedMap<String, String> fields, RoutingContext context) {
        DestinationForm form = DestinationForm.of(fields);
        String name = form.filled().value("name");
        if (!Destination.isName(name)) {
            form.filled().fault("name", "must be 1 to 63 of a-z 0-9 . _ -, the first a letter or digit");
        } else if (destinations.find(name).isPresent()) {
            form.filled().fault("name", "is taken: there is a destination of this name");
        }
        String url = form.filled().value("url");
        targets.fault(url).ifPresent(fault -> form.filled().fault("url", fault));
        Destination wanted = form.fresh(name, url);
        if (form.wrong()) {
            return Templates.newDestination(page(context), form);
        }
        destinations.put(wanted, DestinationStore.NONE);
        Notice notice = Notice.done("Destination " + name + " is there: submit tasks with it.");
        return Answers.to(context, "/destinations/" + name, notice);
    }

    private Frame page(RoutingContext context) {
        return frames.page(context, Section.DESTINATIONS, "New destination");
    }
}
