package dev.millrace.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The handlers of this process, by task type. */
public final class Handlers {
    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}");

    private final Map<String, Handler> byType = new HashMap<>();
    private final ObjectMapper mapper;

    /**
     * @param mapper writes the results that handlers give as values
     * @throws IllegalArgumentException when two handle the same type, or one a type that no task can have
     */
    public Handlers(Collection<Handler> handlers, ObjectMapper mapper) {
        for (Handler handler : handlers) {
            if (!TYPE.matcher(handler.type()).matches()) {
                throw new IllegalArgumentException("A handler for what is no task type: \"" + handler.type() + "\"");
            }
            if (byType.put(handler.type(), handler) != null) {
                throw new IllegalArgumentException("Two handlers for the task type " + handler.type());
            }
        }
        this.mapper = mapper;
    }

    /** Null for a type that nobody handles. */
    Handler of(String type) {
        return byType.get(type);
    }

    /** The types that take this effort. */
    Set<String> types(Effort effort) {
        return byType.values().stream()
                .filter(handler -> handler.effort() == effort)
                .map(Handler::type)
                .collect(Collectors.toUnmodifiableSet());
    }

    ObjectMapper mapper() {
        return mapper;
    }
}
