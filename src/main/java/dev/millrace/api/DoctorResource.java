package dev.millrace.api;

import dev.millrace.access.Needs;
import dev.millrace.monitor.Diagnosis;
import dev.millrace.monitor.Doctor;
import dev.millrace.monitor.Settings;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.Locale;
import org.jboss.resteasy.reactive.RestResponse;

/** What is wrong with the installation, and how it is set up. */
@Path(Endpoints.BASE)
@Produces(MediaTypes.JSON)
@EndpointDisabled(name = "millrace.role.api", stringValue = "false")
public class DoctorResource {
    private final Doctor doctor;
    private final Settings settings;

    DoctorResource(Doctor doctor, Settings settings) {
        this.doctor = doctor;
        this.settings = settings;
    }

    @GET
    @Path("/doctor")
    @Needs.Operator
    @RunOnVirtualThread
    public RestResponse<byte[]> examine() {
        Diagnosis diagnosis = doctor.examine();
        return Answers.ok(json -> {
            json.writeStartObject();
            json.writeBooleanField("well", diagnosis.isWell());
            json.writeArrayFieldStart("checks");
            for (String check : diagnosis.checks()) {
                json.writeString(check);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("findings");
            for (Diagnosis.Finding finding : diagnosis.findings()) {
                json.writeStartObject();
                json.writeStringField("severity", finding.severity().name().toLowerCase(Locale.ROOT));
                json.writeStringField("check", finding.check());
                json.writeStringField("code", finding.code());
                json.writeStringField("sentence", finding.sentence());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    @GET
    @Path("/config")
    @Needs.Operator
    @RunOnVirtualThread
    public RestResponse<byte[]> settings() {
        return Answers.page(
                settings.list(),
                null,
                (json, setting) -> {
                    json.writeStartObject();
                    json.writeStringField("name", setting.name());
                    json.writeStringField("value", setting.value());
                    json.writeStringField("source", setting.source());
                    json.writeEndObject();
                },
                json -> {});
    }
}
