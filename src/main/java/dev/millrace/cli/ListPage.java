package dev.millrace.cli;

import java.util.List;

/**
 * One page of a list.
 *
 * @param items each as the server wrote it
 * @param next where the next page is; null when there is none
 */
record ListPage(List<byte[]> items, String next) {
    /**
     * @param path with a query that has at least one parameter
     * @param cursor null for the first page
     */
    static ListPage get(ApiClient client, String path, String cursor) {
        Answer answer = client.get(cursor == null ? path : path + "&cursor=" + Filter.encoded(cursor));
        if (!answer.ok()) {
            throw Refused.by(answer);
        }
        byte[] next = Raw.members(answer.body()).get("next");
        String following =
                next == null ? null : Json.parse(next, "It is not JSON.").textValue();
        return new ListPage(Raw.items(answer.body()), following);
    }
}
