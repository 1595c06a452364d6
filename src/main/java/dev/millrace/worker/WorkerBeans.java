package dev.millrace.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.cluster.Self;
import dev.millrace.queue.QueueStore;
import dev.millrace.queue.TaskStore;
import dev.millrace.queue.TaskTally;
import dev.millrace.queue.Wakeups;
import io.quarkus.arc.All;
import io.quarkus.arc.InjectableBean;
import io.quarkus.arc.InstanceHandle;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.InstantSource;
import java.util.List;

/**
 * Puts the worker together from the beans there are. A handler's task type and payload type are read from what ArC wrote
 * down of the bean when the application was built, so a native executable needs no reflection for them.
 */
@Singleton
class WorkerBeans {
    @Produces
    @Singleton
    WorkerStore store(TaskStore tasks, QueueStore queues, Wakeups wakeups, InstantSource clock, TaskTally tally) {
        return new WorkerStore(tasks, queues, wakeups, clock, tally);
    }

    @Produces
    @Singleton
    Handlers handlers(@All List<InstanceHandle<TaskHandler<?>>> beans, ObjectMapper mapper) {
        return new Handlers(beans.stream().map(bean -> handler(bean, mapper)).toList(), mapper);
    }

    /** For as long as the process runs. */
    @Produces
    @Singleton
    Worker worker(Workers workers, Self self) {
        return workers.named(self.id());
    }

    /** A drain as configuration has it. */
    @Produces
    @Singleton
    DrainCall drain(WorkerConfig config) {
        return DrainCall.usual(config);
    }

    private static Handler handler(InstanceHandle<TaskHandler<?>> handle, ObjectMapper mapper) {
        InjectableBean<?> bean = handle.getBean();
        Handles handles = bean.getQualifiers().stream()
                .filter(Handles.class::isInstance)
                .map(Handles.class::cast)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException(bean.getBeanClass().getName() + " needs @Handles(\"type\")"));
        Type payload = bean.getTypes().stream()
                .filter(type -> type instanceof ParameterizedType p && p.getRawType() == TaskHandler.class)
                .map(type -> ((ParameterizedType) type).getActualTypeArguments()[0])
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        bean.getBeanClass().getName() + " must say what its payload is: TaskHandler<...>"));
        return Handler.typed(handles, payload, handle.get(), mapper);
    }
}
