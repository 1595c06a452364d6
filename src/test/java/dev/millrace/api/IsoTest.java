package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-21T01:02:03.004Z, 2026-11-21T01:02:03.004Z",
        "2026-11-21T01:02:03Z, 2026-11-21T01:02:03.000Z",
        "2026-11-21t01:02:03.123456789z, 2026-11-21T01:02:03.123Z",
        "2026-11-21T01:02:03-05:30, 2026-11-21T06:32:03.000Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00.000Z",
        "9999-12-31T23:59:59.999Z, 9999-12-31T23:59:59.999Z"
    })
    void timesAreWrittenInUtcToTheMillisecond(String read, String written) {
        assertThat(Iso.write(Iso.time(read))).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "2026-11-21", "2026-11-21T01:02Z", "2026-11-21T01:02:03", "+12026-11-21T01:02:03Z", "x"})
    void otherTimesAreNone(String text) {
        assertThat(Iso.time(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"PT30S, 30000", "PT0.5S, 500", "P1D, 86400000", "P1DT1H1M1S, 90061000", "P2W, 1209600000", "PT0S, 0"})
    void durationsAreRead(String text, long millis) {
        assertThat(Iso.duration(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "P",
                "PT",
                "P1DT",
                "30",
                "PT30",
                "P1Y",
                "P1M",
                "-PT1S",
                "PT-1S",
                "pt1s",
                "PT1.S",
                "PT9999999999999S"
            })
    void otherDurationsAreNone(String text) {
        assertThat(Iso.duration(text)).isNull();
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        Instant now = Instant.parse("2026-11-21T10:20:30.405Z");
        assertThat(Iso.time(Iso.write(now))).isEqualTo(now);
    }
}
