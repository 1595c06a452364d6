package dev.millrace.dashboard;

import dev.millrace.monitor.Health;
import dev.millrace.monitor.HealthReport;
import dev.millrace.monitor.Readings;
import dev.millrace.monitor.Setting;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** Shows what the system is made of and how it is. */
@Path("/system")
@RunOnVirtualThread
@EndpointDisabled(name = "millrace.role.dashboard", stringValue = "false")
public class SystemResource implements LivePage {
    @CheckedTemplate(basePath = "dashboard")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance system(Frame frame, Condition now, Facts facts);

        static native TemplateInstance system$live(Frame frame, Condition now);
    }

    /** A part of the health report, in words. */
    public record Component(String name, String status, String responseTime, String detail) {
        static Component of(HealthReport.Component part) {
            String time = part.responseTime().isZero()
                    ? "–"
                    : StoreView.millis(part.responseTime().toNanos() / 1e6);
            return new Component(part.name(), part.status(), time, part.detail());
        }
    }

    /**
     * How it is now.
     *
     * @param findings what the doctor found, the worst first
     * @param lookedAt when it did
     */
    public record Condition(
            StoreView store,
            List<Component> components,
            List<String> checks,
            List<Trouble> findings,
            Instant lookedAt,
            ProcessCharts process) {}

    /**
     * What it is for good.
     *
     * @param version of this process
     */
    public record Facts(String version, String java, List<Setting> settings) {
        private static final String DEFAULT = "default";

        /** Those that somebody gave. */
        public List<Setting> given() {
            return settings.stream()
                    .filter(setting -> !setting.source().equals(DEFAULT))
                    .toList();
        }

        /** Those that nobody gave. */
        public List<Setting> defaults() {
            return settings.stream()
                    .filter(setting -> setting.source().equals(DEFAULT))
                    .toList();
        }
    }

    private final Frames frames;
    private final Health health;
    private final Troubles troubles;
    private final Readings readings;
    private final About about;

    SystemResource(Frames frames, Health health, Troubles troubles, Readings readings, About about) {
        this.frames = frames;
        this.health = health;
        this.troubles = troubles;
        this.readings = readings;
        this.about = about;
    }

    @Override
    public Part part(PageAddress address) {
        return address.path().equals("/system") ? frame -> Templates.system$live(frame, now(troubles::known)) : null;
    }

    @GET
    public TemplateInstance system(RoutingContext context) {
        if (Answers.part(context)) {
            return Templates.system$live(frames.part(context, Section.SYSTEM), now(troubles::known));
        }
        Frame frame = frames.page(context, Section.SYSTEM, Section.SYSTEM.title());
        return Templates.system(frame, now(troubles::lately), facts());
    }

    /** The store is asked first: while the doctor looks, its answer would come later. */
    private Condition now(Supplier<Troubles.Look> doctor) {
        HealthReport report = health.report();
        Troubles.Look found = doctor.get();
        return new Condition(
                StoreView.of(report),
                report.components().stream().map(Component::of).toList(),
                found.diagnosis().checks(),
                found.diagnosis().findings().stream().map(Trouble::of).toList(),
                found.at(),
                ProcessCharts.of(readings.list()));
    }

    private Facts facts() {
        return new Facts(
                about.version(),
                System.getProperty("java.vm.name", "Java") + " " + Runtime.version(),
                about.settings());
    }
}
