package dev.millrace.api;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Collects what is wrong with a request, so that its sender learns all of it at once. */
final class Faults {
    /** More are not told; whoever sends more has other worries. */
    private static final int LIMIT = 50;

    /** The member of a problem document that lists faults. */
    static final String MEMBER = "errors";

    private List<Fault> found = List.of();
    private ErrorCode code = ErrorCode.INVALID_REQUEST;

    void add(String pointer, String detail) {
        if (found.isEmpty()) {
            found = new ArrayList<>();
        }
        if (found.size() < LIMIT) {
            found.add(new Fault(pointer, detail));
        }
    }

    void addTooLarge(String pointer, String detail) {
        code = ErrorCode.TOO_LARGE;
        add(pointer, detail);
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** @throws MillraceException with all faults, when there are any */
    void refuse() {
        if (!found.isEmpty()) {
            throw refusal();
        }
    }

    private MillraceException refusal() {
        Fault first = found.getFirst();
        String more = found.size() == 1 ? "" : " (and " + (found.size() - 1) + " more)";
        return new MillraceException(
                code, sentence(first.pointer()) + first.detail() + more + ".", Map.of(MEMBER, List.copyOf(found)));
    }

    private static String sentence(String pointer) {
        return pointer.isEmpty() ? "The request " : pointer + " ";
    }

    static MillraceException one(String pointer, String detail) {
        Faults faults = new Faults();
        faults.add(pointer, detail);
        return faults.refusal();
    }
}
