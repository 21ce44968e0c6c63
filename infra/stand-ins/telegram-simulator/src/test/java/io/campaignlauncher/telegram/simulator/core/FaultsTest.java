package io.campaignlauncher.telegram.simulator.core;

import static io.campaignlauncher.telegram.simulator.core.Bots.CHANNEL;
import static io.campaignlauncher.telegram.simulator.core.Bots.LOG;
import static io.campaignlauncher.telegram.simulator.core.Bots.description;
import static io.campaignlauncher.telegram.simulator.core.Bots.id;
import static io.campaignlauncher.telegram.simulator.core.Bots.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.standin.Commit;
import io.campaignlauncher.standin.Fate;
import io.campaignlauncher.standin.Occasions;
import io.campaignlauncher.telegram.simulator.core.FaultEffect.Damage;
import io.campaignlauncher.telegram.simulator.core.FaultEffect.Loss;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

/** What faults leave behind, by their numbers in the menu. */
class FaultsTest {

    private static final String NOT_FOUND = "Bad Request: message to edit not found";
    private static final String OURS = "Bad Request: there is no live location in the message to edit";
    private static final String NOT_OURS = "Bad Request: message can't be edited";

    private final Bots bots = new Bots();

    private void onSend(FaultEffect effect) {
        bots.api.faults().add(Fault.once(ApiMethod.SENDS, effect));
    }

    @Test
    void fault_1_loses_the_answer_after_the_post_is_there() {
        onSend(FaultEffect.answerLost());
        assertThat(bots.send().fate()).isEqualTo(Fate.CONNECTION_CLOSED);
        assertThat(bots.marked()).isEqualTo(1);
        assertThat(bots.api.counters().unanswered()).isEqualTo(1);
    }

    @Test
    void fault_2_lets_the_post_come_later() {
        onSend(FaultEffect.committedLate(Duration.ofSeconds(60)));
        assertThat(bots.send().fate()).isEqualTo(Fate.SILENCE);
        bots.pass(Duration.ofSeconds(59));
        assertThat(bots.marked()).isZero();
        assertThat(bots.api.nextEffectAt()).contains(bots.now.plusSeconds(1));
        bots.pass(Duration.ofSeconds(1));
        assertThat(bots.marked()).isEqualTo(1);
        assertThat(bots.api.world().posts(CHANNEL).getLast().date()).isEqualTo(bots.now);
    }

    @Test
    void fault_2_gives_a_late_post_an_id_above_what_came_before_it() {
        onSend(FaultEffect.committedLate(Duration.ofSeconds(60)));
        bots.send();
        int theirs = bots.api.world().personPosts(CHANNEL, "theirs");
        bots.pass(Duration.ofSeconds(60));
        assertThat(bots.api.world().posts(CHANNEL).getLast().id()).isEqualTo(theirs + 1);
    }

    @Test
    void fault_2_commits_nothing_later_where_the_bot_may_no_longer_post() {
        onSend(FaultEffect.committedLate(Duration.ofSeconds(60)));
        bots.send();
        bots.api.world().setMembership(CHANNEL, 1, Membership.KICKED);
        bots.pass(Duration.ofSeconds(60));
        assertThat(bots.marked()).isZero();
    }

    @Test
    void fault_3_swallows_a_request() {
        onSend(FaultEffect.swallowed());
        assertThat(bots.send().fate()).isEqualTo(Fate.SILENCE);
        bots.pass(Duration.ofDays(1));
        assertThat(bots.marked()).isZero();
    }

