package dev.millrace.api;

import dev.millrace.access.Needs;
import dev.millrace.monitor.StoreBackup;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestResponse;

/** Has the store copied while it works. */
@Path(Endpoints.BASE)
@Produces(MediaTypes.JSON)
@EndpointDisabled(name = "millrace.role.api", stringValue = "false")
public class BackupResource {
    private final StoreBackup backup;
    private final Bodies bodies;
    private final InstantSource clock;

    BackupResource(StoreBackup backup, Bodies bodies, InstantSource clock) {
        this.backup = backup;
        this.bodies = bodies;
        this.clock = clock;
    }

    @POST
    @Path("/maintenance/backup")
    @Needs.Admin
    public CompletionStage<RestResponse<byte[]>> take(RoutingContext context) {
        return bodies.none(context, nothing -> {
            StoreBackup.Copy copy = backup.take(clock.instant());
            return Answers.ok(json -> {
                json.writeStartObject();
                json.writeStringField("file", copy.file().toString());
                json.writeNumberField("bytes", copy.bytes());
                json.writeStringField("took", Iso.write(copy.took()));
                json.writeEndObject();
            });
        });
    }
}
