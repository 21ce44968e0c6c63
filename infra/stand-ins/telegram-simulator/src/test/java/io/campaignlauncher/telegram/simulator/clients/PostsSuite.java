package io.campaignlauncher.telegram.simulator.clients;

import static io.campaignlauncher.telegram.simulator.TelegramSimulator.BOT_ID;
import static io.campaignlauncher.telegram.simulator.TelegramSimulator.CHANNEL;
import static io.campaignlauncher.telegram.simulator.TelegramSimulator.CHANNEL_ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.telegram.simulator.core.Membership;
import io.campaignlauncher.telegram.simulator.core.Rights;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The simulator is faithful if all this works from a client that somebody else has written: points 1 to 11, posting and editing. */
abstract class PostsSuite extends ClientFixture {

    @Test
    void point_1_knows_a_bot_by_its_token() {
        assertThat(client.me().result().path("id").asLong()).isEqualTo(1);
        assertThat(client.me().text("username")).isEqualTo("launch_demo_bot");
        assertError(client("1:wrong", false).me(), 401, "Unauthorized");
        assertError(client("nonsense", false).me(), 404, "Not Found");
    }

    @Test
    void point_2_takes_methods_in_any_case_and_no_others() {
        assertThat(client.meInOddCase().result().path("id").asLong()).isEqualTo(1);
        assertError(client.noSuchMethod(), 404, "Not Found: method not found");
    }

    @Test
    void point_3_finds_a_channel_by_name_and_by_number() {
        assertThat(client.chat(CHANNEL).result().path("id").asLong()).isEqualTo(CHANNEL_ID);
        assertThat(client.chat(NUMBER).text("title")).isEqualTo("Launch demo");
        assertError(client.chat("@nowhere"), 400, "Bad Request: chat not found");
        assertError(client.chat("-1009999999999"), 400, "Bad Request: chat not found");
    }

    @Test
    void point_4_tells_what_a_bot_may_do_in_a_channel() {
        var member = client.member(CHANNEL, BOT_ID).result();
        assertThat(member.path("status").asString()).isEqualTo("administrator");
        assertThat(member.path("can_post_messages").asBoolean()).isTrue();
        assertThat(member.path("can_edit_messages").asBoolean(false)).isFalse();
        simulator.world().setMembership(CHANNEL, BOT_ID, Membership.administrator(Rights.NONE));
        assertThat(client.member(CHANNEL, BOT_ID).result().path("can_post_messages").asBoolean(false)).isFalse();
        simulator.world().setMembership(CHANNEL, BOT_ID, Membership.KICKED);
        assertError(client.member(CHANNEL, BOT_ID), 403, "Forbidden: bot was kicked from the channel chat");
        simulator.world().setMembership(LOG, BOT_ID, Membership.LEFT);
        assertError(client.member(LOG, BOT_ID), 403, "Forbidden: bot is not a member of the channel chat");
        assertError(client.member(CHANNEL, 77), 403, "Forbidden: bot was kicked from the channel chat");
        simulator.world().setMembership(CHANNEL, BOT_ID, Membership.administrator(Rights.POST));
        assertError(client.member(CHANNEL, 77), 400, "Bad Request: user not found");
    }

    @Test
    void point_5_numbers_posts_one_by_one_and_names_the_channel_as_their_sender() {
        var first = client.text(CHANNEL, "one <b>bold</b> word", "HTML");
        var second = client.text(NUMBER, "two", "");
        assertThat(second.id()).isEqualTo(first.id() + 1);
        assertThat(first.result().path("sender_chat").path("id").asLong()).isEqualTo(CHANNEL_ID);
        assertThat(first.result().path("chat").path("type").asString()).isEqualTo("channel");
        assertThat(first.result().hasNonNull("from")).isFalse();
        assertThat(first.text("text")).isEqualTo("one bold word");
        var entity = first.result().path("entities").get(0);
        assertThat(entity.path("type").asString()).isEqualTo("bold");
        assertThat(entity.path("offset").asInt()).isEqualTo(4);
        assertThat(entity.path("length").asInt()).isEqualTo(4);
        assertThat(first.result().path("date").asLong()).isPositive();
    }

    @Test
    void point_6_makes_the_same_entities_of_every_way_to_write_them() {
        var html = client.text(CHANNEL, "🏟 <b>bold</b>", "HTML").result();
        var markdown = client.text(CHANNEL, "🏟 *bold*", "MarkdownV2").result();
        var legacy = client.text(CHANNEL, "🏟 *bold*", "Markdown").result();
        var listed = client.boldText(CHANNEL, "🏟 bold", 3, 4).result();
        assertThat(html.path("entities").get(0).path("offset").asInt()).isEqualTo(3);
        assertThat(List.of(markdown, legacy, listed)).allSatisfy(other -> {
            assertThat(other.path("entities")).isEqualTo(html.path("entities"));
            assertThat(other.path("text")).isEqualTo(html.path("text"));
        });
        assertError(client.text(CHANNEL, "costs 1.50", "MarkdownV2"), 400,
                "Bad Request: can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'");
        assertError(client.text(CHANNEL, "a <blink>b</blink>", "HTML"), 400,
                "Bad Request: can't parse entities: Unsupported start tag \"blink\" at byte offset 2");
        assertError(client.text(CHANNEL, "a _b", "Markdown"), 400,
                "Bad Request: can't parse entities: Can't find end of the entity starting at byte offset 2");
    }

