package dev.millrace.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cluster.Node.Stage;
import org.junit.jupiter.api.Test;

class StageTest {
    @Test
    void stageThatOnlyANewerVersionKnowsIsTakenForActive() {
        for (Stage stage : Stage.values()) {
            assertThat(Stage.of(stage.ordinal())).isEqualTo(stage);
        }
        assertThat(Stage.of(Stage.values().length)).isEqualTo(Stage.ACTIVE);
        assertThat(Stage.of(-1)).isEqualTo(Stage.ACTIVE);
    }
}
