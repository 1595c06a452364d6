package dev.millrace.dashboard;

import dev.millrace.queue.QueueSnapshot;
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
public class DeadLettersResource {
    @CheckedTemplate(basePath = "dashboard")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance deadLetters(
                Frame frame, List<DeadGroup> groups, List<QueueSnapshot> queues, String queue, long dead);

        static native TemplateInstance deadLetters$live(Frame frame, List<DeadGroup> groups, String queue, long dead);
    }

    private final Frames frames;
    private final Present present;
    private final DeadLetters letters;

    DeadLettersResource(Frames frames, Present present, DeadLetters letters) {
        this.frames = frames;
        this.present = present;
        this.letters = letters;
    }

    @GET
    public TemplateInstance show(@RestQuery String queue, RoutingContext context) {
        List<QueueSnapshot> holding = present.look().queues().stream()
                .filter(one -> one.count(TaskState.DEAD) > 0)
                .toList();
        String chosen = queue != null && Words.QUEUE.matcher(queue).matches() ? queue : "";
        List<QueueSnapshot> shown = holding.stream()
                .filter(one -> chosen.isEmpty() || one.name().equals(chosen))
                .toList();
        long dead = shown.stream().mapToLong(one -> one.count(TaskState.DEAD)).sum();
        List<DeadGroup> groups = letters.of(shown);
        if (Answers.part(context)) {
            return Templates.deadLetters$live(frames.part(context, Section.DEAD_LETTERS), groups, chosen, dead);
        }
        Frame frame = frames.page(context, Section.DEAD_LETTERS, "Dead letters");
        return Templates.deadLetters(frame, groups, holding, chosen, dead);
    }
}
