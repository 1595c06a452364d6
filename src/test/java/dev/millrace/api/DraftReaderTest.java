package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.access.Credential;
import dev.millrace.queue.TaskDraft;
import dev.millrace.task.Backoff;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import dev.millrace.task.TaskId;
import dev.millrace.task.Unique;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DraftReaderTest {
    private static final int LIMIT = 256 << 10;
    private static final Origin ORIGIN = new Origin("q", Credential.OPEN, null, null, false);

    @Test
    void everyMemberIsRead() {
        TaskDraft draft = read("""
                {"type": "email.send", "payload": {"to": "ada@example.org"},
                 "id": "order-42-receipt", "priority": 7, "delay": "PT30S", "ttl": "PT1H", "timeout": "PT6M",
                 "maxAttempts": 4, "backoff": {"kind": "linear", "base": "PT10S", "factor": 3, "max": "PT1M", "jitter": "full"},
                 "unique": {"key": "receipt-42", "ttl": "PT1H", "mode": "replace"}, "tags": ["billing"],
                 "labels": {"tenant": "acme"}, "retention": "P1D"}
                """);
        assertThat(draft.type()).isEqualTo("email.send");
        assertThat(json(draft)).isEqualTo("{\"to\": \"ada@example.org\"}");
        assertThat(draft.name()).isEqualTo(new TaskId("order-42-receipt"));
        assertThat(draft.options().priority()).isEqualTo(7);
        assertThat(draft.options().delay()).isEqualTo(Duration.ofSeconds(30));
        assertThat(draft.options().ttl()).isEqualTo(Duration.ofHours(1));
        assertThat(draft.options().timeout()).isEqualTo(Duration.ofMinutes(6));
        assertThat(draft.options().maxAttempts()).isEqualTo(4);
        assertThat(draft.options().backoff())
                .isEqualTo(new Backoff(
                        Backoff.Kind.LINEAR, Duration.ofSeconds(10), 3, Duration.ofMinutes(1), Backoff.Jitter.FULL));
        assertThat(draft.unique()).isEqualTo(new Unique("receipt-42", Duration.ofHours(1), Unique.Mode.REPLACE));
        assertThat(draft.marks().tags()).containsExactly("billing");
        assertThat(draft.marks().labels()).containsEntry("tenant", "acme");
        assertThat(draft.options().retention()).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void typeAloneIsEnoughAndNullsCountAsAbsent() {
        TaskDraft bare = read("{\"type\":\"t\"}");
        TaskDraft nulls = read("{\"type\":\"t\",\"payload\":null,\"id\":null,\"priority\":null,\"delay\":null,"
                + "\"backoff\":null,\"unique\":null,\"tags\":null,\"labels\":null,\"runAt\":null}");
        assertThat(nulls).isEqualTo(bare);
        assertThat(bare.payload().isNull()).isTrue();
    }

    @Test
    void timesAreReadInAnyZone() {
        TaskDraft draft = read("{\"type\":\"t\",\"runAt\":\"2026-11-21T03:02:03.0049+02:00\","
                + "\"expiresAt\":\"2026-11-22T00:00:00Z\"}");
        assertThat(draft.runAt()).isEqualTo(Instant.parse("2026-11-21T01:02:03.004Z"));
        assertThat(draft.expiresAt()).isEqualTo(Instant.parse("2026-11-22T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "-0",
                "12345678901234567890123456789012345678901234567890",
                "1E400",
                "0.1000000000000000000000000000000001",
                "9007199254740993",
                "true",
                "null",
                "\"\"",
                "\"a\\u0000b\"",
                "\"\\ud83d\\ude00 \\/ é 😀 \u2028\"",
                "[]",
                "{}",
                "[1 , 2,\t[ {\"b\":1,\"a\":2}]\n]",
                "{ \"a\" : 1 , \"\" : [ ] }"
            })
    void payloadKeepsItsBytes(String payload) {
        assertThat(json(read("{\"type\":\"t\",\"payload\":  " + payload + "  ,\"priority\":1}")))
                .isEqualTo(payload);
        assertThat(json(read("{\"payload\":" + payload + ",\"type\":\"t\"}"))).isEqualTo(payload);
        assertThat(json(read("{\"type\":\"t\",\"payload\":" + payload + "}"))).isEqualTo(payload);
    }

    @Test
    void payloadIsCutFromTheMiddleOfALargerBody() {
        byte[] lines = "{\"type\":\"a\"}\n{\"type\":\"b\",\"payload\":[1, 2]}\nx".getBytes(StandardCharsets.UTF_8);
        try (JsonInput in = JsonInput.open(lines, 13, lines.length - 2)) {
            TaskDraft draft = DraftReader.read(in, LIMIT, ORIGIN);
            in.end();
            assertThat(json(draft)).isEqualTo("[1, 2]");
        }
    }

    @Test
    void payloadMayBeNested64LevelsDeep() {
        String deepest = "[".repeat(64) + "]".repeat(64);
        assertThat(json(read("{\"type\":\"t\",\"payload\":" + deepest + "}"))).isEqualTo(deepest);
        assertThat(faults("{\"type\":\"t\",\"payload\":[" + deepest + "]}"))
                .containsExactly(new Fault("/payload", "is nested deeper than 64 levels"));
        assertThat(refusal("{\"type\":\"t\",\"payload\":" + "[".repeat(5000) + "]".repeat(5000) + "}")
                        .code())
                .isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    @Test
    void payloadOverTheLimitIsTooLarge() {
        String most = "\"" + "x".repeat(LIMIT - 2) + "\"";
        assertThat(json(read("{\"type\":\"t\",\"payload\":" + most + "}"))).hasSize(LIMIT);
        assertThat(refusal("{\"type\":\"t\",\"payload\":[" + most + "]}").code())
                .isEqualTo(ErrorCode.TOO_LARGE);
    }

    @Test
    void endlessNumbersAreRefused() {
        assertThat(refusal("{\"type\":\"t\",\"payload\":" + "1".repeat(1001) + "}")
                        .code())
                .isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|/type",
                "[]|''",
                "{'type':''}|/type",
                "{'type':5}|/type",
                "{'type':'t','type2':1}|/type2",
                "{'type':'t','a/b~c':{'x':[1]}}|/a~1b~0c",
                "{'type':'t','priority':10}|/priority",
                "{'type':'t','priority':-1}|/priority",
                "{'type':'t','priority':1.5}|/priority",
                "{'type':'t','priority':'5'}|/priority",
                "{'type':'t','priority':99999999999999999999999}|/priority",
                "{'type':'t','id':''}|/id",
                "{'type':'t','id':'a b'}|/id",
                "{'type':'t','delay':'30s'}|/delay",
                "{'type':'t','delay':'-PT30S'}|/delay",
                "{'type':'t','delay':'PT-30S'}|/delay",
                "{'type':'t','delay':'P1M'}|/delay",
                "{'type':'t','delay':30}|/delay",
                "{'type':'t','delay':'P4000D'}|/delay",
                "{'type':'t','ttl':'PT0S'}|/ttl",
                "{'type':'t','timeout':'PT12H0.001S'}|/timeout",
                "{'type':'t','maxAttempts':0}|/maxAttempts",
                "{'type':'t','maxAttempts':101}|/maxAttempts",
                "{'type':'t','runAt':'2026-11-21'}|/runAt",
                "{'type':'t','runAt':'2026-02-30T00:00:00Z'}|/runAt",
                "{'type':'t','runAt':'2026-11-21T01:02:03'}|/runAt",
                "{'type':'t','delay':'PT1S','runAt':'2026-11-21T01:02:03Z'}|/runAt",
                "{'type':'t','ttl':'PT1S','expiresAt':'2026-11-21T01:02:03Z'}|/expiresAt",
                "{'type':'t','backoff':{'kind':'cubic'}}|/backoff/kind",
                "{'type':'t','backoff':{'base':'PT2M','max':'PT1M'}}|/backoff/max",
                "{'type':'t','backoff':{'factor':0.5}}|/backoff/factor",
                "{'type':'t','backoff':{'speed':1}}|/backoff/speed",
                "{'type':'t','backoff':'linear'}|/backoff",
                "{'type':'t','unique':{}}|/unique/key",
                "{'type':'t','unique':{'key':'k','mode':'ignore'}}|/unique/mode",
                "{'type':'t','tags':'a'}|/tags",
                "{'type':'t','tags':['a',1]}|/tags/1",
                "{'type':'t','tags':['']}|/tags/0",
                "{'type':'t','tags':[null]}|/tags/0",
                "{'type':'t','labels':{'a':1}}|/labels/a",
                "{'type':'t','labels':{'a':null}}|/labels/a",
                "{'type':'t','labels':['a']}|/labels",
            })
    void everyWrongMemberIsPointedAt(String body, String pointer) {
        assertThat(faults(body.replace('\'', '"'))).extracting(Fault::pointer).containsExactly(pointer);
    }

    @Test
    void allFaultsAreToldAtOnce() {
        assertThat(faults("{\"type\":\"t\",\"priority\":10,\"x\":{\"y\":1},\"tags\":[1,\"a\"],\"delay\":\"x\"}"))
                .extracting(Fault::pointer)
                .containsExactly("/priority", "/x", "/tags/0", "/delay");
    }

    @Test
    void atMost16TagsAndLabelsOf64Characters() {
        String sixteen = "\"t\",".repeat(16);
        assertThat(read("{\"type\":\"t\",\"tags\":[" + sixteen.substring(0, sixteen.length() - 1) + "]}")
                        .marks()
                        .tags())
                .hasSize(16);
        assertThat(faults("{\"type\":\"t\",\"tags\":[" + sixteen + "\"t\"]}"))
                .extracting(Fault::pointer)
                .containsExactly("/tags");
        assertThat(faults("{\"type\":\"t\",\"tags\":[\"" + "x".repeat(65) + "\"]}"))
                .extracting(Fault::pointer)
                .containsExactly("/tags/0");
    }

    private static String json(TaskDraft draft) {
        return new String(draft.payload().json(), StandardCharsets.UTF_8);
    }

    private static TaskDraft read(String body) {
        return read(body.getBytes(StandardCharsets.UTF_8));
    }

    private static TaskDraft read(byte[] body) {
        return Bodies.parse(body, in -> DraftReader.read(in, LIMIT, ORIGIN));
    }

    private static MillraceException refusal(String body) {
        return refusal(body.getBytes(StandardCharsets.UTF_8));
    }

    private static MillraceException refusal(byte[] body) {
        MillraceException refusal = catchThrowableOfType(MillraceException.class, () -> read(body));
        assertThat(refusal).isNotNull();
        return refusal;
    }

    @SuppressWarnings("unchecked")
    private static List<Fault> faults(String body) {
        MillraceException refusal = refusal(body);
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        return (List<Fault>) refusal.members().get(Faults.MEMBER);
    }
}
