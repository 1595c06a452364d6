package dev.millrace.api;

import dev.millrace.task.Task;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;

/** Answers that several endpoints give. */
final class Answers {

    private Answers() {}

    static RestResponse<byte[]> ok(byte[] json) {
        return RestResponse.ok(json);
    }

    static RestResponse<byte[]> ok(Json.Writing writing) {
        return RestResponse.ok(Json.bytes(1024, writing));
    }

    /** The task, with its entity tag. */
    static RestResponse<byte[]> task(RoutingContext context, Task task) {
        context.response().putHeader("ETag", EntityTag.of(task, Fields.ALL));
        return RestResponse.ok(TaskWriter.bytes(task, Fields.ALL));
    }

    /** A page of a list. */
    static <T> RestResponse<byte[]> page(List<T> items, String next, Item<T> item, Json.Writing rest) {
        return ok(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("items");
            for (T each : items) {
                item.write(json, each);
            }
            json.writeEndArray();
            json.writeStringField("next", next);
            rest.to(json);
            json.writeEndObject();
        });
    }

    /** Writes one of a page's items. */
    interface Item<T> {
        void write(com.fasterxml.jackson.core.JsonGenerator json, T item) throws IOException;
    }
}
