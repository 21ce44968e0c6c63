package io.campaignlauncher.telegram.simulator.clients;

import static io.campaignlauncher.telegram.simulator.TelegramSimulator.BOT_ID;
import static io.campaignlauncher.telegram.simulator.TelegramSimulator.CHANNEL;
import static io.campaignlauncher.telegram.simulator.TelegramSimulator.CHANNEL_ID;
import static io.campaignlauncher.telegram.simulator.TelegramSimulator.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.standin.Commit;
import io.campaignlauncher.standin.Fate;
import io.campaignlauncher.telegram.simulator.core.ApiMethod;
import io.campaignlauncher.telegram.simulator.core.Fault;
import io.campaignlauncher.telegram.simulator.core.FaultEffect;
import io.campaignlauncher.telegram.simulator.core.Membership;
import io.campaignlauncher.telegram.simulator.core.Rights;
import io.campaignlauncher.telegram.simulator.core.TelegramRules;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The simulator is faithful if all this works from a client that somebody else has written: points 12 to 23, what is there and what it costs. */
abstract class LooksSuite extends ClientFixture {

    @Test
    void point_12_tells_by_a_live_location_what_is_there_and_changes_nothing() {
        int text = client.text(CHANNEL, "text", "").id();
        int photo = client.photo(CHANNEL, png(1), "caption").id();
        int theirs = simulator.world().personPosts(CHANNEL, "theirs");
        int forwarded = client.forward(CHANNEL, CHANNEL, text).id();
        int deleted = client.text(CHANNEL, "gone", "").id();
        client.delete(CHANNEL, deleted);
        var before = simulator.world().posts(CHANNEL);

        assertError(client.liveLocation(CHANNEL, text), 400, OURS);
        assertError(client.liveLocation(CHANNEL, photo), 400, OURS);
        assertError(client.liveLocation(CHANNEL, theirs), 400, NOT_OURS);
        assertError(client.liveLocation(CHANNEL, forwarded), 400, NOT_OURS);
        assertError(client.liveLocation(CHANNEL, deleted), 400, NOT_FOUND);
        assertError(client.liveLocation(CHANNEL, deleted + 1), 400, NOT_FOUND);

        assertThat(simulator.world().posts(CHANNEL)).isEqualTo(before);
        simulator.world().setMembership(CHANNEL, BOT_ID, Membership.administrator(new Rights(true, true, false)));
        assertError(client.liveLocation(CHANNEL, theirs), 400, OURS);
    }

    @Test
    void point_13_tells_by_the_scores_of_no_game_whether_something_is_there() {
        int text = client.text(CHANNEL, "text", "").id();
        int photo = client.photo(CHANNEL, png(1), "caption").id();
        int theirs = simulator.world().personPosts(CHANNEL, "theirs");
        int deleted = client.text(CHANNEL, "gone", "").id();
        client.delete(CHANNEL, deleted);
        var missing = "Bad Request: message to get game high scores not found";

        assertThat(List.of(text, photo, theirs)).allSatisfy(id -> {
            var outcome = client.gameHighScores(BOT_ID, CHANNEL, id);
            assertThat(outcome.code()).isEqualTo(400);
            assertThat(outcome.description()).isNotEqualTo(missing);
        });
        assertError(client.gameHighScores(BOT_ID, CHANNEL, deleted), 400, missing);
        assertError(client.gameHighScores(BOT_ID, CHANNEL, deleted + 1), 400, missing);
    }

    @Test
    void point_14_forwards_a_whole_message_with_where_it_came_from() {
        int id = client.textWithButton(CHANNEL, "text", "Open", "https://ads.example/t/1").id();
        var forwarded = client.forward(LOG, CHANNEL, id).result();
        assertThat(forwarded.path("text").asString()).isEqualTo("text");
        assertThat(forwarded.path("chat").path("id").asString()).isEqualTo(LOG);
        var origin = forwarded.path("forward_origin");
        assertThat(origin.path("type").asString()).isEqualTo("channel");
        assertThat(origin.path("message_id").asInt()).isEqualTo(id);
        assertThat(origin.path("chat").path("id").asLong()).isEqualTo(CHANNEL_ID);
        assertThat(forwarded.path("reply_markup").path("inline_keyboard").get(0).get(0).path("url").asString())
                .isEqualTo("https://ads.example/t/1");
        assertError(client.forward(LOG, CHANNEL, 999), 400, "Bad Request: message to forward not found");
        assertError(client.forward(LOG, CHANNEL, 1), 400, "Bad Request: the message can't be forwarded");
        simulator.world().setProtected(CHANNEL, true);
        assertError(client.forward(LOG, CHANNEL, id), 400,
                "Bad Request: message has protected content and can't be forwarded");
    }

