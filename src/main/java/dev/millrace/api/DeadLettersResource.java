package dev.millrace.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.access.Credential;
import dev.millrace.access.Needs;
import dev.millrace.monitor.DeadGroup;
import dev.millrace.monitor.DeadLetters;
import dev.millrace.monitor.ErrorGroup;
import dev.millrace.queue.QueueSnapshot;
import dev.millrace.queue.Queues;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jboss.resteasy.reactive.RestResponse;

/** Shows how the dead tasks failed. What is to become of a group is done by {@code POST /tasks/actions}. */
@Path(Endpoints.BASE)
@Produces(MediaTypes.JSON)
@EndpointDisabled(name = "millrace.role.api", stringValue = "false")
public class DeadLettersResource {
    private final Queues queues;
    private final DeadLetters letters;

    DeadLettersResource(Queues queues, DeadLetters letters) {
        this.queues = queues;
        this.letters = letters;
    }

    @GET
    @Path("/dead-letters")
    @Needs.Viewer
    @RunOnVirtualThread
    public RestResponse<byte[]> list(RoutingContext context) {
        Query query = new Query(context.queryParams());
        query.only(Set.of("queue", "limit"), false);
        String queue = query.queue();
        int limit = query.limit();
        query.refuse();
        Credential credential = Exchange.credential(context);
        if (queue != null) {
            credential.requireQueue(queue);
        }
        DeadLetters.Found found = letters.of(looked(queue, credential), limit);
        return Answers.page(found.groups(), null, DeadLettersResource::write, json -> {
            json.writeNumberField("dead", found.dead());
            json.writeNumberField("others", found.others());
        });
    }

    private List<QueueSnapshot> looked(String queue, Credential credential) {
        return queue != null
                ? queues.find(queue).stream().toList()
                : queues.all().stream()
                        .filter(one -> credential.mayUse(one.name()))
                        .toList();
    }

    private static void write(JsonGenerator json, DeadGroup group) throws IOException {
        ErrorGroup failures = group.failures();
        json.writeStartObject();
        json.writeStringField("queue", group.queue());
        json.writeStringField("type", failures.taskType());
        json.writeObjectFieldStart("error");
        json.writeStringField("type", failures.errorType());
        json.writeStringField("message", failures.message());
        json.writeEndObject();
        json.writeStringField("group", failures.fingerprint());
        json.writeNumberField("dead", group.dead());
        json.writeNumberField("failures", failures.count());
        json.writeStringField("firstSeen", Iso.write(failures.first()));
        json.writeStringField("lastSeen", Iso.write(failures.last()));
        json.writeStringField("sample", failures.sample().value());
        json.writeEndObject();
    }
}
