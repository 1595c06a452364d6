package dev.millrace.dashboard;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;

/** Makes the frame of each page. */
@Singleton
public class Frames {
    private static final int LONGEST_BADGE = 24;

    private final Present present;
    private final Assets assets;
    private final InstantSource clock;
    private final String environment;

    /** @throws MillraceException when the name of the environment is too long for its badge */
    Frames(DashboardConfig config, Present present, Assets assets, InstantSource clock) {
        this.present = present;
        this.assets = assets;
        this.clock = clock;
        Optional<String> given = config.environment().map(String::strip).filter(text -> !text.isEmpty());
        if (given.isPresent() && given.get().length() > LONGEST_BADGE) {
            throw new MillraceException(
                    ErrorCode.INVALID_REQUEST,
                    "millrace.dashboard.environment must have at most " + LONGEST_BADGE + " characters.");
        }
        this.environment = given.orElse(null);
    }

    /** Of a page in a section; takes the notice that waits for it. */
    public Frame page(RoutingContext context, Section section, String title) {
        return frame(context, section, title, Visitor.of(context), Notice.take(context));
    }

    /** Of a part that is asked for again and again; leaves the notice to the page. */
    public Frame part(RoutingContext context, Section section) {
        return frame(context, section, section.title(), Visitor.of(context), null);
    }

    /** Of a part that is sent to all who may see and do the same. */
    Frame shared(LiveTopic.Key page) {
        return new Frame(
                "",
                null,
                environment,
                "system",
                page.visitor(),
                present.look().counts(),
                null,
                clock.instant(),
                page.address(),
                page.origin(),
                assets);
    }

    /** Of a page that anyone may see, whatever state the store is in. */
    Frame bare(RoutingContext context, String title, Notice notice) {
        return new Frame(
                title,
                null,
                environment,
                theme(context),
                Visitor.seen(context),
                null,
                notice,
                clock.instant(),
                context.request().uri(),
                origin(context),
                assets);
    }

    private Frame frame(RoutingContext context, Section section, String title, Visitor visitor, Notice notice) {
        String here = context.request().uri();
        return new Frame(
                title,
                section,
                environment,
                theme(context),
                visitor,
                present.look().counts(),
                notice,
                clock.instant(),
                here,
                origin(context),
                assets);
    }

    static String origin(RoutingContext context) {
        return context.request().scheme() + "://" + Local.authority(context.request());
    }

    private static String theme(RoutingContext context) {
        String chosen = Cookies.read(context, Cookies.THEME);
        return "light".equals(chosen) || "dark".equals(chosen) ? chosen : "system";
    }
}
