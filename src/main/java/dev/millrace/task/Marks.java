package dev.millrace.task;

import java.util.List;
import java.util.Map;

/** Tags and labels, at most 16 of each, to find tasks by; they do not change how a task runs. */
public record Marks(List<String> tags, Map<String, String> labels) {
    public static final Marks NONE = new Marks(List.of(), Map.of());
}
