package dev.millrace.storage;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.util.Map;

/**
 * Stands before fault tolerance, which answers an interrupted caller with an exception that no port declares and takes
 * the interrupt away: here it becomes what the ports promise, and the caller still finds itself interrupted.
 */
@Interruptible
@Interceptor
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
class InterruptGuard {
    @AroundInvoke
    Object call(InvocationContext context) throws Exception {
        try {
            return context.proceed();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MillraceException(
                    ErrorCode.STORE_UNAVAILABLE,
                    "Interrupted; whether the store carried out the request is unknown.",
                    Map.of(),
                    e);
        }
    }
}
