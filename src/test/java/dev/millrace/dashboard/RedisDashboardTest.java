package dev.millrace.dashboard;

import dev.millrace.api.RedisProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** The dashboard on Redis, but for what no store has a part in: the frame of pages, and the keyboard. */
@QuarkusTest
@TestProfile(RedisProfile.class)
class RedisDashboardTest implements QueueRules, LiveRules, StreamRules, DestinationPageRules {}
