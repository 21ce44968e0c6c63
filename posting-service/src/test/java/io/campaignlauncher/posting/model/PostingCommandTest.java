package io.campaignlauncher.posting.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.posting.model.PostingCommand.PublishPost;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostingCommandTest {

    private static final UUID JOB = UUID.fromString("11111111-2222-3333-4444-555555555555");

    @ParameterizedTest
    @ValueSource(strings = { "http://go.example.com/t/11111111-2222-3333-4444-555555555555",
        "https://GO.example.com/t/11111111-2222-3333-4444-555555555555",
        "https://go.example.com/t/99999999-2222-3333-4444-555555555555", "https://go.example.com/",
        "/t/11111111-2222-3333-4444-555555555555" })
    void a_marker_that_does_not_name_this_job_is_refused(String markerUrl) {
        assertThatThrownBy(() -> command(-1, content("x"), markerUrl)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("markerUrl must be");
    }

    @Test
    void a_chat_that_is_no_channel_is_refused() {
        assertThatThrownBy(() -> command(7, content("x"), Posts.marker(JOB))).hasMessageStartingWith("chatId must be");
    }

    @Test
    void a_text_is_as_long_as_its_link_leaves_room_for() {
        var max = PostContent.TEXT_MAX - "\n\nMore".length();

        assertThat(ComposedPost.of(command(-1, content("x".repeat(max)), Posts.marker(JOB)), null).text())
                .hasSize(PostContent.TEXT_MAX);
        assertThatThrownBy(() -> content("x".repeat(max + 1))).hasMessageStartingWith("text must have " + max);
    }

    @Test
    void a_caption_is_shorter() {
        assertThatThrownBy(() -> new PostContent("x".repeat(1024), List.of(), "https://example.com/p.jpg", "More"))
                .hasMessageStartingWith("text must have");
    }

    @Test
    void an_entity_behind_the_text_is_refused() {
        assertThatThrownBy(() -> new PostContent("abc", List.of(new TextEntity("bold", 2, 2, null)), null, "More"))
                .hasMessageStartingWith("entities: one ends at 4");
    }

    @Test
    void another_content_has_another_hash() {
        var one = command(-1, content("one"), Posts.marker(JOB));

        assertThat(one.requestHash()).isNotEqualTo(command(-1, content("two"), Posts.marker(JOB)).requestHash());
        assertThat(one.requestHash()).isEqualTo(command(-1, content("one"), Posts.marker(JOB)).requestHash());
    }

    private static PostContent content(String text) {
        return new PostContent(text, List.of(), null, "More");
    }

    private static PublishPost command(long chatId, PostContent content, String markerUrl) {
        return new PublishPost(JOB, JOB, chatId, content, markerUrl, null, Posts.START.plus(Duration.ofHours(1)),
                "local", "u-1", null);
    }
}
