package io.campaignlauncher.telegram.simulator.core;

import static io.campaignlauncher.telegram.simulator.core.Bots.CHANNEL;
import static io.campaignlauncher.telegram.simulator.core.Bots.LOG;
import static io.campaignlauncher.telegram.simulator.core.Bots.description;
import static io.campaignlauncher.telegram.simulator.core.Bots.id;
import static io.campaignlauncher.telegram.simulator.core.Bots.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.standin.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the two clients do not ask for. */
class CallsTest {

    private final Bots bots = new Bots();

    @Test
    void takes_what_a_call_needs_and_says_what_is_missing() {
        assertThat(description(bots.call("sendMessage", "text", "x"))).isEqualTo("Bad Request: chat_id is empty");
        assertThat(description(bots.call("sendMessage", "chat_id", CHANNEL)))
                .isEqualTo("Bad Request: message text is empty");
        assertThat(description(bots.call("sendMessage", "chat_id", CHANNEL, "text", "x", "entities", "[")))
                .isEqualTo("Bad Request: can't parse entities JSON object");
        assertThat(description(bots.call("sendPhoto", "chat_id", CHANNEL)))
                .isEqualTo("Bad Request: there is no photo in the request");
        assertThat(description(bots.call("editMessageLiveLocation", "chat_id", CHANNEL, "message_id", "1")))
                .startsWith("Bad Request: ");
    }

    @Test
    void takes_numbers_as_texts_and_booleans_as_words() {
        assertThat(json(bots.call("sendMessage", "chat_id", CHANNEL, "text", "x", "protect_content", "True"))
                .path("result").path("has_protected_content").asBoolean()).isTrue();
        assertThat(bots.call("deleteMessages", "chat_id", CHANNEL, "message_ids", "[\"2\"]").status()).isEqualTo(200);
        assertThat(bots.api.world().posts(CHANNEL).getLast().deleted()).isTrue();
    }

    @Test
    void checks_keyboards() {
        assertThat(description(button("{\"text\":\"Open\"}"))).isEqualTo("Bad Request: can't parse inline keyboard "
                + "button: Text buttons are unallowed in the inline keyboard");
        assertThat(description(button("{\"text\":\"Open\",\"url\":\"localhost\"}")))
                .isEqualTo("Bad Request: BUTTON_URL_INVALID");
        assertThat(description(button("{\"text\":\"Open\",\"callback_data\":\"" + "x".repeat(65) + "\"}")))
                .isEqualTo("Bad Request: BUTTON_DATA_INVALID");
        assertThat(description(button("{\"text\":\"" + "x".repeat(10_000) + "\",\"url\":\"https://a.example/\"}")))
                .isEqualTo("Bad Request: reply markup is too long");
        int withData = id(button("{\"text\":\"Open\",\"callback_data\":\"x\"}"));
        assertThat(json(bots.call("forwardMessage", "chat_id", LOG, "from_chat_id", CHANNEL, "message_id",
                String.valueOf(withData))).path("result").has("reply_markup")).isFalse();
    }

    private Reply button(String button) {
        return bots.call("sendMessage", "chat_id", CHANNEL, "text", "x", "reply_markup",
                "{\"inline_keyboard\":[[" + button + "]]}");
    }

    @Test
    void an_edit_without_a_keyboard_removes_it() {
        int id = id(button("{\"text\":\"Open\",\"url\":\"https://a.example/\"}"));
        var edited = json(bots.call("editMessageText", "chat_id", CHANNEL, "message_id", String.valueOf(id), "text",
                "x")).path("result");
        assertThat(edited.has("edit_date")).isTrue();
        assertThat(edited.has("reply_markup")).isFalse();
        assertThat(bots.call("editMessageReplyMarkup", "chat_id", CHANNEL, "message_id", String.valueOf(id),
                "reply_markup", "{\"inline_keyboard\":[[{\"text\":\"a\",\"url\":\"a.example\"}]]}").status())
                .isEqualTo(200);
        assertThat(bots.api.world().marked(CHANNEL, "http://a.example/")).hasSize(1);
    }

