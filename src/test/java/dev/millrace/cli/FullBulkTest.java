package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.api.OutageProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On a Redis that is full after a part of them. */
@QuarkusTest
@TestProfile(OutageProfile.class)
class FullBulkTest extends BulkOnAServer {
    @AfterEach
    void room() {
        OutageProfile.maxMemory("0");
    }

    @Test
    void importThatMeetsAFullStoreSaysWhatIsInAndAddsTheRestWhenItIsRepeated() throws IOException {
        String file = exported();
        fillSoon();
        int in = in(run("import", "--patience", "0", file), "STORE_FULL", "The import can be repeated.");
        assertThat(in).isBetween(1, TASKS - 1).isEqualTo(ready());

        OutageProfile.maxMemory("0");
        CommandRun again = run("import", file);

        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.out())
                .startsWith("%,d tasks created, %,d were there already, 0 left out since they had ended, 0 rejected"
                        .formatted(TASKS - in, in));
        assertThat(ready()).isEqualTo(TASKS);
        System.out.printf("figures: import into a full Redis: %d of %d in, the rest when repeated%n", in, TASKS);
    }

    @Test
    void pushThatMeetsAFullStoreSaysItsKeyAndAddsTheRestWhenItIsRepeatedWithIt() throws IOException {
        String file = tasks();
        fillSoon();
        String[] push = {"push", queue, "--idempotency-key", queue, "--patience", "0", file};
        String how = "With --idempotency-key " + queue + " and the same input the whole can be repeated.";
        int in = in(run(push), "STORE_FULL", how);
        assertThat(in).isBetween(1, TASKS - 1).isEqualTo(ready());

        OutageProfile.maxMemory("0");
        CommandRun again = run(push);

        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.out()).startsWith("%,d tasks accepted in %s, 0 rejected".formatted(TASKS, queue));
        assertThat(ready()).isEqualTo(TASKS);
    }

    /** There is room for about half of them. */
    private static void fillSoon() {
        OutageProfile.maxMemory(Long.toString(OutageProfile.usedMemory() + (5 << 20)));
    }
}