    @Test
    void point_7_counts_lengths_in_utf_16_units_after_parsing() {
        assertThat(client.text(CHANNEL, "<b>" + "x".repeat(4096) + "</b>", "HTML").code()).isEqualTo(200);
        assertError(client.text(CHANNEL, "x".repeat(4097), ""), 400, "Bad Request: message is too long");
        assertThat(client.text(CHANNEL, "😀".repeat(2048), "").code()).isEqualTo(200);
        assertError(client.text(CHANNEL, "😀".repeat(2048) + "x", ""), 400, "Bad Request: message is too long");
        assertThat(client.photo(CHANNEL, png(1), "x".repeat(1024)).code()).isEqualTo(200);
        assertError(client.photo(CHANNEL, png(1), "x".repeat(1025)), 400,
                "Bad Request: message caption is too long");
        assertError(client.text(CHANNEL, " \n ", ""), 400, "Bad Request: message text is empty");
    }

    @Test
    void point_8_takes_a_photo_as_a_file_and_then_by_its_id() {
        var uploaded = client.photo(CHANNEL, png(0xFF0000), "red").result();
        var largest = uploaded.path("photo").get(uploaded.path("photo").size() - 1);
        assertThat(largest.path("width").asInt()).isEqualTo(640);
        var again = client.photo(CHANNEL, largest.path("file_id").asString()).result();
        assertThat(again.path("photo").get(again.path("photo").size() - 1).path("file_unique_id"))
                .isEqualTo(largest.path("file_unique_id"));
        var other = client.photo(CHANNEL, png(0x00FF00), "green").result();
        assertThat(other.path("photo").get(1).path("file_unique_id")).isNotEqualTo(largest.path("file_unique_id"));
        assertError(client.photo(CHANNEL, "AgACAgQnothing"), 400,
                "Bad Request: wrong file identifier/HTTP URL specified");
        assertError(client.photo(CHANNEL, "https://photos.example/none.png"), 400,
                "Bad Request: failed to get HTTP URL content");
    }

    @Test
    void point_9_lets_nobody_post_who_may_not() {
        simulator.world().setMembership(CHANNEL, BOT_ID, Membership.administrator(Rights.NONE));
        assertError(client.text(CHANNEL, "x", ""), 400,
                "Bad Request: need administrator rights in the channel chat");
        simulator.world().setMembership(CHANNEL, BOT_ID, Membership.KICKED);
        assertError(client.text(CHANNEL, "x", ""), 403, "Forbidden: bot was kicked from the channel chat");
        assertThat(simulator.world().posts(CHANNEL)).hasSize(1);
    }

    @Test
    void point_10_edits_own_texts_and_tells_why_it_does_not_edit_others() {
        int id = client.text(CHANNEL, "before", "").id();
        assertError(client.editText(CHANNEL, id, "before"), 400,
                "Bad Request: message is not modified: specified new message content and reply markup are exactly the "
                        + "same as a current content and reply markup of the message");
        var edited = client.editText(CHANNEL, id, "after").result();
        assertThat(edited.path("text").asString()).isEqualTo("after");
        assertThat(edited.path("edit_date").asLong()).isPositive();
        assertError(client.editText(CHANNEL, 999, "x"), 400, NOT_FOUND);
        assertError(client.editText(CHANNEL, simulator.world().personPosts(CHANNEL, "theirs"), "x"), 400, NOT_OURS);
        assertError(client.editText(CHANNEL, simulator.world().otherBotPosts(CHANNEL, "theirs"), "x"), 400,
                NOT_OURS);
    }

    @Test
    void point_11_edits_no_text_of_a_photo_and_no_caption_of_a_text() {
        int photo = client.photo(CHANNEL, png(1), "caption").id();
        int text = client.text(CHANNEL, "text", "").id();
        assertError(client.editText(CHANNEL, photo, "x"), 400,
                "Bad Request: there is no text in the message to edit");
        assertError(client.editCaption(CHANNEL, text, "x"), 400,
                "Bad Request: there is no caption in the message to edit");
        assertThat(List.of(post(photo), post(text))).allSatisfy(post -> assertThat(post.editedAt()).isNull());
        assertThat(client.editCaption(CHANNEL, photo, "other").text("caption")).isEqualTo("other");
    }
}
