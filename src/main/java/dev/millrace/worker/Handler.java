package dev.millrace.worker;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.millrace.task.Outcome;
import dev.millrace.task.Payload;
import java.io.IOException;
import java.lang.reflect.Type;

/** A handler and what has to be known of it to call it with the JSON of a task. */
public final class Handler {
    private final String type;
    private final Effort effort;
    private final Call call;

    private Handler(String type, Effort effort, Call call) {
        this.type = type;
        this.effort = effort;
        this.call = call;
    }

    /** One that takes the JSON as it is. */
    public static Handler raw(String type, Effort effort, TaskHandler<Payload> handler) {
        return new Handler(type, effort, handler::run);
    }

    /** One whose payload is read as a type. */
    @SuppressWarnings("unchecked")
    static Handler typed(Handles handles, Type payloadType, TaskHandler<?> handler, ObjectMapper mapper) {
        Call call;
        if (payloadType == Payload.class) {
            call = ((TaskHandler<Payload>) handler)::run;
        } else if (payloadType == byte[].class) {
            TaskHandler<byte[]> bytes = (TaskHandler<byte[]>) handler;
            call = (payload, context) -> bytes.run(payload.json(), context);
        } else {
            JavaType javaType = mapper.constructType(payloadType);
            ObjectReader reader = mapper.readerFor(javaType).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
            call = read(reader, (TaskHandler<Object>) handler);
        }
        return new Handler(handles.value(), handles.effort(), call);
    }

    private static Call read(ObjectReader reader, TaskHandler<Object> handler) {
        return (payload, context) -> {
            Object value;
            try {
                value = reader.readValue(payload.json());
            } catch (IOException e) {
                return Outcome.failedForGood("UnreadablePayload", e.getMessage());
            }
            return handler.run(value, context);
        };
    }

    String type() {
        return type;
    }

    Effort effort() {
        return effort;
    }

    Outcome run(Payload payload, TaskContext context) throws Exception {
        return call.run(payload, context);
    }

    /** The handler with the reading of the payload before it. */
    private interface Call {
        Outcome run(Payload payload, TaskContext context) throws Exception;
    }
}
