package dev.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** How often pages look at the store. */
class PresentTest {
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
    private final Present present = new Present(
            () -> {
                looks.incrementAndGet();
                meanwhile.getAndSet(() -> {}).run();
                return List.of();
            },
            List::of);

    @Test
    void manyPagesAreOneLook() {
        assertThat(present.look()).isSameAs(present.look());
        assertThat(looks).hasValue(1);
    }

    @Test
    void whatChangedIsLookedAtAnew() {
        Present.Look before = present.look();
        present.forget();
        assertThat(present.look()).isNotSameAs(before);
        assertThat(looks).hasValue(2);
    }

    @Test
    void whatChangesDuringALookIsLookedAtAnew() {
        meanwhile.set(present::forget);
        present.look();
        present.look();
        assertThat(looks).hasValue(2);
    }
}
