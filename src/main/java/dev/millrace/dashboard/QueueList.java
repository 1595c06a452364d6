package dev.millrace.dashboard;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A page of the list of queues.
 *
 * @param text part of the names; empty for all
 * @param sort the column; empty for the name
 * @param page from 1
 * @param none there is no queue at all
 */
public record QueueList(List<QueueRow> rows, int total, String text, String sort, int page, int pages, boolean none) {
    private static final int PAGE = 50;

    static QueueList of(List<QueueRow> rows, String text, String sort, int page, boolean none) {
        int pages = Math.max(1, (rows.size() + PAGE - 1) / PAGE);
        int shown = Math.clamp(page, 1, pages);
        List<QueueRow> some = rows.subList((shown - 1) * PAGE, Math.min(rows.size(), shown * PAGE));
        return new QueueList(some, rows.size(), text, sort == null ? "" : sort, shown, pages, none);
    }

    /** The address of this page. */
    public String here() {
        return at(page, sort);
    }

    /** The address of another page. */
    public String at(int other) {
        return at(other, sort);
    }

    /** The address of the same list in another order. */
    public String by(String column) {
        return at(1, column);
    }

    public boolean sortedBy(String column) {
        return sort.equals(column);
    }

    private String at(int number, String order) {
        StringBuilder query = new StringBuilder();
        add(query, "q", text);
        add(query, "sort", order);
        add(query, "page", number > 1 ? Integer.toString(number) : "");
        return "/queues" + query;
    }

    private static void add(StringBuilder query, String name, String value) {
        if (!value.isEmpty()) {
            query.append(query.isEmpty() ? '?' : '&').append(name).append('=');
            query.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }
}
