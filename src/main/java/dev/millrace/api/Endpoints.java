package dev.millrace.api;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The addresses there are, to tell a wrong method from a wrong address. A test holds this against the resources. */
final class Endpoints {
    /** Where the API begins. */
    static final String BASE = "/api/v1";

    /** Method and address, as the resources have them. */
    static final List<String> ALL = List.of(
            "POST /queues/{queue}/tasks",
            "POST /queues/{queue}/tasks/bulk",
            "POST /queues/{queue}/leases",
            "GET /queues",
            "GET /queues/{queue}",
            "PATCH /queues/{queue}",
            "DELETE /queues/{queue}",
            "POST /queues/{queue}/pause",
            "POST /queues/{queue}/resume",
            "GET /tasks",
            "GET /tasks/{id}",
            "DELETE /tasks/{id}",
            "POST /tasks/{id}/cancel",
            "POST /tasks/{id}/retry",
            "POST /tasks/{id}/run-now",
            "POST /tasks/actions",
            "GET /dead-letters",
            "POST /leases",
            "POST /leases/complete",
            "POST /leases/{token}/complete",
            "POST /leases/{token}/fail",
            "POST /leases/{token}/release",
            "POST /leases/{token}/extend",
            "POST /leases/{token}/progress",
            "GET /destinations",
            "GET /destinations/{name}",
            "PUT /destinations/{name}",
            "DELETE /destinations/{name}",
            "GET /destinations/{name}/stats",
            "POST /destinations/{name}/backends",
            "POST /destinations/{name}/backends/drain",
            "POST /destinations/{name}/backends/resume",
            "POST /destinations/{name}/backends/remove",
            "GET /scaling",
            "GET /health",
            "GET /clustering/nodes",
            "GET /clustering/nodes/{id}/log",
            "POST /clustering/nodes/{id}/quiet",
            "POST /clustering/nodes/{id}/resume",
            "POST /clustering/nodes/{id}/stop",
            "GET /doctor",
            "GET /config",
            "POST /maintenance/tick",
            "POST /maintenance/backup",
            "POST /drain");

    private static final List<Endpoint> PARSED = ALL.stream().map(Endpoint::of).toList();

    private Endpoints() {}

    /** Methods that an address answers to; empty when there is no such address. */
    static Set<String> methods(String path) {
        Set<String> methods = new TreeSet<>();
        for (Endpoint endpoint : PARSED) {
            if (endpoint.path().matcher(path).matches()) {
                methods.add(endpoint.method());
            }
        }
        if (methods.isEmpty() && (path.startsWith("/q/") || path.equals("/health"))) {
            methods.add("GET");
        }
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        if (!methods.isEmpty()) {
            methods.add("OPTIONS");
        }
        return methods;
    }

    static String allow(Set<String> methods) {
        return String.join(", ", methods);
    }

    static MillraceException noRoute(String path) {
        return new MillraceException(ErrorCode.NOT_FOUND, "There is nothing at " + Problem.printable(path) + ".");
    }

    private record Endpoint(String method, Pattern path) {
        static Endpoint of(String line) {
            String[] parts = line.split(" ");
            String pattern = (BASE + parts[1]).replaceAll("\\{[a-z]+}", "[^/]+");
            return new Endpoint(parts[0], Pattern.compile(pattern + "/?"));
        }
    }
}
