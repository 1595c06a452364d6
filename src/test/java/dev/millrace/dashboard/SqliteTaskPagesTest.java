package dev.millrace.dashboard;

import dev.millrace.api.SqliteProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** The pages of tasks on SQLite. */
@QuarkusTest
@TestProfile(SqliteProfile.class)
class SqliteTaskPagesTest implements TaskPageRules, TaskListRules, BulkRules, MatchingRules, HostileRules {}
