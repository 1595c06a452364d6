package dev.millrace.api;

import dev.millrace.process.MillraceProcess;
import io.restassured.RestAssured;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The API of a server as users run it, on SQLite: of the jar, or of the native executable. */
@Tag("native")
class SqliteProcessApiIT implements ApiRules {
    @TempDir
    static Path directory;

    private static MillraceProcess server;

    @BeforeAll
    static void start() {
        server = MillraceProcess.start(directory, USUAL);
        RestAssured.port = server.port();
    }

    @AfterAll
    static void stop() {
        server.close();
        RestAssured.reset();
    }
}
