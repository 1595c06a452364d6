package dev.millrace.dashboard;

import dev.millrace.queue.ActionReport;
import dev.millrace.queue.Change;
import dev.millrace.queue.Changed;
import dev.millrace.queue.MergePatch;
import dev.millrace.queue.TaskFilter;
import dev.millrace.queue.Tasks;
import dev.millrace.task.Payload;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;

/** The same done to many tasks: those selected on a page, or all that match its filter. Asks first. */
@Path("/bulk")
@RunOnVirtualThread
@EndpointDisabled(name = "millrace.role.dashboard", stringValue = "false")
public class BulkResource {
    /** What takes longer is left to the next time. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

    private static final int LARGEST_PATCH = 64 << 10;

    @CheckedTemplate(basePath = "dashboard")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance bulk(Frame frame, Bulk bulk);
    }

    private final Frames frames;
    private final Present present;
    private final Tasks tasks;
    private final Matching matching;
    private final InstantSource clock;

    BulkResource(Frames frames, Present present, Tasks tasks, Matching matching, InstantSource clock) {
        this.frames = frames;
        this.present = present;
        this.tasks = tasks;
        this.matching = matching;
        this.clock = clock;
    }

    /** Asks about all that match. */
    @GET
    public Object ask(RoutingContext context) {
        return ask(Bulk.read(context.request()::getParam, List.of(), clock.instant()), null, context);
    }

    /** Asks about those selected, or, with the scope {@code all}, about all that match. */
    @POST
    @Path("/confirm")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Object ask(MultivaluedMap<String, String> fields, RoutingContext context) {
        return ask(read(fields), null, context);
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Object act(MultivaluedMap<String, String> fields, RoutingContext context) {
        Bulk bulk = read(fields);
        if (bulk.action() == null || bulk.nothing()) {
            return ask(bulk, null, context);
        }
        UnaryOperator<Payload> edit = null;
        if (!bulk.patch().isBlank()) {
            switch (JsonCheck.check(bulk.patch(), LARGEST_PATCH)) {
                case JsonCheck.Checked.Wrong wrong -> {
                    return ask(bulk, wrong, context);
                }
                case JsonCheck.Checked.Fine(Payload patch) -> edit = MergePatch.of(patch);
            }
        }
        ActionReport report = bulk.all() ? actOnAll(bulk, edit) : actOnSome(bulk, edit);
        present.forget();
        return Answers.to(context, bulk.back(), Notice.done(bulk.told(report)));
    }

    private Bulk read(MultivaluedMap<String, String> fields) {
        return Bulk.read(fields::getFirst, fields.getOrDefault("id", List.of()), clock.instant());
    }

    private Object ask(Bulk bulk, JsonCheck.Checked.Wrong fault, RoutingContext context) {
        if (bulk.action() == null || bulk.nothing()) {
            String why = bulk.action() == null ? "Choose what to do." : "Select some tasks first.";
            return Answers.to(context, bulk.back(), Notice.refused(why));
        }
        Bulk counted = bulk.all()
                ? bulk.counted(matching.of(bulk.action(), bulk.query().filter()))
                : bulk;
        return Templates.bulk(frames.page(context, Section.TASKS, bulk.title()), counted.withFault(fault));
    }

    private ActionReport actOnSome(Bulk bulk, UnaryOperator<Payload> edit) {
        List<Change> changes = bulk.ids().stream()
                .<Change>map(id -> switch (bulk.action()) {
                    case CANCEL -> new Change.Cancel(id, null);
                    case DELETE -> new Change.Delete(id, null);
                    case RETRY ->
                        new Change.Retry(
                                id,
                                null,
                                edit == null
                                        ? null
                                        : tasks.find(id, false)
                                                .map(task ->
                                                        edit.apply(task.spec().payload()))
                                                .orElse(null));
                })
                .toList();
        long done = tasks.change(changes).stream()
                .filter(changed -> changed.result() == Changed.Result.DONE)
                .count();
        return new ActionReport(changes.size(), done, null);
    }

    private ActionReport actOnAll(Bulk bulk, UnaryOperator<Payload> edit) {
        TaskFilter filter = bulk.query().filter();
        long start = System.nanoTime();
        long matched = 0;
        long done = 0;
        String next = null;
        do {
            ActionReport step =
                    edit == null ? tasks.act(bulk.action(), filter, next, false) : tasks.retry(filter, edit, next);
            matched += step.matched();
            done += step.done();
            next = step.next();
        } while (next != null && System.nanoTime() - start < PATIENCE_NANOS);
        return new ActionReport(matched, done, next);
    }
}
