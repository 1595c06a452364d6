package dev.millrace.role;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cluster.Activity;
import dev.millrace.cluster.Node;
import dev.millrace.cluster.Nodes;
import io.quarkus.arc.All;
import io.quarkus.arc.Arc;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.test.junit.QuarkusTestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which parts of the house are alive, given the roles that are on. */
abstract class RolesTest {
    @Inject
    Nodes nodes;

    @Inject
    RoleConfig config;

    @Inject
    @All
    List<InstanceHandle<Role>> roles;

    abstract List<String> expected();

    @Test
    void onlyRolesThatAreOnExist() {
        List<String> alive = Arc.container().listAll(Role.class).stream()
                .map(InstanceHandle::get)
                .map(Role::name)
                .toList();
        assertThat(alive).containsExactlyInAnyOrderElementsOf(expected());
    }

    /** Stopped in reverse: what the others say while they end is still heard, and shared. */
    @Test
    void theLogIsTheFirstToStartAndTheLastToStop() {
        assertThat(roles.stream().map(InstanceHandle::get).map(Role::name)).startsWith("log", "log-sharing", "node");
    }

    @Test
    void theNodeIsAnnouncedWithItsRoles() {
        assertThat(nodes.list()).singleElement().extracting(Node::roles).isEqualTo(config.names());
    }

    @Test
    void onlyAWorkerHasAnythingToTellOfRunningTasks() {
        assertThat(Arc.container().listAll(Activity.class)).hasSize(config.worker() ? 1 : 0);
    }

    /** On a SQLite store of its own. */
    abstract static class Profile implements QuarkusTestProfile {
        private final boolean worker;
        private final boolean scheduler;

        Profile(boolean worker, boolean scheduler) {
            this.worker = worker;
            this.scheduler = scheduler;
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>();
            settings.put("millrace.role.worker", "" + worker);
            settings.put("millrace.role.scheduler", "" + scheduler);
            settings.put("millrace.role.dashboard", "" + worker);
            settings.put("millrace.store", "sqlite");
            try {
                settings.put(
                        "millrace.data",
                        Files.createTempDirectory("millrace-roles-").toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return settings;
        }
    }
}
