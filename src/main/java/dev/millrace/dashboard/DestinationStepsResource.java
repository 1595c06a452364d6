package dev.millrace.dashboard;

import dev.millrace.access.Role;
import dev.millrace.delivery.destination.Backend;
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
import java.util.function.UnaryOperator;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** Steers a destination: its backends, its settings, its end. */
@Path("/destinations/{name}")
@RunOnVirtualThread
@EndpointDisabled(name = "millrace.role.dashboard", stringValue = "false")
public class DestinationStepsResource {
    private static final String PAGE = "/destinations/";

    @CheckedTemplate(basePath = "dashboard")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance destinationSettings(Frame frame, Destination destination, DestinationForm form);

        static native TemplateInstance destinationDelete(Frame frame, Destination destination, String fault);
    }

    private final Frames frames;
    private final Destinations destinations;
    private final Targets targets;

    DestinationStepsResource(Frames frames, Destinations destinations, Targets targets) {
        this.frames = frames;
        this.destinations = destinations;
        this.targets = targets;
    }

    @POST
    @Path("/backends")
    public RestResponse<Void> add(
            @RestPath String name, @RestForm String url, @RestForm String weight, RoutingContext context) {
        String target = url == null ? "" : url.strip();
        String heavy = weight == null || weight.isBlank() ? "1" : weight.strip();
        if (!heavy.matches("\\d{1,4}") || Integer.parseInt(heavy) < 1 || Integer.parseInt(heavy) > Backend.HEAVIEST) {
            return refused(context, name, "The weight must be 1 to " + Backend.HEAVIEST + ".");
        }
        String fault = targets.fault(target).orElse(null);
        if (fault != null) {
            return refused(context, name, "The URL " + fault + ".");
        }
        Backend backend = new Backend(target, Integer.parseInt(heavy), false);
        return change(context, name, before -> before.with(backend), target + " gets tasks with weight " + heavy + ".");
    }

    @POST
    @Path("/backends/drain")
    public RestResponse<Void> drain(@RestPath String name, @RestForm String url, RoutingContext context) {
        return change(context, name, before -> before.drained(url, true), url + " gets nothing new.");
    }

    @POST
    @Path("/backends/resume")
    public RestResponse<Void> resume(@RestPath String name, @RestForm String url, RoutingContext context) {
        return change(context, name, before -> before.drained(url, false), url + " gets tasks again.");
    }

    @POST
    @Path("/backends/remove")
    public RestResponse<Void> remove(@RestPath String name, @RestForm String url, RoutingContext context) {
        return change(context, name, before -> before.without(url), url + " was removed.");
    }

    private RestResponse<Void> change(
            RoutingContext context, String name, UnaryOperator<Destination> change, String said) {
        try {
            destinations.change(name, change);
            return done(context, PAGE + name, said);
        } catch (IllegalArgumentException e) {
            return refused(context, name, "This URL " + e.getMessage() + ".");
        }
    }

    @GET
    @Path("/settings")
    public TemplateInstance settings(@RestPath String name, RoutingContext context) {
        Visitor.of(context).require(Role.OPERATOR);
        Destination now = existing(name);
        return Templates.destinationSettings(page(context, "Settings of " + name), now, DestinationForm.of(now));
    }

    @POST
    @Path("/settings")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Object configure(@RestPath String name, MultivaluedMap<String, String> fields, RoutingContext context) {
        DestinationForm form = DestinationForm.of(fields);
        Destination now = existing(name);
        form.over(now);
        if (form.wrong()) {
            return Templates.destinationSettings(page(context, "Settings of " + name), now, form);
        }
        destinations.change(name, form::over);
        return done(context, PAGE + name, "The settings of destination " + name + " are in force.");
    }

    @GET
    @Path("/delete")
    public TemplateInstance askDelete(@RestPath String name, RoutingContext context) {
        Visitor.of(context).require(Role.OPERATOR);
        return Templates.destinationDelete(page(context, "Delete " + name), existing(name), null);
    }

    @POST
    @Path("/delete")
    public Object delete(@RestPath String name, @RestForm String typed, RoutingContext context) {
        Destination now = existing(name);
        if (!name.equals(typed == null ? "" : typed.strip())) {
            String fault = "Type the name of the destination: " + name;
            return Templates.destinationDelete(page(context, "Delete " + name), now, fault);
        }
        destinations.remove(name, DestinationStore.ANY);
        return done(context, "/destinations", "Destination " + name + " was deleted.");
    }

    private Destination existing(String name) {
        return destinations.find(name).orElseThrow(() -> Destinations.notFound(name));
    }

    private Frame page(RoutingContext context, String title) {
        return frames.page(context, Section.DESTINATIONS, title);
    }

    private static RestResponse<Void> refused(RoutingContext context, String name, String why) {
        return Answers.to(context, Answers.local(PAGE + name), Notice.refused(why));
    }

    private static RestResponse<Void> done(RoutingContext context, String to, String text) {
        return Answers.to(context, Answers.local(to), Notice.done(text));
    }
}
