package dev.millrace.dashboard;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A page of the list of destinations.
 *
 * @param text part of the names; empty for all
 * @param page from 1
 * @param none there is no destination at all
 */
public record DestinationList(List<DestinationRow> rows, int total, String text, int page, int pages, boolean none) {
    static final int PAGE = 50;

    /** The address of this page. */
    public String here() {
        return at(page);
    }

    /** The address of another page. */
    public String at(int other) {
        String query = text.isEmpty() ? "" : "q=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
        if (other > 1) {
            query += (query.isEmpty() ? "" : "&") + "page=" + other;
        }
        return query.isEmpty() ? "/destinations" : "/destinations?" + query;
    }
}
