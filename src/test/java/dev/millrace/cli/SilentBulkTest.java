package dev.millrace.cli;

import static dev.millrace.storage.UnsteadyStorage.OUTAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.storage.UnsteadyStorage;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** On a store that takes all of them, but whose answers are lost after a part. */
@QuarkusTest
@TestProfile(UnsteadyStorage.Profile.class)
class SilentBulkTest extends BulkOnAServer implements UnsteadyStorage.Mended {
    private static final int BATCHES = 70;
    /** 32 KiB. */
    private static final int IN_A_BATCH = 10;

    @Test
    void importWithoutAnswersSaysWhatIsInAndAddsNothingTwiceWhenItIsRepeated() throws IOException {
        String file = exported();
        OUTAGE.silentAfter(BATCHES);
        int in = in(run("import", "--patience", "0", file), "STORE_UNAVAILABLE", "The import can be repeated.");
        assertThat(in).isEqualTo(IN_A_BATCH * BATCHES);

        allIsWellAgain();
        int there = ready();
        assertThat(there).as("more than is known").isGreaterThan(in);
        CommandRun again = run("import", file);

        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.out()).startsWith("%,d tasks created, %,d were there already".formatted(TASKS - there, there));
        assertThat(ready()).isEqualTo(TASKS);
    }

    @Test
    void pushWithoutAnswersAddsNothingTwiceWhenItIsRepeatedWithItsKey() throws IOException {
        String file = tasks();
        OUTAGE.silentAfter(BATCHES);
        String[] push = {"push", queue, "--idempotency-key", queue, "--patience", "0", file};
        String how = "With --idempotency-key " + queue + " and the same input the whole can be repeated.";
        assertThat(in(run(push), "STORE_UNAVAILABLE", how)).isEqualTo(IN_A_BATCH * BATCHES);

        allIsWellAgain();
        CommandRun again = run(push);

        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.out()).startsWith("%,d tasks accepted in %s, 0 rejected".formatted(TASKS, queue));
        assertThat(ready()).isEqualTo(TASKS);
    }
}
