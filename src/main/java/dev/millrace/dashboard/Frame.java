package dev.millrace.dashboard;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What every page shows around its content.
 *
 * @param title of the page, for the browser
 * @param section the one that the page belongs to; null for none
 * @param environment what the badge says; null for no badge
 * @param theme {@code light}, {@code dark} or {@code system}
 * @param visitor null on the sign-in page
 * @param counts for the navigation; null when they cannot be had, or there is no visitor
 * @param notice null for none
 * @param now the store's time
 * @param here path and query of this page
 * @param origin where the server is, as the browser called it
 */
public record Frame(
        String title,
        Section section,
        String environment,
        String theme,
        Visitor visitor,
        Counts counts,
        Notice notice,
        Instant now,
        String here,
        String origin,
        Assets assets) {
    public Section[] sections() {
        return Section.values();
    }

    /** The count that the navigation shows beside a section; negative for none. */
    public long countOf(Section of) {
        return counts == null ? -1 : counts.of(of);
    }

    /** The same of all sections that have one, for the script that keeps them up to date: {@code queues=3 tasks=1.2k}. */
    public String figures() {
        return Arrays.stream(Section.values())
                .filter(section -> countOf(section) >= 0)
                .map(section -> section.name().toLowerCase(Locale.ROOT) + "=" + Format.brief(countOf(section)))
                .collect(Collectors.joining(" "));
    }

    /** What a click on the theme's button leads to. */
    public String nextTheme() {
        return switch (theme) {
            case "system" -> "light";
            case "light" -> "dark";
            default -> "system";
        };
    }
}