    @Test
    void answers_another_message_by_its_words() {
        int id = id(bots.send());
        assertThat(bots.call("sendMessage", "chat_id", LOG, "text", "x", "reply_parameters",
                "{\"chat_id\":" + CHANNEL + ",\"message_id\":" + id + ",\"quote\":\"An of\"}").status())
                .isEqualTo(200);
        assertThat(description(bots.call("sendMessage", "chat_id", LOG, "text", "x", "reply_parameters",
                "{\"chat_id\":" + CHANNEL + ",\"message_id\":" + id + ",\"quote\":\"No of\"}")))
                .isEqualTo("Bad Request: QUOTE_TEXT_INVALID");
        assertThat(description(bots.call("sendMessage", "chat_id", LOG, "text", "x", "reply_parameters",
                "{\"chat_id\":" + CHANNEL + ",\"message_id\":99}")))
                .isEqualTo("Bad Request: message to be replied not found");
    }

    @Test
    void forwards_and_copies_many_without_a_word_about_those_that_are_missing() {
        int id = id(bots.send());
        bots.api.world().personDeletes(CHANNEL, id);
        int kept = id(bots.send());
        var ids = "[" + id + "," + kept + "," + (kept + 9) + "]";
        assertThat(json(bots.call("forwardMessages", "chat_id", LOG, "from_chat_id", CHANNEL, "message_ids", ids))
                .path("result")).hasSize(1);
        assertThat(json(bots.call("copyMessages", "chat_id", LOG, "from_chat_id", CHANNEL, "message_ids", ids))
                .path("result")).hasSize(1);
        assertThat(bots.api.world().posts(LOG).get(1).forwardedFrom()).isEqualTo(kept);
        assertThat(bots.api.world().posts(LOG).get(2).forwardedFrom()).isNull();
        assertThat(bots.call("forwardMessages", "chat_id", LOG, "from_chat_id", CHANNEL, "message_ids",
                "[" + kept + "," + id + "]").status()).isEqualTo(400);
    }

    @Test
    void keeps_updates_for_a_day_and_tells_of_rights() {
        bots.api.world().setMembership(CHANNEL, 1, Membership.administrator(Rights.ALL));
        var updates = json(bots.call("getUpdates", "allowed_updates", "[\"my_chat_member\"]")).path("result");
        assertThat(updates).isNotEmpty();
        assertThat(updates.get(updates.size() - 1).path("my_chat_member").path("new_chat_member")
                .path("can_edit_messages").asBoolean()).isTrue();
        bots.api.world().personPosts(CHANNEL, "not asked for");
        assertThat(json(bots.call("getUpdates")).path("result")).hasSize(updates.size());
        bots.pass(Duration.ofHours(25));
        assertThat(json(bots.call("getUpdates")).path("result")).isEmpty();
    }

    @Test
    void takes_a_photo_from_an_address_that_somebody_set_up() {
        bots.api.world().addWebFile("https://a.example/page", "no picture".getBytes(
                StandardCharsets.UTF_8));
        assertThat(description(bots.call("sendPhoto", "chat_id", CHANNEL, "photo", "https://a.example/page")))
                .isEqualTo("Bad Request: wrong type of the web page content");
    }

    @Test
    void gives_every_message_an_id_of_its_channel_and_bounds_what_is_limited() {
        var limited = new Bots(TelegramRules.DEFAULTS, 1);
        assertThat(id(limited.send())).isEqualTo(2);
        assertThat(limited.send().status()).isEqualTo(429);
        assertThat(limited.call("sendMessage", "chat_id", LOG, "text", "x").status()).isEqualTo(200);
        limited.pass(Duration.ofSeconds(1));
        assertThat(id(limited.send())).isEqualTo(3);
    }

    @Test
    void prints_no_token() {
        assertThat(BotRequest.of("1:secret", "getme", Map.of())).hasToString("/bot1:***/getMe");
        assertThat(BotRequest.of("secret", "leak", Map.of())).hasToString("/bot***/***");
        assertThatThrownBy(() -> bots.api.world().addBot("2:se/cret", "x")).isInstanceOf(
                IllegalArgumentException.class).hasMessageNotContaining("se/cret");
    }
}
