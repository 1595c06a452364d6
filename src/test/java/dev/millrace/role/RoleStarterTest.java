package dev.millrace.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RoleStarterTest {
    private final List<String> seen = new ArrayList<>();

    @Test
    void allAreQuietBeforeTheFirstIsStoppedAndTheFirstStartedStopsLast() {
        RoleStarter.stop(List.of(role("node", false), role("worker", false)), Duration.ofSeconds(1));
        assertThat(seen).containsExactly("quiet worker", "quiet node", "stop worker", "stop node");
    }

    @Test
    void oneThatFailsDoesNotKeepTheOthersFromEnding() {
        RoleStarter.stop(List.of(role("node", false), role("worker", true)), Duration.ofSeconds(1));
        assertThat(seen).containsExactly("quiet worker", "quiet node", "stop worker", "stop node");
    }

    @Test
    void thoseBeforeOneThatDoesNotStartEndBeforeItsRefusalIsTold() {
        List<Supplier<Role>> roles = List.of(() -> role("node", false), () -> {
            throw new IllegalStateException("cannot be");
        });
        assertThatThrownBy(() -> RoleStarter.start(roles, new ArrayList<>(), Duration.ofSeconds(1)))
                .hasMessage("cannot be");
        assertThat(seen).containsExactly("start node", "quiet node", "stop node");
    }

    private Role role(String name, boolean fails) {
        return new Role() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void start() {
                seen.add("start " + name);
            }

            @Override
            public void quiet() {
                seen.add("quiet " + name);
            }

            @Override
            public void stop(Duration drain) {
                seen.add("stop " + name);
                if (fails) {
                    throw new IllegalStateException("thrown by the test");
                }
            }
        };
    }
}
