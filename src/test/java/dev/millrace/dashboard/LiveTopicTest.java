package dev.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LiveTopicTest {
    private final List<String> heard = new ArrayList<>();
    private String page = "<p>one</p>";
    private int made;

    private final LiveTopic topic = new LiveTopic(() -> {
        made++;
        return page;
    });

    private LiveViewer viewer(String name) {
        return new LiveViewer() {
            @Override
            public void send(String event) {
                heard.add(name + " " + event);
            }

            @Override
            public void end(String event) {
                heard.add(name + " ends with " + event);
            }
        };
    }

    private static void renew(LiveTopic topic) {
        assertThat(topic.claim()).isTrue();
        topic.make();
    }

    @Test
    void whoComesLaterIsToldThePartThoughItDidNotChange() {
        topic.join(viewer("a"));
        renew(topic);
        heard.clear();
        topic.join(viewer("b"));
        renew(topic);
        assertThat(heard).contains("b event: part\ndata: <p>one</p>\n\n");
        heard.clear();
        renew(topic);
        assertThat(heard).isEmpty();
    }

    @Test
    void aPageThatIsBeingMadeIsNotMadeTwice() {
        topic.join(viewer("a"));
        assertThat(topic.claim()).isTrue();
        assertThat(topic.claim()).isFalse();
        topic.make();
        assertThat(topic.claim()).isTrue();
    }

    @Test
    void aPageIsMadeOnceForAllWhoLookAtIt() {
        topic.join(viewer("a"));
        topic.join(viewer("b"));
        renew(topic);

        assertThat(made).isEqualTo(1);
        assertThat(heard)
                .containsExactlyInAnyOrder(
                        "a event: part\ndata: <p>one</p>\n\n", "b event: part\ndata: <p>one</p>\n\n");
    }

    @Test
    void onlyWhatChangedIsTold() {
        topic.join(viewer("a"));
        renew(topic);
        renew(topic);
        assertThat(heard).hasSize(1);
        page = "<p>two</p>";
        renew(topic);
        assertThat(heard).hasSize(2).last().asString().contains("two");
    }

    @Test
    void thatTimePassesIsNoChange() {
        topic.join(viewer("a"));
        page = "<div data-now=\"10:00\"><time datetime=\"09:00\" data-ago title=\"x\">1h ago</time></div>";
        renew(topic);
        page = "<div data-now=\"10:01\"><time datetime=\"09:00\" data-ago title=\"x\">1h ago</time></div>";
        renew(topic);
        assertThat(heard).hasSize(1);
        page = "<div data-now=\"10:01\"><time datetime=\"09:30\" data-ago title=\"x\">1h ago</time></div>";
        renew(topic);
        assertThat(heard).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"TASK_NOT_FOUND", "QUEUE_NOT_FOUND", "DESTINATION_NOT_FOUND"})
    void aPageThatIsGoneEndsItsStreams(ErrorCode code) {
        LiveTopic missing = new LiveTopic(() -> {
            throw new MillraceException(code, "It is not there.");
        });
        missing.join(viewer("a"));
        renew(missing);
        assertThat(heard).containsExactly("a ends with " + LiveEvent.GONE);
    }

    @Test
    void whileAPageCannotBeMadeNothingSaysThatItIsUpToDate() {
        LiveTopic away = new LiveTopic(() -> {
            throw new MillraceException(ErrorCode.STORE_UNAVAILABLE, "It is away.");
        });
        away.join(viewer("a"));
        renew(away);
        assertThat(heard).containsExactly("a " + LiveEvent.SILENCE);
        assertThat(LiveEvent.SILENCE).startsWith(":").doesNotContain("event");
    }

    @Test
    void theLastWhoLeavesIsTheEndOfIt() {
        LiveViewer a = viewer("a");
        LiveViewer b = viewer("b");
        topic.join(a);
        topic.join(b);
        assertThat(topic.leave(a)).isFalse();
        assertThat(topic.leave(b)).isTrue();
    }

    @Test
    void whateverBreaksALineBreaksNoEvent() {
        assertThat(LiveEvent.part("a\rb\r\n\ndata: x\nevent: gone").lines())
                .containsExactly(
                        "event: part", "data: a", "data: b", "data: ", "data: data: x", "data: event: gone", "");
    }
}
