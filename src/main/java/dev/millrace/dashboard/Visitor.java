package dev.millrace.dashboard;

import dev.millrace.access.Credential;
import dev.millrace.access.Role;
import io.vertx.ext.web.RoutingContext;

/**
 * Who looks at the dashboard.
 *
 * @param name null on a dashboard that is open
 */
public record Visitor(String name, Credential credential) {
    static final Visitor OPEN = new Visitor(null, Credential.OPEN);

    private static final String KEY = "millrace.visitor";

    /** May cancel, retry and delete tasks, submit them, pause and resume queues. */
    public boolean operator() {
        return credential.has(Role.OPERATOR);
    }

    /** May configure and purge queues as well. */
    public boolean admin() {
        return credential.has(Role.ADMIN);
    }

    /** @throws dev.millrace.task.MillraceException {@code FORBIDDEN} without the role */
    public void require(Role role) {
        credential.require(role);
    }

    /** The same without a name: whoever may do the same sees the same. */
    Visitor unnamed() {
        return new Visitor(null, new Credential(null, credential.roles(), credential.queues()));
    }

    void enter(RoutingContext context) {
        context.put(KEY, this);
    }

    /** Null for who did not sign in. */
    static Visitor seen(RoutingContext context) {
        return context.get(KEY);
    }

    /** Who asks; the front door lets nobody else pass. */
    static Visitor of(RoutingContext context) {
        Visitor visitor = seen(context);
        if (visitor == null) {
            throw new IllegalStateException("This request did not come through the front door");
        }
        return visitor;
    }
}
