package dev.millrace.dashboard;

import dev.millrace.cluster.Node;
import dev.millrace.cluster.Nodes;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Shows the processes there are, and what is in their hands. */
@Path("/workers")
@RunOnVirtualThread
@EndpointDisabled(name = "millrace.role.dashboard", stringValue = "false")
public class WorkersResource implements LivePage {
    /** Running tasks looked at. */
    static final int LOOKED_AT = 200;

    @CheckedTemplate(basePath = "dashboard")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance workers(Frame frame, Crew crew);

        static native TemplateInstance workers$live(Frame frame, Crew crew);
    }

    /**
     * @param missing those that did not say goodbye
     * @param elsewhere tasks leased by programs that are no node
     */
    public record Crew(List<WorkerRow> nodes, List<WorkerRow> missing, List<RunningTask> elsewhere) {}

    private final Frames frames;
    private final Present present;
    private final Nodes nodes;
    private final Overviews overviews;

    WorkersResource(Frames frames, Present present, Nodes nodes, Overviews overviews) {
        this.frames = frames;
        this.present = present;
        this.nodes = nodes;
        this.overviews = overviews;
    }

    @Override
    public Part part(PageAddress address) {
        return address.path().equals("/workers") ? frame -> Templates.workers$live(frame, crew(frame)) : null;
    }

    @GET
    public TemplateInstance workers(RoutingContext context) {
        boolean part = Answers.part(context);
        Frame frame = part
                ? frames.part(context, Section.WORKERS)
                : frames.page(context, Section.WORKERS, Section.WORKERS.title());
        Crew crew = crew(frame);
        return part ? Templates.workers$live(frame, crew) : Templates.workers(frame, crew);
    }

    private Crew crew(Frame frame) {
        List<RunningTask> running = overviews.running(LOOKED_AT, frame.now()).stream()
                .sorted(Comparator.comparing(RunningTask::elapsed).reversed())
                .toList();
        List<Node> known = present.look().nodes();
        Set<String> ids = known.stream().map(Node::id).collect(Collectors.toSet());
        return new Crew(
                known.stream().map(node -> WorkerRow.of(node, running)).toList(),
                nodes.missing().stream()
                        .map(node -> WorkerRow.of(node, running))
                        .toList(),
                running.stream().filter(task -> !ids.contains(task.worker())).toList());
    }
}
