package dev.millrace.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.junit.jupiter.api.Test;

/** What is told of a call whose repeat the breaker refuses. */
class StoreCallsTest {
    private static final MillraceException UNANSWERED =
            new MillraceException(ErrorCode.STORE_UNAVAILABLE, "There was no answer.");

    private final StoreOutage outage = new StoreOutage();

    /** Opens with the first call that is let through. */
    private static final class Opening extends StoreBreaker {
        private int left;

        Opening(int left) {
            this.left = left;
        }

        @Override
        <T> T call(Supplier<T> operation) {
            if (left-- > 0) {
                throw new StoreDown(UNANSWERED);
            }
            throw new CircuitBreakerOpenException("open");
        }
    }

    private static final class Twice extends StoreRepeat {
        @Override
        <T> T call(Supplier<T> operation) {
            try {
                return operation.get();
            } catch (MillraceException e) {
                return operation.get();
            }
        }
    }

    private StoreCalls calls(int letThrough) {
        return new StoreCalls(new Twice(), new Opening(letThrough), outage, new SimpleMeterRegistry());
    }

    @Test
    void theTryBeforeIsToldAndAnOutageBegins() {
        assertThatThrownBy(() -> calls(1).call("settle", () -> "never")).isSameAs(UNANSWERED);
        assertThat(outage.failed("settle", System.nanoTime()))
                .as("for the first time")
                .isFalse();
    }

    @Test
    void withoutATryBeforeNothingWasChanged() {
        assertThatThrownBy(() -> calls(0).call("settle", () -> "never"))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("nothing was changed");
        assertThat(outage.failed("settle", System.nanoTime()))
                .as("for the first time")
                .isTrue();
    }
}
