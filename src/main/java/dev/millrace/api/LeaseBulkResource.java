package dev.millrace.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.access.Needs;
import dev.millrace.queue.Answer;
import dev.millrace.queue.LeaseTokens;
import dev.millrace.queue.Leases;
import dev.millrace.queue.Settled;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.Outcome;
import dev.millrace.task.Payload;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestResponse;

/** Completes many leases at once. */
@Path(Endpoints.BASE)
@Produces(MediaTypes.JSON)
@EndpointDisabled(name = "millrace.role.api", stringValue = "false")
public class LeaseBulkResource {
    private final Leases leases;
    private final LeaseTokens tokens;
    private final Bodies bodies;

    LeaseBulkResource(Leases leases, LeaseTokens tokens, Bodies bodies) {
        this.leases = leases;
        this.tokens = tokens;
        this.bodies = bodies;
    }

    @POST
    @Path("/leases/complete")
    @Needs.Worker
    public CompletionStage<RestResponse<byte[]>> complete(RoutingContext context) {
        return Body.read(context, Limits.LARGEST_BODY)
                .thenApplyAsync(
                        body -> {
                            MediaTypes.require(context.request().getHeader("Content-Type"), MediaTypes.JSON);
                            return settle(Bodies.parse(body, this::read));
                        },
                        bodies.threads());
    }

    private RestResponse<byte[]> settle(List<Item> items) {
        List<Answer> answers = items.stream()
                .filter(item -> item.answer() != null)
                .map(Item::answer)
                .toList();
        Iterator<Settled> settled = leases.settle(answers).iterator();
        return Answers.ok(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("results");
            for (int i = 0; i < items.size(); i++) {
                Item item = items.get(i);
                json.writeStartObject();
                json.writeNumberField("index", i);
                if (item.refusal() == null) {
                    write(json, settled.next());
                } else {
                    BulkAnswer.refusal(json, item.refusal());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, Settled settled) throws IOException {
        if (settled.holds()) {
            json.writeStringField("id", settled.id().value());
            json.writeNumberField("status", 200);
            json.writeStringField("state", settled.state().wire());
        } else {
            BulkAnswer.refusal(json, Refusals.of(settled));
        }
    }

    private List<Item> read(JsonInput in) {
        List<Item> items = new ArrayList<>();
        if (in.startsArray()) {
            while (in.element()) {
                if (items.size() == Limits.BULK) {
                    throw new MillraceException(
                            ErrorCode.TOO_LARGE,
                            "One call completes up to " + Limits.BULK + " leases.",
                            Map.of("limit", Limits.BULK));
                }
                items.add(item(in));
            }
        }
        return items;
    }

    private Item item(JsonInput in) {
        String token = null;
        Payload result = null;
        String pointer = in.pointer();
        if (in.startsObject()) {
            for (String name = in.member(); name != null; name = in.member()) {
                switch (name) {
                    case "token" -> token = Values.string(in, 256);
                    case "result" -> result = in.raw(bodies.payloadLimit());
                    default -> in.unknown();
                }
            }
            if (token == null && in.faults().isEmpty()) {
                in.faults().add(pointer + "/token", "is missing");
            }
        }
        try {
            in.takeFaults().refuse();
            return new Item(new Answer(tokens.decode(token), new Outcome.Succeeded(result)), null);
        } catch (MillraceException e) {
            return new Item(null, e);
        }
    }

    /**
     * @param answer null when refused
     * @param refusal null when readable
     */
    private record Item(Answer answer, MillraceException refusal) {}
}
