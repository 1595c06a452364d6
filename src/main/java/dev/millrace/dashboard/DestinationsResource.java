package dev.millrace.dashboard;

import dev.millrace.delivery.destination.Destination;
import dev.millrace.delivery.destination.Destinations;
import dev.millrace.delivery.route.Accounts;
import dev.millrace.delivery.route.Overall;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Shows the destinations, and each of them. */
@Path("/destinations")
@RunOnVirtualThread
@EndpointDisabled(name = "millrace.role.dashboard", stringValue = "false")
public class DestinationsResource implements LivePage {
    @CheckedTemplate(basePath = "dashboard")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance destinations(Frame frame, DestinationList list);

        static native TemplateInstance destinations$live(Frame frame, DestinationList list);

        static native TemplateInstance destination(Frame frame, DestinationView view);

        static native TemplateInstance destination$live(Frame frame, DestinationView view);
    }

    private final Frames frames;
    private final Destinations destinations;
    private final Accounts accounts;

    DestinationsResource(Frames frames, Destinations destinations, Accounts accounts) {
        this.frames = frames;
        this.destinations = destinations;
        this.accounts = accounts;
    }

    @Override
    public Part part(PageAddress address) {
        if (address.path().equals("/destinations")) {
            return frame -> Templates.destinations$live(frame, list(address.get("q"), address.get("page")));
        }
        String name = address.below("/destinations");
        return name == null ? null : frame -> Templates.destination$live(frame, view(name, frame.visitor()));
    }

    @GET
    public TemplateInstance list(@RestQuery String q, @RestQuery String page, RoutingContext context) {
        DestinationList list = list(q, page);
        return Answers.part(context)
                ? Templates.destinations$live(frames.part(context, Section.DESTINATIONS), list)
                : Templates.destinations(frames.page(context, Section.DESTINATIONS, "Destinations"), list);
    }

    private DestinationList list(String text, String page) {
        String wanted = text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
        List<Destination> all = destinations.list();
        List<Destination> found = all.stream()
                .filter(destination -> destination.name().contains(wanted))
                .toList();
        int pages = Math.max(1, Math.ceilDiv(found.size(), DestinationList.PAGE));
        int shown = Math.clamp(PageAddress.number(page), 1, pages);
        int from = (shown - 1) * DestinationList.PAGE;
        List<Destination> some = found.subList(from, Math.min(found.size(), from + DestinationList.PAGE));
        Map<String, Overall> told =
                accounts.of(some.stream().map(Destination::name).toList());
        List<DestinationRow> rows = some.stream()
                .map(destination -> DestinationRow.of(destination, told.get(destination.name())))
                .toList();
        return new DestinationList(rows, found.size(), wanted, shown, pages, all.isEmpty());
    }

    @GET
    @Path("/{name}")
    public TemplateInstance destination(@RestPath String name, RoutingContext context) {
        DestinationView view = view(name, Visitor.of(context));
        return Answers.part(context)
                ? Templates.destination$live(frames.part(context, Section.DESTINATIONS), view)
                : Templates.destination(frames.page(context, Section.DESTINATIONS, name), view);
    }

    private DestinationView view(String name, Visitor visitor) {
        Destination destination = destinations.find(name).orElseThrow(() -> Destinations.notFound(name));
        return DestinationView.of(destination, accounts.of(name), visitor.operator());
    }
}
