package dev.millrace.lambda;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.access.KeyRing;
import dev.millrace.access.Role;
import dev.millrace.api.DrainBody;
import dev.millrace.api.Problem;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.worker.Drained;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jboss.logging.Logger;

/** {@code POST /api/v1/drain} by a function URL or an HTTP API: how other processes wake this worker. */
@Singleton
class HttpDoor {
    private static final Logger LOG = Logger.getLogger("millrace.lambda");
    private static final String DRAIN = "/api/v1/drain";
    /** Less than the time after which networks forget a connection on which nothing was said (350 s). */
    private static final Duration OF_A_URL = Duration.ofMinutes(5);
    /** An HTTP API ends a request after 30 s, and winding up may take some. */
    private static final Duration OF_AN_API = Duration.ofSeconds(22);

    private static final int OK = 200;

    private final KeyRing keys;
    private final Shift shift;

    HttpDoor(KeyRing keys, Shift shift) {
        this.keys = keys;
        this.shift = shift;
    }

    /** In the format of version 2.0; never throws. */
    byte[] answer(Event.Http request, Spell spell) {
        ObjectNode answer = new ObjectMapper().createObjectNode();
        ObjectNode headers = answer.putObject("headers");
        try {
            admit(request);
            long start = System.nanoTime();
            Drained drained = shift.work(request.body(), spell, request.url() ? OF_A_URL : OF_AN_API);
            answer.put("statusCode", OK);
            headers.put("content-type", "application/json")
                    .put("server-timing", DrainBody.timing(System.nanoTime() - start));
            answer.put("body", text(DrainBody.write(drained)));
        } catch (MillraceException e) {
            refuse(answer, headers, e, request.id());
        } catch (RuntimeException e) {
            LOG.error("A drain failed", e);
            refuse(answer, headers, new MillraceException(ErrorCode.INTERNAL, "The drain failed; the log of the function says why."), request.id());
        }
        return text(answer).getBytes(StandardCharsets.UTF_8);
    }

    private void admit(Event.Http request) {
        if (!request.signed()) {
            authenticate(request.bearer());
        }
        if (!request.path().endsWith(DRAIN)) {
            throw new MillraceException(ErrorCode.NOT_FOUND, "This function answers POST " + DRAIN + " only.");
        }
        if (!request.method().equals("POST")) {
            throw new MillraceException(ErrorCode.METHOD_NOT_ALLOWED, DRAIN + " takes POST only.");
        }
    }

    private void authenticate(String bearer) {
        if (keys.isOpen()) {
            throw new MillraceException(
                    ErrorCode.UNAUTHENTICATED,
                    "The function has no API key, so nobody may call it here: configure millrace.access.keys.NAME.hash"
                            + " and .roles, or have AWS_IAM ask who calls.");
        }
        if (bearer == null) {
            throw new MillraceException(
                    ErrorCode.UNAUTHENTICATED, "An API key is needed: send Authorization: Bearer KEY.");
        }
        keys.credentialOf(bearer)
                .orElseThrow(
                        () -> new MillraceException(ErrorCode.UNAUTHENTICATED, "This API key is not one of ours."))
                .require(Role.WORKER);
    }

    private static void refuse(ObjectNode answer, ObjectNode headers, MillraceException e, String id) {
        Problem problem = Problem.of(e);
        answer.put("statusCode", e.code().status());
        headers.put("content-type", Problem.MEDIA_TYPE);
        if (problem.retryAfter() > 0) {
            headers.put("retry-after", "" + problem.retryAfter());
        }
        answer.put("body", text(problem.document(id)));
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    private static String text(ObjectNode json) {
        return json.toString();
    }
}
