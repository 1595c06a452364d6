package dev.millrace.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;

/**
 * One page of a list.
 *
 * @param items each as the server wrote it
 * @param next where the next page is; null when there is none
 */
record ListPage(List<byte[]> items, String next) {
    private static final int LARGEST = 500;

    /** All that there is at a path without a query, page by page. */
    static ArrayNode all(ApiClient client, String path) {
        ArrayNode all = Json.MAPPER.createArrayNode();
        String cursor = null;
        do {
            ListPage page = get(client, path + "?limit=" + LARGEST, cursor);
            page.items().forEach(item -> all.add(Json.parse(item, "It is not JSON.")));
            cursor = page.next();
        } while (cursor != null);
        return all;
    }

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