    @Test
    void point_15_copies_a_message_and_answers_its_id_alone() {
        int id = client.text(CHANNEL, "text", "").id();
        var copied = client.copy(LOG, CHANNEL, id);
        assertThat(copied.id()).isEqualTo(2);
        assertThat(copied.result().hasNonNull("text")).isFalse();
        assertError(client.copy(LOG, CHANNEL, 999), 400, "Bad Request: message to copy not found");
    }

    @Test
    void point_16_deletes_own_posts_for_48_hours() {
        int id = client.text(CHANNEL, "text", "").id();
        assertThat(client.delete(CHANNEL, id).result().asBoolean()).isTrue();
        assertError(client.delete(CHANNEL, id), 400, "Bad Request: message to delete not found");
        int old = client.text(CHANNEL, "text", "").id();
        simulator.forward(Duration.ofHours(48));
        assertError(client.delete(CHANNEL, old), 400, "Bad Request: message can't be deleted for everyone");
        assertThat(client.editText(CHANNEL, old, "Removed").code()).isEqualTo(200);
        int theirs = simulator.world().personPosts(CHANNEL, "theirs");
        assertError(client.delete(CHANNEL, theirs), 400, "Bad Request: message can't be deleted");
    }

    @Test
    void point_17_says_yes_to_deleting_several_of_which_some_are_missing() {
        int id = client.text(CHANNEL, "text", "").id();
        assertThat(client.deleteMany(CHANNEL, id, 998, 999).result().asBoolean()).isTrue();
        assertThat(post(id).deleted()).isTrue();
    }

    @Test
    void point_18_never_uses_an_id_again_and_gives_one_to_a_pin() {
        int first = client.text(CHANNEL, "text", "").id();
        int deleted = client.text(CHANNEL, "gone", "").id();
        client.delete(CHANNEL, deleted);
        assertThat(client.text(CHANNEL, "next", "").id()).isEqualTo(deleted + 1);
        assertError(client.pin(CHANNEL, first), 400,
                "Bad Request: not enough rights to manage pinned messages in the chat");
        simulator.world().setMembership(CHANNEL, BOT_ID, Membership.administrator(Rights.ALL));
        assertThat(client.pin(CHANNEL, first).result().asBoolean()).isTrue();
        assertThat(client.text(CHANNEL, "next", "").id()).isEqualTo(deleted + 3);
        assertThat(client.chat(CHANNEL).result().path("pinned_message").path("message_id").asInt()).isEqualTo(first);
    }

    @Test
    void point_19_tells_a_bot_of_posts_that_people_make_and_not_of_its_own() {
        client.updates(-1, 0);
        int after = client.updates(0, 0).result().valueStream()
                .mapToInt(update -> update.path("update_id").asInt()).max().orElse(0) + 1;
        client.text(CHANNEL, "own", "");
        simulator.world().otherBotPosts(CHANNEL, "of another bot");
        assertThat(client.updates(after, 0).result()).isEmpty();
        int theirs = simulator.world().personPosts(CHANNEL, "of a person");
        var updates = client.updates(after, 0).result();
        assertThat(updates).hasSize(1);
        assertThat(updates.get(0).path("channel_post").path("message_id").asInt()).isEqualTo(theirs);
        assertThat(client.updates(updates.get(0).path("update_id").asInt() + 1, 0).result()).isEmpty();
    }

    @Test
    void point_19_shows_posts_of_other_bots_where_it_is_switched_on() {
        stop();
        start(TelegramRules.DEFAULTS.withPostsOfOtherBots());
        int after = client.updates(-1, 0).result().valueStream()
                .mapToInt(update -> update.path("update_id").asInt()).max().orElse(0) + 1;
        client.text(CHANNEL, "own", "");
        int theirs = simulator.world().otherBotPosts(CHANNEL, "of another bot");
        var updates = client.updates(after, 0).result();
        assertThat(updates).hasSize(1);
        assertThat(updates.get(0).path("channel_post").path("message_id").asInt()).isEqualTo(theirs);
    }

