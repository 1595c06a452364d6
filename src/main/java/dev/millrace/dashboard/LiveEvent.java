package dev.millrace.dashboard;

/** What is said on a stream, as it goes over the wire. */
final class LiveEvent {
    /** First of all: that the stream is there, and how long to wait before it is asked for again when it broke. */
    static final String HELLO = "retry: 3000\nevent: beat\ndata:\n\n";

    /** That the page is still as it was told last. */
    static final String BEAT = ": still the same\nevent: beat\ndata:\n\n";

    /** Keeps the connection from looking idle, and is no event. */
    static final String SILENCE = ": the page cannot be made at the moment\n\n";

    /** That what the page shows is not there any more. */
    static final String GONE = "event: gone\ndata:\n\n";

    private static final String PART = "event: part\n";

    private LiveEvent() {}

    static boolean isPart(String event) {
        return event.startsWith(PART);
    }

    /** The part as it is now. Whatever breaks a line there, in the words of a client as well, breaks it here. */
    static String part(String html) {
        StringBuilder event = new StringBuilder(html.length() + html.length() / 16).append(PART);
        html.lines().forEach(line -> event.append("data: ").append(line).append('\n'));
        return event.append('\n').toString();
    }
}
