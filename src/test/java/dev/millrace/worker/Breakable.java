package dev.millrace.worker;

import dev.millrace.queue.TaskStore;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/** A real store that can be taken away for a while. */
final class Breakable {
    private final AtomicBoolean away = new AtomicBoolean();
    private final AtomicBoolean losesAnswers = new AtomicBoolean();

    TaskStore over(TaskStore store) {
        return (TaskStore) Proxy.newProxyInstance(
                TaskStore.class.getClassLoader(), new Class<?>[] {TaskStore.class}, (proxy, method, arguments) -> {
                    if (away.get()) {
                        throw unavailable();
                    }
                    try {
                        Object answer = method.invoke(store, arguments);
                        if (losesAnswers.getAndSet(false)) {
                            throw unavailable();
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    void goDown() {
        away.set(true);
    }

    void comeBack() {
        away.set(false);
    }

    /** The next call is carried out, but its answer does not arrive. */
    void loseNextAnswer() {
        losesAnswers.set(true);
    }

    private static MillraceException unavailable() {
        return new MillraceException(ErrorCode.STORE_UNAVAILABLE, "taken away by the test");
    }
}
