package dev.millrace.worker;

import java.util.Optional;
import java.util.function.IntConsumer;
import org.jboss.logging.Logger;

/** Ends this process when the one that started it has ended, however it did. */
final class ParentWatch {
    private static final Logger LOG = Logger.getLogger(ParentWatch.class);

    private ParentWatch() {}

    static void begin(long pid, IntConsumer exit) {
        Optional<ProcessHandle> parent = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        if (parent.isEmpty()) {
            exit.accept(0);
            return;
        }
        parent.get().onExit().thenRun(() -> {
            LOG.infof("Process %d, which started this one, has ended: so does this", pid);
            exit.accept(0);
        });
    }
}
