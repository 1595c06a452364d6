package dev.millrace.dashboard;

import dev.millrace.api.RedisProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** The dashboard on Redis. */
@QuarkusTest
@TestProfile(RedisProfile.class)
class RedisDashboardTest
        implements FrameRules, KeyboardRules, QueueRules, LiveRules, StreamRules, DestinationPageRules {}
