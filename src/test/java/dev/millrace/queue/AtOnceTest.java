package dev.millrace.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AtOnceTest {
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final CountDownLatch together = new CountDownLatch(AtOnce.MOST);
    private final CompletableFuture<Thread> failing = new CompletableFuture<>();
    private final CountDownLatch tooMany = new CountDownLatch(AtOnce.MOST + 1);

    @Test
    void answersComeInTheOrderOfTheQuestions() {
        assertThat(AtOnce.ask(questions(100, this::slowly)))
                .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
    }

    @Test
    void severalAreAskedAtOnceButNeverMoreThanAFew() {
        AtOnce.ask(questions(200, this::slowly));
        assertThat(most).hasValue(AtOnce.MOST);
        assertThat(asked).hasValue(200);
    }

    @Test
    void afterAFailureNoneIsBegun() {
        assertThatThrownBy(() -> AtOnce.ask(questions(200, this::failFirst)))
                .isInstanceOf(MillraceException.class)
                .hasMessage("thrown by the test");
        assertThat(asked.get()).isBetween(1, AtOnce.MOST);
    }

    @Test
    void noAnswerIsAnAnswerOfOneAsOfMany() {
        assertThat(AtOnce.ask(Collections.<Supplier<String>>nCopies(1, () -> null)))
                .containsExactly((String) null);
        assertThat(AtOnce.ask(Collections.<Supplier<String>>nCopies(2, () -> null)))
                .containsExactly(null, null);
        assertThat(AtOnce.ask(List.<Supplier<String>>of())).isEmpty();
    }

    private interface Question {
        int answer(int number);
    }

    private static List<Supplier<Integer>> questions(int count, Question question) {
        List<Supplier<Integer>> questions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            questions.add(() -> question.answer(number));
        }
        return questions;
    }

    /** The others take until it is known that the first one failed. */
    private int failFirst(int number) {
        asked.incrementAndGet();
        if (number == 0) {
            failing.complete(Thread.currentThread());
            throw new MillraceException(ErrorCode.STORE_UNAVAILABLE, "thrown by the test");
        }
        try {
            assertThat(failing.join().join(Duration.ofSeconds(20))).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return number;
    }

    /** The first ones wait until there are as many as there may be, and leave time for more to come. */
    private int slowly(int number) {
        asked.incrementAndGet();
        most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        together.countDown();
        tooMany.countDown();
        try {
            assertThat(together.await(20, TimeUnit.SECONDS)).isTrue();
            if (number < AtOnce.MOST) {
                tooMany.await(200, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        underWay.decrementAndGet();
        return number;
    }
}
