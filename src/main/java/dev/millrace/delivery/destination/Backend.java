package dev.millrace.delivery.destination;

/**
 * One of a destination's HTTP servers.
 *
 * @param url absolute, http or https; what tasks are POSTed to, and what the backend goes by
 * @param weight its share beside the others', 1 to 1,000
 * @param draining gets nothing new; what is under way ends
 */
public record Backend(String url, int weight, boolean draining) {
    public static final int HEAVIEST = 1000;

    public Backend drained(boolean now) {
        return new Backend(url, weight, now);
    }
}
