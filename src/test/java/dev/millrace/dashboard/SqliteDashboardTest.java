package dev.millrace.dashboard;

import dev.millrace.api.SqliteProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** The dashboard on SQLite. */
@QuarkusTest
@TestProfile(SqliteProfile.class)
class SqliteDashboardTest
        implements FrameRules, KeyboardRules, QueueRules, LiveRules, StreamRules, DestinationPageRules {}
