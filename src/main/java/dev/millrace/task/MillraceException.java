package dev.millrace.task;

import java.util.Map;

/** An expected refusal, with a stable code and a sentence that may be shown to anyone. */
public final class MillraceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient Map<String, Object> members;

    public MillraceException(ErrorCode code, String detail) {
        this(code, detail, Map.of(), null);
    }

    public MillraceException(ErrorCode code, String detail, Map<String, Object> members) {
        this(code, detail, members, null);
    }

    /**
     * @param members further members of the problem document, such as {@code id}
     */
    public MillraceException(ErrorCode code, String detail, Map<String, Object> members, Throwable cause) {
        super(detail, cause);
        this.code = code;
        this.members = Map.copyOf(members);
    }

    /** Whether it is what a store throws that does not answer, and that is said in the log once for all. */
    public static boolean isStoreAway(Throwable thrown) {
        return thrown instanceof MillraceException known && known.code == ErrorCode.STORE_UNAVAILABLE;
    }

    public ErrorCode code() {
        return code;
    }

    public Map<String, Object> members() {
        return members;
    }
}
