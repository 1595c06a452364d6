package dev.millrace.dashboard;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The way through a list whose store knows only what comes next: the pages passed on the way here are kept in the
 * address.
 *
 * @param first address of the first page; null on it
 * @param newer address of the page before; null on the first
 * @param older address of the next page; null on the last
 */
public record Pager(String first, String newer, String older) {
    static final String CURSOR = "cursor";
    static final String TRAIL = "trail";

    private static final int LONGEST_TRAIL = 1500;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]+");

    /**
     * @param list address of the first page
     * @param cursor of this page; null on the first
     * @param trail cursors of the pages before, joined by dots, without the first page's; null for none
     * @param next cursor of the next page; null on the last
     */
    static Pager of(String list, String cursor, String trail, String next) {
        List<String> before = trail == null
                ? List.of()
                : Arrays.stream(trail.split("\\.")).filter(Pager::valid).toList();
        String older = next == null
                ? null
                : cursor == null ? address(list, next, List.of()) : address(list, next, with(before, cursor));
        if (cursor == null) {
            return new Pager(null, null, older);
        }
        String newer = before.isEmpty() ? list : address(list, before.getLast(), before.subList(0, before.size() - 1));
        return new Pager(list, newer, older);
    }

    static boolean valid(String cursor) {
        return FORM.matcher(cursor).matches();
    }

    private static List<String> with(List<String> before, String cursor) {
        List<String> all = Stream.concat(before.stream(), Stream.of(cursor)).toList();
        int length = 0;
        int from = all.size();
        while (from > 0 && length + all.get(from - 1).length() < LONGEST_TRAIL) {
            length += all.get(--from).length() + 1;
        }
        return all.subList(from, all.size());
    }

    private static String address(String list, String cursor, List<String> before) {
        String trail = before.stream().collect(Collectors.joining("."));
        return list + (list.contains("?") ? "&" : "?") + CURSOR + "=" + cursor
                + (trail.isEmpty() ? "" : "&" + TRAIL + "=" + trail);
    }
}
