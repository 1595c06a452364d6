package dev.millrace.dashboard;

import dev.millrace.access.Doors;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import io.quarkus.arc.All;
import io.quarkus.arc.InstanceHandle;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;

/**
 * Where a page asks to be told what changes on it: {@code GET /live?page=ADDRESS}, behind the front door. An answer without
 * content means that there is no stream to be had now.
 */
@Singleton
class LiveDoor {
    private static final String PATH = "/live";
    private static final int NO_CONTENT = 204;

    private final Doors doors;
    private final Frames frames;
    private final LiveStreams streams;
    private final List<InstanceHandle<LivePage>> pages;

    LiveDoor(Doors doors, Frames frames, LiveStreams streams, @All List<InstanceHandle<LivePage>> pages) {
        this.doors = doors;
        this.frames = frames;
        this.streams = streams;
        this.pages = pages;
    }

    void install(@Observes Router router) {
        router.get(PATH).order(FrontDoor.BEHIND).handler(this::pass);
    }

    private void pass(RoutingContext context) {
        if (!doors.leadToDashboard(PATH)) {
            context.next();
            return;
        }
        if (Local.foreign(context.request())) {
            throw new MillraceException(ErrorCode.FORBIDDEN, "Only the dashboard's own pages may ask for this.");
        }
        PageAddress address = PageAddress.parse(context.request().getParam("page"));
        LivePage.Part part = address == null
                ? null
                : pages.stream()
                        .map(page -> page.get().part(address))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
        if (part == null) {
            throw new MillraceException(ErrorCode.NOT_FOUND, "There is no page that shows itself anew.");
        }
        Visitor visitor = Visitor.of(context);
        LiveTopic.Key key = new LiveTopic.Key(address.text(), visitor.unnamed(), Frames.origin(context));
        boolean opened = streams.open(
                new LiveStream(context),
                visitor.name() == null ? context.request().remoteAddress().hostAddress() : visitor.name(),
                key,
                () -> part.show(frames.shared(key)).render());
        if (!opened) {
            context.response().setStatusCode(NO_CONTENT).end();
        }
    }
}
