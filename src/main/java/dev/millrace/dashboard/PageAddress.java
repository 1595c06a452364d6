package dev.millrace.dashboard;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;

/**
 * Where a page of the dashboard is.
 *
 * @param text path and query as the browser calls them
 * @param path decoded
 */
record PageAddress(String text, String path, Map<String, List<String>> parameters) {
    private static final int LONGEST = 4096;
    private static final int MOST_PARAMETERS = 32;

    /** Null when it is none of this origin's. */
    static PageAddress parse(String text) {
        if (text == null || text.length() > LONGEST || !text.equals(Answers.local(text))) {
            return null;
        }
        try {
            QueryStringDecoder decoder =
                    new QueryStringDecoder(text, java.nio.charset.StandardCharsets.UTF_8, true, MOST_PARAMETERS);
            return new PageAddress(text, decoder.path(), decoder.parameters());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The value of a parameter; null when there is none. */
    String get(String name) {
        List<String> values = parameters.get(name);
        return values == null || values.isEmpty() ? null : values.getFirst();
    }

    /** Which page of a list is meant; the first when that is none. */
    static int number(String page) {
        return page != null && page.matches("\\d{1,4}") ? Integer.parseInt(page) : 1;
    }

    /** The one segment that follows a path; null when it is not that path, or more follows. */
    String below(String root) {
        if (!path.startsWith(root + "/")) {
            return null;
        }
        String rest = path.substring(root.length() + 1);
        return rest.isEmpty() || rest.contains("/") ? null : rest;
    }
}
