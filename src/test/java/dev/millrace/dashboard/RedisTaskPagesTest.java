package dev.millrace.dashboard;

import dev.millrace.api.RedisProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** The pages of tasks, and the look of all pages, on Redis. */
@QuarkusTest
@TestProfile(RedisProfile.class)
class RedisTaskPagesTest implements TaskPageRules, TaskListRules, BulkRules, MatchingRules, HostileRules, LookRules {}
