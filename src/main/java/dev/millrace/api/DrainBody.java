package dev.millrace.api;

import dev.millrace.worker.DrainCall;
import dev.millrace.worker.Drained;
import java.time.Duration;

/** What is asked of a drain and answered to it, whatever brings it here. */
public final class DrainBody {
    private static final long MOST = 1_000_000_000;

    private DrainBody() {}

    /**
     * @param body one JSON document
     * @param usual for what it does not say
     * @throws dev.millrace.task.MillraceException that says what is wrong with it
     */
    public static DrainCall read(byte[] body, DrainCall usual) {
        return Bodies.parse(body, in -> read(in, usual));
    }

    static DrainCall read(JsonInput in, DrainCall usual) {
        Long max = null;
        Duration slice = null;
        Duration idle = null;
        if (in.startsObject()) {
            for (String name = in.member(); name != null; name = in.member()) {
                switch (name) {
                    case "max" -> max = Values.whole(in, 1, MOST);
                    case "slice" -> slice = Values.duration(in, DrainCall.SHORTEST, DrainCall.LONGEST);
                    case "idle" -> idle = Values.duration(in, Duration.ZERO, DrainCall.LONGEST_IDLE);
                    default -> in.unknown();
                }
            }
        }
        return new DrainCall(
                max == null ? DrainCall.ALL : max,
                slice == null ? usual.slice() : slice,
                idle == null ? usual.idle() : idle);
    }

    public static byte[] write(Drained drained) {
        return Json.bytes(64, json -> {
            json.writeStartObject();
            json.writeNumberField("done", drained.done());
            json.writeBooleanField("more", drained.more());
            json.writeEndObject();
        });
    }

    /** A header that says how long a drain took: what its caller waited beyond that is what it took to wake this process. */
    public static String timing(long nanos) {
        return "drain;dur=" + nanos / 1_000_000;
    }
}
