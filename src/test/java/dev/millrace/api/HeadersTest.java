package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.task.MillraceException;
import dev.millrace.task.TraceContext;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json|true",
                "*/*|true",
                "application/*;q=0.1|true",
                "text/html, application/json;q=0.5|true",
                "text/html|false",
                "application/problem+json|false",
                "application/json;q=0|false",
                "application/json;q=0, */*|false",
                "application/*;q=0, application/json|true",
                "*/*;q=0|false",
                "APPLICATION/JSON ; Q=1|true",
                "application/json;q=x|false",
            })
    void acceptIsNegotiatedWithQualities(String header, boolean json) {
        assertThat(Accepts.json(List.of(header))).isEqualTo(json);
    }

    @Test
    void withoutAcceptJsonIsFine() {
        assertThat(Accepts.json(List.of())).isTrue();
        assertThat(Accepts.json(List.of("text/html", "application/json"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "application/json;charset=utf-8",
                "application/json; charset=\"UTF-8\"",
                "application/json; profile=x"
            })
    void jsonInUtf8IsRead(String type) {
        assertThat(MediaTypes.require(type, MediaTypes.JSON)).isEqualTo(MediaTypes.JSON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text/plain",
                "application/jsonp",
                "application/json; charset=iso-8859-1",
                "application/x-ndjson"
            })
    void otherTypesAndCharsetsAreNot(String type) {
        assertThatThrownBy(() -> MediaTypes.require(type, MediaTypes.JSON)).isInstanceOf(MillraceException.class);
        assertThatThrownBy(() -> MediaTypes.require(null, MediaTypes.JSON)).isInstanceOf(MillraceException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "\"a b\"|a b",
                "bare-key|bare-key",
                "\"quo\\\"te\"|quo\"te",
                "\"back\\\\slash\"|back\\slash",
                "  x  |x"
            })
    void idempotencyKeyIsQuotedOrBare(String header, String value) {
        assertThat(IdempotencyKey.of(header)).isEqualTo(new IdempotencyKey(value, -1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"\"", "\"a\"b\"", "\"a\\b\"", "é", "a\u0001"})
    void malformedIdempotencyKeysAreRefused(String header) {
        assertThatThrownBy(() -> IdempotencyKey.of(header)).isInstanceOf(MillraceException.class);
    }

    @Test
    void idempotencyKeyHasUpTo255Characters() {
        assertThat(IdempotencyKey.of("x".repeat(255)).value()).hasSize(255);
        assertThatThrownBy(() -> IdempotencyKey.of("x".repeat(256))).isInstanceOf(MillraceException.class);
        assertThat(IdempotencyKey.of(null)).isNull();
    }

    @Test
    void dedupeKeyTellsCredentialQueueKeyAndIndex() {
        IdempotencyKey key = IdempotencyKey.of("k");
        assertThat(List.of(
                        key.dedupeKey(null, "q"),
                        key.dedupeKey("a", "q"),
                        key.dedupeKey("a", "r"),
                        key.at(0).dedupeKey("a", "q"),
                        IdempotencyKey.of("l").dedupeKey("a", "q")))
                .doesNotHaveDuplicates()
                .allSatisfy(hashed -> assertThat(hashed).hasSize(43));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wait=10|10",
                "respond-async, wait=5|5",
                "Wait = \"7\"|7",
                "wait=600|30",
                "wait=0|0",
                "wait=3;x=y|3"
            })
    void preferWaitIsBounded(String header, long seconds) {
        assertThat(Prefer.wait(List.of(header))).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "respond-async", "wait=x", "wait=-1", "wait=", "await=1"})
    void otherPreferencesAreIgnored(String header) {
        assertThat(Prefer.wait(List.of(header))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01, true",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01, false",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01, false",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01, false",
        "00-0AF7651916CD43DD8448EB211C80319C-B7AD6B7169203331-01, false",
        "nonsense, false"
    })
    void traceparentIsKeptIfValid(String header, boolean kept) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        headers.add("traceparent", header).add("tracestate", "a=1").add("tracestate", "b=2");
        assertThat(Origin.trace(headers)).isEqualTo(kept ? new TraceContext(header, "a=1,b=2") : null);
    }

    @Test
    void tracestateIsKeptIfItIsShortAndPrintable() {
        for (String bad : List.of("", "a=\u00e9", "a".repeat(513))) {
            MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                    .add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                    .add("tracestate", bad);
            assertThat(Origin.trace(headers).state()).isNull();
        }
    }

    @Test
    void saneRequestIdsAreKept() {
        RequestIds ids = new RequestIds();
        assertThat(ids.of("abc-123_x.y:z")).isEqualTo("abc-123_x.y:z");
        assertThat(ids.of("a b")).matches("[0-9a-f]{16}");
        assertThat(ids.of("x".repeat(129))).matches("[0-9a-f]{16}");
        assertThat(ids.of(null)).isNotEqualTo(ids.of(null)).matches("[0-9a-f]{16}");
    }
}
