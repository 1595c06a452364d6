package dev.millrace.api;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** The API on SQLite. */
@QuarkusTest
@TestProfile(SqliteProfile.class)
class SqliteApiTest implements ApiRules, InsideRules {}
