package dev.millrace.api;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;

/** What a request's first line and headers may be. */
final class Head {

    private Head() {}

    /**
     * @throws MillraceException {@code URI_TOO_LONG}, {@code HEADERS_TOO_LARGE}
     */
    static void check(HttpServerRequest request) {
        if (request.uri().length() > Limits.LONGEST_ADDRESS) {
            throw new MillraceException(
                    ErrorCode.URI_TOO_LONG,
                    "The address is longer than " + Limits.LONGEST_ADDRESS + " characters.",
                    Map.of("limit", Limits.LONGEST_ADDRESS));
        }
        int size = 0;
        for (Map.Entry<String, String> header : request.headers()) {
            size += header.getKey().length() + header.getValue().length();
        }
        if (size > Limits.LARGEST_HEADERS) {
            throw new MillraceException(
                    ErrorCode.HEADERS_TOO_LARGE,
                    "The headers are larger than " + Limits.LARGEST_HEADERS + " characters together.",
                    Map.of("limit", Limits.LARGEST_HEADERS));
        }
    }
}
