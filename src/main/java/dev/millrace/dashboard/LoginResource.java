package dev.millrace.dashboard;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** Signs people in and out, and keeps the theme they chose. */
@Path("/")
@RunOnVirtualThread
@EndpointDisabled(name = "millrace.role.dashboard", stringValue = "false")
public class LoginResource {
    private static final Duration YEAR = Duration.ofDays(365);

    @CheckedTemplate(basePath = "dashboard")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance login(Frame frame, boolean possible, String to);
    }

    private final Frames frames;
    private final Users users;
    private final Sessions sessions;
    private final LoginThrottle throttle;

    LoginResource(Frames frames, Users users, Sessions sessions, LoginThrottle throttle) {
        this.frames = frames;
        this.users = users;
        this.sessions = sessions;
        this.throttle = throttle;
    }

    @GET
    @Path("login")
    public Object form(@RestQuery String to, RoutingContext context) {
        if (Visitor.seen(context) != null) {
            return Answers.to(context, Answers.local(to), null);
        }
        Frame frame = frames.bare(context, "Sign in", Notice.take(context));
        return Templates.login(frame, !users.none(), Answers.local(to));
    }

    @POST
    @Path("login")
    public RestResponse<Void> signIn(
            @RestForm String name, @RestForm String password, @RestForm String to, RoutingContext context) {
        String user = name == null ? "" : name.strip();
        String address = "from " + context.request().remoteAddress().hostAddress();
        if (throttle.refuses(address) || throttle.refuses("as " + user)) {
            return again(context, to, "Too many attempts. Wait a minute, then try again.");
        }
        Optional<Visitor> visitor = throttle.inTurn(() -> users.signIn(user, password == null ? "" : password));
        if (visitor.isEmpty()) {
            throttle.failed(address);
            throttle.failed("as " + user);
            return again(context, to, "This name and password do not go together.");
        }
        throttle.succeeded(address);
        throttle.succeeded("as " + user);
        Cookies.write(context, Cookies.SESSION, sessions.begin(user), Sessions.LENGTH);
        return Answers.to(context, Answers.local(to), null);
    }

    @POST
    @Path("logout")
    public RestResponse<Void> signOut(RoutingContext context) {
        Cookies.remove(context, Cookies.SESSION);
        return Answers.to(context, "/login", Notice.done("You are signed out."));
    }

    @POST
    @Path("theme")
    public RestResponse<Void> theme(@RestForm String theme, @RestForm String to, RoutingContext context) {
        boolean chosen = "light".equals(theme) || "dark".equals(theme);
        Cookies.write(context, Cookies.THEME, chosen ? theme : "", chosen ? YEAR : Duration.ZERO);
        return Answers.to(context, Answers.local(to), null);
    }

    private static RestResponse<Void> again(RoutingContext context, String to, String why) {
        String path =
                "/login?to=" + java.net.URLEncoder.encode(Answers.local(to), java.nio.charset.StandardCharsets.UTF_8);
        return Answers.to(context, path, Notice.refused(why));
    }
}
