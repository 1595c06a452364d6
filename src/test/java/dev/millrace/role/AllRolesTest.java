package dev.millrace.role;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;

@QuarkusTest
@TestProfile(AllRolesTest.Given.class)
class AllRolesTest extends RolesTest {
    @Override
    List<String> expected() {
        return List.of("log", "log-sharing", "node", "dashboard", "pools", "http", "worker", "scheduler", "memory");
    }

    public static final class Given extends Profile {
        public Given() {
            super(true, true);
        }
    }
}
