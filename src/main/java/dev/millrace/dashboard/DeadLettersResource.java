package dev.millrace.dashboard;

import dev.millrace.monitor.DeadLetters;
import dev.millrace.queue.QueueSnapshot;
import dev.millrace.task.NameRules;
import dev.millrace.task.TaskState;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;

/** The dead, grouped by how they failed. */
@Path("/dead-letters")
@RunOnVirtualThread
@EndpointDisabled(name = "millrace.role.dashboard", stringValue = "false")
public class DeadLettersResource implements LivePage {
    @CheckedTemplate(basePath = "dashboard")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance deadLetters(
                Frame frame, DeadList list, List<QueueSnapshot> queues, String queue);

        static native TemplateInstance deadLetters$live(Frame frame, DeadList list, String queue);
    }

    /**
     * @param dead in all
     * @param others in none of the groups
     */
    public record DeadList(List<DeadRow> groups, long dead, long others) {}

    private static final int GROUPS = 200;

    private final Frames frames;
    private final Present present;
    private final DeadLetters letters;

    DeadLettersResource(Frames frames, Present present, DeadLetters letters) {
        this.frames = frames;
        this.present = present;
        this.letters = letters;
    }

    /**
     * @param holding queues with dead tasks
     * @param queue the one that was chosen; empty for all
     */
    private record Chosen(List<QueueSnapshot> holding, String queue) {
        List<QueueSnapshot> shown() {
            return holding.stream()
                    .filter(one -> queue.isEmpty() || one.name().equals(queue))
                    .toList();
        }
    }

    @Override
    public Part part(PageAddress address) {
        return address.path().equals("/dead-letters") ? frame -> part(frame, choose(address.get("queue"))) : null;
    }

    private TemplateInstance part(Frame frame, Chosen chosen) {
        return Templates.deadLetters$live(frame, list(chosen), chosen.queue());
    }

    private DeadList list(Chosen chosen) {
        DeadLetters.Found found = letters.of(chosen.shown(), GROUPS);
        return new DeadList(found.groups().stream().map(DeadRow::new).toList(), found.dead(), found.others());
    }

    @GET
    public TemplateInstance show(@RestQuery String queue, RoutingContext context) {
        Chosen chosen = choose(queue);
        if (Answers.part(context)) {
            return part(frames.part(context, Section.DEAD_LETTERS), chosen);
        }
        Frame frame = frames.page(context, Section.DEAD_LETTERS, "Dead letters");
        return Templates.deadLetters(frame, list(chosen), chosen.holding(), chosen.queue());
    }

    private Chosen choose(String queue) {
        List<QueueSnapshot> holding = present.look().queues().stream()
                .filter(one -> one.count(TaskState.DEAD) > 0)
                .toList();
        return new Chosen(holding, queue != null && NameRules.isQueue(queue) ? queue : "");
    }
}
