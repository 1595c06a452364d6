package dev.millrace.dashboard;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import java.util.List;

/** A dashboard with users on SQLite. */
@QuarkusTest
@TestProfile(GuardedProfile.class)
class SqliteGuardedDashboardTest implements SignInRules, FactRules {
    @Override
    public RequestSpecification visitor() {
        return SignInRules.browserOf("admin");
    }

    @Override
    public List<String> store() {
        return List.of("SQLite", "SQLite synchronous=FULL: what was answered survives a power cut");
    }

    @Override
    public String troubleOfTheStore() {
        return "";
    }
}