    @Test
    void point_20_gives_updates_to_one_who_asks_and_to_none_beside_a_webhook() throws Exception {
        int after = client.updates(-1, 0).result().valueStream()
                .mapToInt(update -> update.path("update_id").asInt()).max().orElse(0) + 1;
        var other = client(TOKEN, false);
        var waiting = CompletableFuture.supplyAsync(() -> other.updates(after, 20));
        Awaitility.await().until(() -> simulator.counters().calls(ApiMethod.GET_UPDATES) == 2);
        assertThat(client.updates(after, 0).result()).isEmpty();
        assertError(waiting.get(10, TimeUnit.SECONDS), 409,
                "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running");

        var second = CompletableFuture.supplyAsync(() -> other.updates(after, 20));
        Awaitility.await().until(() -> simulator.counters().calls(ApiMethod.GET_UPDATES) == 4);
        assertThat(client.webhook("https://hooks.example/telegram").result().asBoolean()).isTrue();
        assertError(second.get(10, TimeUnit.SECONDS), 409, "Conflict: terminated by setWebhook request");
        assertError(client.updates(after, 0), 409, "Conflict: can't use getUpdates method while webhook is active; use "
                + "deleteWebhook to delete the webhook first");
    }

    @Test
    void point_20_answers_who_waits_for_updates_as_soon_as_there_is_one() throws Exception {
        int after = client.updates(-1, 0).result().valueStream()
                .mapToInt(update -> update.path("update_id").asInt()).max().orElse(0) + 1;
        var waiting = CompletableFuture.supplyAsync(() -> client.updates(after, 20));
        Awaitility.await().until(() -> simulator.counters().calls(ApiMethod.GET_UPDATES) == 2);
        int theirs = simulator.world().personPosts(CHANNEL, "of a person");
        assertThat(waiting.get(10, TimeUnit.SECONDS).result().get(0).path("channel_post").path("message_id").asInt())
                .isEqualTo(theirs);
        var inVain = CompletableFuture.supplyAsync(() -> client.updates(after + 5, 20));
        Awaitility.await().until(() -> simulator.counters().calls(ApiMethod.GET_UPDATES) == 3);
        simulator.forward(Duration.ofSeconds(20));
        assertThat(inVain.get(10, TimeUnit.SECONDS).result()).isEmpty();
    }

    @Test
    void point_21_takes_one_message_a_second_and_20_a_minute_in_a_chat() {
        stop();
        start(TelegramRules.DEFAULTS);
        assertThat(client.text(CHANNEL, "1", "").code()).isEqualTo(200);
        var second = client.text(CHANNEL, "2", "");
        assertError(second, 429, "Too Many Requests: retry after 1");
        assertThat(second.retryAfter()).isEqualTo(1);
        for (int i = 2; i <= 20; i++) {
            simulator.forward(Duration.ofSeconds(2));
            assertThat(client.text(CHANNEL, "x", "").code()).isEqualTo(200);
        }
        simulator.forward(Duration.ofSeconds(2));
        assertThat(client.text(CHANNEL, "21", "").retryAfter()).isBetween(2, 20);
        assertThat(simulator.world().posts(CHANNEL)).hasSize(21);
    }

    @Test
    void point_22_shows_the_newest_messages_of_the_channel_on_a_profile() {
        simulator.world().addPerson(500, "Reader", CHANNEL);
        simulator.world().addPerson(501, "Nobody", null);
        for (int i = 0; i < 25; i++) {
            client.text(CHANNEL, "post " + i, "");
        }
        var messages = client.personalMessages(500, 20).result();
        assertThat(messages).hasSize(20);
        assertThat(messages.get(0).path("text").asString()).isEqualTo("post 24");
        assertThat(client.personalMessages(501, 20).result()).isEmpty();
    }

    @Test
    void point_23_sees_a_request_twice_from_a_client_that_retries_on_its_own_and_once_from_one_that_does_not() {
        assertThat(requestsSeenOfOneCall(false)).isEqualTo(1);
        assertThat(requestsSeenOfOneCall(true)).isEqualTo(2);
        assertThat(simulator.world().posts(CHANNEL)).hasSize(1 + 3);
    }

    /** The connection was used before: only then these clients think that closing it may have been a matter of its age. */
    private long requestsSeenOfOneCall(boolean retries) {
        var retrying = client(TOKEN, retries);
        retrying.me();
        long before = simulator.counters().calls(ApiMethod.SEND_MESSAGE);
        simulator.faults().clear();
        simulator.faults().add(Fault.always(ApiMethod.SENDS, new FaultEffect.NoAnswer(Commit.atOnce(),
                Fate.CONNECTION_CLOSED)).containing("once"));
        assertThatThrownBy(() -> retrying.text(CHANNEL, "once", "")).isInstanceOf(RuntimeException.class);
        return simulator.counters().calls(ApiMethod.SEND_MESSAGE) - before;
    }

    @Test
    void tells_a_text_button_from_one_with_an_address() {
        assertError(client.textWithButton(CHANNEL, "x", "Open", "no address"), 400,
                "Bad Request: BUTTON_URL_INVALID");
    }
}
