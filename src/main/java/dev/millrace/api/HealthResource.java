package dev.millrace.api;

import dev.millrace.access.Needs;
import dev.millrace.monitor.Health;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.jboss.resteasy.reactive.RestResponse;

/** Shows how this process is, whatever its roles. */
@Path("/health")
@Produces(MediaTypes.JSON)
public class HealthResource {
    private final Health health;

    HealthResource(Health health) {
        this.health = health;
    }

    @GET
    @Needs.Viewer
    @RunOnVirtualThread
    public RestResponse<byte[]> report() {
        return HealthWriter.answer(health.report());
    }
}
