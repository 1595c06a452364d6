package dev.millrace.worker;

import dev.millrace.role.Role;
import dev.millrace.role.RoleContract;
import dev.millrace.storage.Storage;
import dev.millrace.task.Outcome;
import java.time.Duration;
import java.util.Set;

/** The worker as a role. */
interface WorkerRoleContract extends RoleContract {
    Storage storage();

    @Override
    default Role newRole() {
        WorkerSettings settings = new WorkerSettings("worker-a", Set.of(), 1, 1, 1, Duration.ofSeconds(30));
        return new WorkerRole(
                new Worker(
                        Crewed.ports(storage(), storage().clock()),
                        Crewed.handlers(Crewed.waiting("nothing", (payload, context) -> Outcome.succeeded())),
                        settings),
                () -> {});
    }
}
