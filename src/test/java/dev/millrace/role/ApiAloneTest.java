package dev.millrace.role;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;

@QuarkusTest
@TestProfile(ApiAloneTest.Given.class)
class ApiAloneTest extends RolesTest {
    @Override
    List<String> expected() {
        return List.of("node", "pools", "http");
    }

    public static final class Given extends Profile {
        public Given() {
            super(false, false);
        }
    }
}
