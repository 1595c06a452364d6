package dev.millrace.api;

import dev.millrace.access.Needs;
import dev.millrace.monitor.Health;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.jboss.resteasy.reactive.RestResponse;

/** The same as {@link HealthResource}, where clients of the API look for it. */
@Path(Endpoints.BASE)
@Produces(MediaTypes.JSON)
@EndpointDisabled(name = "millrace.role.api", stringValue = "false")
public class ApiHealthResource {
    private final Health health;

    ApiHealthResource(Health health) {
        this.health = health;
    }

    @GET
    @Path("/health")
    @Needs.Viewer
    @RunOnVirtualThread
    public RestResponse<byte[]> report() {
        return HealthWriter.answer(health.report());
    }
}
