package dev.millrace.dashboard;

import dev.millrace.monitor.Diagnosis;
import dev.millrace.monitor.Health;
import dev.millrace.monitor.HealthReport;
import dev.millrace.monitor.Setting;
import dev.millrace.monitor.Settings;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Shows what the system is made of and how it is. */
@Path("/system")
@RunOnVirtualThread
@EndpointDisabled(name = "millrace.role.dashboard", stringValue = "false")
public class SystemResource {
    @CheckedTemplate(basePath = "dashboard")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance system(Frame frame, Facts facts);
    }

    /** A part of the health report, in words. */
    public record Component(String name, String status, String responseTime, String detail) {}

    /**
     * @param version of this process
     * @param findings what the doctor found just now, the worst first
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
    private final Settings settings;
    private final String version;

    SystemResource(
            Frames frames,
            Health health,
            Troubles troubles,
            Settings settings,
            @ConfigProperty(name = "quarkus.application.version", defaultValue = "unknown") String version) {
        this.frames = frames;
        this.health = health;
        this.troubles = troubles;
        this.settings = settings;
        this.version = version;
    }

    @GET
    public TemplateInstance system(RoutingContext context) {
        Frame frame = frames.page(context, Section.SYSTEM, Section.SYSTEM.title());
        HealthReport report = health.report();
        Diagnosis diagnosis = troubles.look();
        return Templates.system(
                frame,
                new Facts(
                        StoreView.of(report),
                        version,
                        System.getProperty("java.vm.name", "Java") + " " + Runtime.version(),
                        report.components().stream()
                                .map(part -> new Component(
                                        part.name(),
                                        part.status(),
                                        part.responseTime().isZero()
                                                ? "–"
                                                : StoreView.millis(
                                                        part.responseTime().toNanos() / 1e6),
                                        part.detail()))
                                .toList(),
                        diagnosis.checks(),
                        diagnosis.findings().stream().map(Trouble::of).toList(),
                        settings.list()));
    }
}
