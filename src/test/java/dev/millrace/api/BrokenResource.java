package dev.millrace.api;

import dev.millrace.access.Needs;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Goes wrong in ways that nobody expects; in tests only. */
@Path("/api/test")
public class BrokenResource {
    static final String SECRET = "what only the log may know";

    @GET
    @Path("/broken")
    @Needs.Viewer
    public String broken() {
        throw new IllegalStateException(SECRET);
    }

    @GET
    @Path("/broken-later")
    @Needs.Viewer
    public CompletionStage<String> brokenLater() {
        return CompletableFuture.failedFuture(new IllegalStateException(SECRET));
    }

    @GET
    @Path("/broken-badly")
    @Needs.Viewer
    public CompletionStage<String> brokenBadly() {
        return CompletableFuture.supplyAsync(() -> {
            throw new NoClassDefFoundError(SECRET);
        });
    }
}
