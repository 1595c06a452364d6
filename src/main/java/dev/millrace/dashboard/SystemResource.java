package dev.millrace.dashboard;

import dev.millrace.monitor.Diagnosis;
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
import java.util.List;

/** Shows what the system is made of and how it is. */
@Path("/system")
@RunOnVirtualThread
@EndpointDisabled(name = "millrace.role.dashboard", stringValue = "false")
public class SystemResource implements LivePage {
    @CheckedTemplate(basePath = "dashboard")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance system(Frame frame, Facts facts, ProcessCharts process);

        static native TemplateInstance system$live(Frame frame, ProcessCharts process);
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
     * @param version of this process
     * @param findings what the doctor found lately, the worst first
     */
    public record Facts(
            StoreView store,
            String version,
            String java,
            List<Component> components,
            List<String> checks,
            List<Trouble> findings,
            List<Setting> settings) {
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
        return address.path().equals("/system") ? frame -> Templates.system$live(frame, process()) : null;
    }

    private ProcessCharts process() {
        return ProcessCharts.of(readings.list());
    }

    @GET
    public TemplateInstance system(RoutingContext context) {
        if (Answers.part(context)) {
            return Templates.system$live(frames.part(context, Section.SYSTEM), process());
        }
        Frame frame = frames.page(context, Section.SYSTEM, Section.SYSTEM.title());
        return Templates.system(frame, facts(health.report(), troubles.lately()), process());
    }

    private Facts facts(HealthReport report, Diagnosis diagnosis) {
        return new Facts(
                StoreView.of(report),
                about.version(),
                System.getProperty("java.vm.name", "Java") + " " + Runtime.version(),
                report.components().stream().map(Component::of).toList(),
                diagnosis.checks(),
                diagnosis.findings().stream().map(Trouble::of).toList(),
                about.settings());
    }
}