    @Test
    void faults_4_and_5_say_too_many_requests_with_a_post_and_without() {
        onSend(FaultEffect.tooManyRequests(Commit.atOnce(), 9));
        var reply = bots.send();
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.headers()).containsEntry("Retry-After", "9");
        assertThat(json(reply).path("parameters").path("retry_after").asInt()).isEqualTo(9);
        assertThat(bots.marked()).isEqualTo(1);
        onSend(FaultEffect.tooManyRequests(Commit.never(), 9));
        bots.send();
        assertThat(bots.marked()).isEqualTo(1);
    }

    @Test
    void faults_6_and_7_answer_as_a_session_that_ends_does() {
        onSend(FaultEffect.restart(Commit.atOnce()));
        assertThat(description(bots.send())).isEqualTo("Internal Server Error: restart");
        onSend(FaultEffect.restart(Commit.never()));
        assertThat(bots.send().status()).isEqualTo(500);
        onSend(FaultEffect.unauthorized(Commit.atOnce()));
        assertThat(bots.send().status()).isEqualTo(401);
        onSend(FaultEffect.loggedOut(Commit.atOnce()));
        assertThat(description(bots.send())).isEqualTo("Bad Request: Logged out");
        assertThat(bots.marked()).isEqualTo(3);
        assertThat(id(bots.send())).isEqualTo(5);
    }

    @Test
    void fault_8_shows_the_pages_of_a_proxy() {
        onSend(FaultEffect.gatewayPage(Commit.atOnce(), 504));
        var page = bots.send();
        assertThat(page.status()).isEqualTo(504);
        assertThat(page.contentType()).isEqualTo("text/html");
        assertThat(new String(page.body(), StandardCharsets.UTF_8)).contains("nginx");
        onSend(FaultEffect.gatewayJson(Commit.never()));
        assertThat(json(bots.send()).path("error_code").asInt()).isEqualTo(502);
        assertThat(bots.marked()).isEqualTo(1);
    }

    @Test
    void faults_9_to_12_answer_with_nothing_half_a_json_no_id_or_half_way() {
        onSend(FaultEffect.emptyBody(Commit.never(), 413));
        var empty = bots.send();
        assertThat(empty.status()).isEqualTo(413);
        assertThat(empty.body()).isEmpty();
        assertThat(bots.marked()).isZero();

        onSend(new FaultEffect.Damaged(Damage.HALF_JSON));
        var half = bots.send();
        assertThat(half.status()).isEqualTo(200);
        assertThatThrownBy(() -> json(half)).isInstanceOf(JacksonException.class);

        onSend(new FaultEffect.Damaged(Damage.MESSAGE_ID_ZERO));
        assertThat(id(bots.send())).isZero();

        onSend(new FaultEffect.Damaged(Damage.HALF_SENT));
        assertThat(bots.send().fate()).isEqualTo(Fate.CUT_SHORT);

        onSend(new FaultEffect.NoAnswer(Commit.never(), Fate.CONNECTION_RESET));
        assertThat(bots.send().fate()).isEqualTo(Fate.CONNECTION_RESET);
        assertThat(bots.marked()).isEqualTo(3);
    }

    @Test
    void several_damages_of_one_answer_strike_together_whatever_came_first() {
        onSend(new FaultEffect.Damaged(Damage.HALF_JSON));
        onSend(new FaultEffect.Damaged(Damage.MESSAGE_ID_ZERO));
        var answer = bots.send();
        assertThat(answer.status()).isEqualTo(200);
        assertThatThrownBy(() -> json(answer)).isInstanceOf(JacksonException.class);
        assertThat(bots.marked()).isEqualTo(1);
    }

    @Test
    void faults_13_and_14_let_others_post_first() {
        onSend(new FaultEffect.OthersPost(1, false, false));
        assertThat(id(bots.send())).isEqualTo(3);
        assertThat(bots.probe(2)).isEqualTo(NOT_OURS);
        onSend(new FaultEffect.OthersPost(2, true, false));
        assertThat(id(bots.send())).isEqualTo(6);
        assertThat(bots.api.world().posts(CHANNEL).get(4).byBot()).isTrue();
    }

    @Test
    void fault_15_removes_the_post_before_anybody_looks() {
        bots.api.faults().add(Fault.once(ApiMethod.SENDS, FaultEffect.answerLost()));
        onSend(new FaultEffect.PostRemoved(Duration.ZERO));
        bots.send();
        assertThat(bots.marked()).isZero();
        assertThat(bots.api.world().posts(CHANNEL).getLast().deleted()).isTrue();
        assertThat(bots.probe(2)).isEqualTo(NOT_FOUND);

        onSend(new FaultEffect.PostRemoved(Duration.ofSeconds(5)));
        int later = id(bots.send());
        assertThat(bots.probe(later)).isEqualTo(OURS);
        bots.pass(Duration.ofSeconds(5));
        assertThat(bots.probe(later)).isEqualTo(NOT_FOUND);
    }

    @Test
    void fault_16_leaves_a_gap_of_25_ids() {
        onSend(new FaultEffect.OthersPost(25, false, true));
        assertThat(id(bots.send())).isEqualTo(27);
        assertThat(bots.probe(26)).isEqualTo(NOT_FOUND);
    }

    @Test
    void fault_17_takes_the_right_the_membership_or_the_token_away() {
        onSend(new FaultEffect.BotLoses(Loss.POSTING));
        assertThat(description(bots.send())).isEqualTo("Bad Request: need administrator rights in the channel chat");
        onSend(new FaultEffect.BotLoses(Loss.MEMBERSHIP));
        assertThat(description(bots.send())).isEqualTo("Forbidden: bot was kicked from the channel chat");
        onSend(new FaultEffect.BotLoses(Loss.TOKEN));
        assertThat(description(bots.send())).isEqualTo("Unauthorized");
        assertThat(description(bots.call("getMe"))).isEqualTo("Unauthorized");
        bots.api.world().setRevoked(1, false);
        assertThat(bots.call("getMe").status()).isEqualTo(200);
    }

    @Test
    void fault_18_protects_what_is_to_be_forwarded() {
        int id = id(bots.send());
        bots.api.faults().add(Fault.once(ApiMethod.FORWARD_MESSAGE, new FaultEffect.ContentProtected()));
        for (int i = 0; i < 2; i++) {
            assertThat(description(bots.call("forwardMessage", "chat_id", LOG, "from_chat_id", CHANNEL, "message_id",
                    String.valueOf(id)))).isEqualTo(
                            "Bad Request: message has protected content and can't be forwarded");
        }
    }

    @Test
    void fault_19_hides_a_post_for_a_while() {
        onSend(new FaultEffect.HiddenFor(Duration.ofSeconds(30)));
        int id = id(bots.send());
        assertThat(bots.probe(id)).isEqualTo(NOT_FOUND);
        assertThat(bots.marked()).isEqualTo(1);
        bots.pass(Duration.ofSeconds(30));
        assertThat(bots.probe(id)).isEqualTo(OURS);
    }

    @Test
    void faults_20_and_21_answer_probes_with_not_found_or_with_nothing_of_use() {
        int id = id(bots.send());
        bots.api.faults().add(Fault.always(ApiMethod.ANY, new FaultEffect.ReadRefused()));
        assertThat(bots.probe(id)).isEqualTo(NOT_FOUND);
        assertThat(description(bots.call("getGameHighScores", "chat_id", CHANNEL, "user_id", "1", "message_id",
                String.valueOf(id)))).isEqualTo("Bad Request: message to get game high scores not found");
        bots.api.faults().clear();
        bots.api.faults().add(Fault.always(ApiMethod.PROBES, FaultEffect.tooManyRequests(Commit.never(), 3)));
        assertThat(bots.probe(id)).startsWith("Too Many Requests");
        assertThat(id(bots.send())).isEqualTo(id + 1);
    }

    @Test
    void faults_22_and_23_refuse_what_they_are_told_to() {
        int id = id(bots.send());
        bots.api.faults().add(Fault.once(ApiMethod.FORWARD_MESSAGE,
                new FaultEffect.Refused(Commit.never(), 400, "Bad Request: the message can't be forwarded", null)));
        assertThat(description(bots.call("forwardMessage", "chat_id", LOG, "from_chat_id", CHANNEL, "message_id",
                String.valueOf(id)))).isEqualTo("Bad Request: the message can't be forwarded");
        bots.pass(Duration.ofHours(48));
        assertThat(description(bots.call("deleteMessage", "chat_id", CHANNEL, "message_id", String.valueOf(id))))
                .isEqualTo("Bad Request: message can't be deleted for everyone");
    }

    @Test
    void fires_where_it_is_aimed_at_and_as_often_as_it_is_told() {
        bots.api.faults().add(new Fault(Set.of(ApiMethod.SEND_MESSAGE), CHANNEL, Bots.MARKER,
                new Occasions(2, 1, 1), FaultEffect.restart(Commit.never())));
        var statuses = new ArrayList<Integer>();
        statuses.add(bots.call("sendMessage", "chat_id", LOG, "text", Bots.MARKER).status());
        statuses.add(bots.call("sendMessage", "chat_id", CHANNEL, "text", "other").status());
        for (int i = 0; i < 3; i++) {
            statuses.add(bots.send().status());
        }
        assertThat(statuses).containsExactly(200, 200, 200, 500, 200);
        assertThat(bots.api.faults().list().getFirst().seen()).isEqualTo(3);
        assertThat(bots.api.faults().fired()).isEqualTo(1);
        assertThat(bots.api.counters().calls(ApiMethod.SEND_MESSAGE, CHANNEL)).isEqualTo(4);
    }

    @Test
    void answers_the_same_to_the_same_calls_at_the_same_times_with_the_same_seed() {
        assertThat(answers(7)).isEqualTo(answers(7)).isNotEqualTo(answers(8));
    }

    private static List<Integer> answers(long seed) {
        var bots = new Bots(TelegramRules.DEFAULTS.withoutLimits(), seed);
        bots.api.faults().add(Fault.always(ApiMethod.SENDS, FaultEffect.restart(Commit.atOnce())).withProbability(0.5));
        var statuses = new ArrayList<Integer>();
        for (int i = 0; i < 50; i++) {
            statuses.add(bots.send().status());
            bots.pass(Duration.ofSeconds(1));
        }
        return statuses;
    }

    @Test
    void refuses_a_fault_that_is_none() {
        assertThatThrownBy(() -> new FaultEffect.NoAnswer(Commit.never(), Fate.ANSWERED))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Fault.once(ApiMethod.SENDS, FaultEffect.answerLost()).from(0))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("from");
    }
}
