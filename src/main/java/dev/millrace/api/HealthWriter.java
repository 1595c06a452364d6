package dev.millrace.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.monitor.HealthReport;
import java.io.IOException;
import org.jboss.resteasy.reactive.RestResponse;

/** Writes how this process is. */
final class HealthWriter {
    private HealthWriter() {}

    /** 200, or 503 when the store does not answer. */
    static RestResponse<byte[]> answer(HealthReport report) {
        return RestResponse.ResponseBuilder.<byte[]>create(report.storeAnswers() ? 200 : 503)
                .entity(Json.bytes(1024, json -> write(json, report)))
                .build();
    }

    private static void write(JsonGenerator json, HealthReport report) throws IOException {
        json.writeStartObject();
        json.writeStringField("status", report.status());
        json.writeStringField("store", report.store());
        json.writeStringField("durability", report.durability());
        json.writeArrayFieldStart("components");
        for (HealthReport.Component component : report.components()) {
            json.writeStartObject();
            json.writeStringField("name", component.name());
            json.writeStringField("status", component.status());
            json.writeStringField("responseTime", Iso.write(component.responseTime()));
            json.writeStringField("detail", component.detail());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("findings");
        for (HealthReport.Finding finding : report.findings()) {
            json.writeStartObject();
            json.writeStringField("code", finding.code());
            json.writeStringField("sentence", finding.sentence());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
