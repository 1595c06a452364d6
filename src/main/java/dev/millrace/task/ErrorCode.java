package dev.millrace.task;

/** Stable codes of everything that can go wrong, with their HTTP status. The same on the wire, in the CLI and in logs. */
public enum ErrorCode {
    MALFORMED_JSON(400),
    INVALID_REQUEST(400),
    UNAUTHENTICATED(401),
    FORBIDDEN(403),
    NOT_FOUND(404),
    TASK_NOT_FOUND(404),
    QUEUE_NOT_FOUND(404),
    LEASE_NOT_FOUND(404),
    DESTINATION_NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    NOT_ACCEPTABLE(406),
    DUPLICATE_TASK(409),
    LEASE_LOST(409),
    ILLEGAL_TRANSITION(409),
    IDEMPOTENCY_IN_PROGRESS(409),
    PRECONDITION_FAILED(412),
    TOO_LARGE(413),
    URI_TOO_LONG(414),
    UNSUPPORTED_MEDIA_TYPE(415),
    IDEMPOTENCY_MISMATCH(422),
    QUEUE_FULL(429),
    HEADERS_TOO_LARGE(431),
    INTERNAL(500),
    STORE_UNAVAILABLE(503),
    STORE_FULL(507);

    private final int status;

    ErrorCode(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }
}
