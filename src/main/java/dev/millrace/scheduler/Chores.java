package dev.millrace.scheduler;

import dev.millrace.cluster.Chore;
import dev.millrace.task.MillraceException;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** All the chores there are. */
@ApplicationScoped
public class Chores {
    private static final Logger LOG = Logger.getLogger(Chores.class);

    private final List<Chore> all;

    Chores(@All List<Chore> all) {
        this.all = all;
    }

    List<Chore> all() {
        return all;
    }

    /** Does every chore once, here and now, for installations in which nothing is always on. */
    public List<ChoreReport> runDue() {
        List<ChoreReport> reports = new ArrayList<>();
        for (Chore chore : all) {
            reports.add(run(chore));
        }
        return reports;
    }

    private static ChoreReport run(Chore chore) {
        try {
            return new ChoreReport(chore.name(), chore.runOnce(), null);
        } catch (RuntimeException e) {
            if (!MillraceException.isStoreAway(e)) {
                LOG.warnf(e, "Chore %s failed", chore.name());
            }
            return new ChoreReport(chore.name(), 0, e.getMessage());
        }
    }
}
