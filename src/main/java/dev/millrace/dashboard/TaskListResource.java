package dev.millrace.dashboard;

import dev.millrace.queue.QueueSnapshot;
import dev.millrace.queue.TaskFilter;
import dev.millrace.queue.TaskPage;
import dev.millrace.queue.Tasks;
import dev.millrace.task.MillraceException;
import dev.millrace.task.TaskState;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The tasks that match a filter. */
@Path("/tasks")
@RunOnVirtualThread
@EndpointDisabled(name = "millrace.role.dashboard", stringValue = "false")
public class TaskListResource implements LivePage {
    private static final int PAGE = 50;

    @CheckedTemplate(basePath = "dashboard")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance tasks(Frame frame, TaskList list);

        static native TemplateInstance tasks$rows(Frame frame, TaskList list);
    }

    private final Frames frames;
    private final Present present;
    private final Tasks tasks;
    private final InstantSource clock;

    TaskListResource(Frames frames, Present present, Tasks tasks, InstantSource clock) {
        this.frames = frames;
        this.present = present;
        this.tasks = tasks;
        this.clock = clock;
    }

    @Override
    public Part part(PageAddress address) {
        return address.path().equals("/tasks")
                ? frame -> Templates.tasks$rows(
                        frame,
                        list(
                                TaskQuery.read(address::get, frame.now()),
                                address.get(Pager.CURSOR),
                                address.get(Pager.TRAIL)))
                : null;
    }

    @GET
    public TemplateInstance list(RoutingContext context) {
        TaskQuery query = TaskQuery.read(context.request()::getParam, clock.instant());
        TaskList list = list(
                query,
                context.request().getParam(Pager.CURSOR),
                context.request().getParam(Pager.TRAIL));
        if (Answers.part(context)) {
            return Templates.tasks$rows(frames.part(context, Section.TASKS), list);
        }
        return Templates.tasks(frames.page(context, Section.TASKS, "Tasks"), list);
    }

    private TaskList list(TaskQuery query, String cursor, String trail) {
        List<QueueSnapshot> queues = present.look().queues();
        List<String> faults = new ArrayList<>(query.faults());
        String from = cursor == null || !Pager.valid(cursor) ? null : cursor;
        TaskPage page = new TaskPage(List.of(), null, null);
        if (tooMuch(query.filter(), queues)) {
            faults.add("Choose a queue: text is looked for in the payloads of one queue at a time.");
        } else {
            page = read(query.filter(), from, faults);
        }
        Pager pager = Pager.of("/tasks" + query.search(), from, trail, page.next());
        return new TaskList(
                query,
                page.items().stream().map(TaskRow::new).toList(),
                tabs(query, queues),
                names(query.filter().queue(), queues),
                pager,
                page.scannedTo(),
                faults);
    }

    /** The chosen one is among them even if it was not there a moment ago: else the form would let go of it. */
    private static List<String> names(String chosen, List<QueueSnapshot> queues) {
        Stream<String> known = queues.stream().map(QueueSnapshot::name);
        return Stream.concat(known, Stream.ofNullable(chosen))
                .distinct()
                .sorted()
                .toList();
    }

    private TaskPage read(TaskFilter filter, String cursor, List<String> faults) {
        try {
            return tasks.list(filter, cursor, PAGE);
        } catch (MillraceException e) {
            if (cursor == null) {
                throw e;
            }
            faults.add("This page is not there any more; here is the first one.");
            return tasks.list(filter, null, PAGE);
        }
    }

    /** Payloads and errors are read one by one, so that is done in one queue, or in several with few tasks. */
    private static boolean tooMuch(TaskFilter filter, List<QueueSnapshot> queues) {
        if (filter.queue() != null || filter.text() == null && filter.failure() == null) {
            return false;
        }
        long looked = 0;
        for (QueueSnapshot queue : queues) {
            long there = filter.state() == null
                    ? queue.counts().values().stream()
                            .mapToLong(Long::longValue)
                            .sum()
                    : queue.count(filter.state());
            looked += Math.min(there, TaskFilter.WALK);
        }
        return looked > 2L * TaskFilter.WALK;
    }

    private static List<TaskList.Tab> tabs(TaskQuery query, List<QueueSnapshot> queues) {
        List<QueueSnapshot> counted = queues.stream()
                .filter(queue -> query.filter().queue() == null
                        || queue.name().equals(query.filter().queue()))
                .toList();
        List<TaskList.Tab> tabs = new ArrayList<>();
        tabs.add(new TaskList.Tab(
                "All",
                "",
                "/tasks" + query.search(Map.of(TaskQuery.STATE, "")),
                -1,
                query.filter().state() == null));
        for (TaskState state : TaskState.values()) {
            long count = counted.stream().mapToLong(queue -> queue.count(state)).sum();
            boolean current = state == query.filter().state();
            if (state != TaskState.BLOCKED || count > 0 || current) {
                String name = Character.toUpperCase(state.wire().charAt(0))
                        + state.wire().substring(1);
                String link = "/tasks" + query.search(Map.of(TaskQuery.STATE, state.wire()));
                tabs.add(new TaskList.Tab(name, state.wire(), link, count, current));
            }
        }
        return tabs;
    }
}
