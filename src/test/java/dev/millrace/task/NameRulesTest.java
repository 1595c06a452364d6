package dev.millrace.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NameRulesTest {
    @Test
    void whatIsCheckedByHandIsWhatTheRulesSay() {
        StringBuilder every = new StringBuilder();
        for (char c = 0; c < 300; c++) {
            every.append(c);
        }
        for (char c : every.toString().toCharArray()) {
            for (String name : List.of("" + c, "a" + c, "a" + c + "b")) {
                agree(name);
            }
        }
        for (int length : List.of(0, 1, 62, 63, 64, 127, 128, 129)) {
            agree("a".repeat(length));
        }
    }

    private static void agree(String name) {
        assertThat(NameRules.isQueue(name)).as(name).isEqualTo(name.matches(NameRules.QUEUE));
        assertThat(NameRules.isType(name)).as(name).isEqualTo(name.matches(NameRules.TYPE));
    }
}
