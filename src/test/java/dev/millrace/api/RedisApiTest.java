package dev.millrace.api;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** The API on Redis. */
@QuarkusTest
@TestProfile(RedisProfile.class)
class RedisApiTest implements ApiRules, InsideRules {}
