package io.campaignlauncher.posting.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.posting.model.PostAttempt.Outcome;
import io.campaignlauncher.posting.model.PostState.Question.Subject;
import io.campaignlauncher.posting.model.PostStep.AskPerson;
import io.campaignlauncher.posting.model.PostStep.LookForPost;
import io.campaignlauncher.posting.model.PostStep.Rest;
import io.campaignlauncher.posting.model.PostStep.Send;
import io.campaignlauncher.posting.model.PostStep.Verify;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LookRulesTest {

    @Test
    void a_hit_is_final_at_any_time() {
        var sent = new Sent().unknown().ours(101).look();

        assertThat(sent.view.job().posted()).isPresent();
        assertThat(sent.next()).isInstanceOf(Verify.class);
    }

    @Test
    void a_miss_before_the_attempt_is_settled_counts_nothing() {
        var sent = new Sent().unknown().look();

        assertThat(sent.view.job().open()).isPresent();
        assertThat(sent.next()).isEqualTo(new Rest(sent.settledAt()));
    }

    @Test
    void a_miss_counts_once_the_attempt_is_settled_and_the_post_is_tried_anew() {
        var sent = new Sent().unknown().look().settled().look();

        assertThat(sent.view.job().attempts()).extracting(PostAttempt::outcome).containsExactly(Outcome.NOT_THERE);
        sent.take(SendRules.checked(sent.view, new ChannelCheck.Ready(null)));
        assertThat(sent.next()).isInstanceOfSatisfying(Send.class, send -> assertThat(send.number()).isEqualTo(2));
    }

    @Test
    void settled_means_the_end_of_the_request_and_the_settle_delay() {
        var sent = new Sent().unknown();

        assertThat(sent.settledAt()).isEqualTo(Posts.START.plus(TelegramPostingSettings.SEND_WITHIN)
                .plus(sent.settings.timeout()).plus(sent.settings.settleDelay()));
    }

    @Test
    void a_late_post_is_found_by_the_look_when_it_is_settled() {
        var sent = new Sent().unknown().look().ours(101).settled().look();

        assertThat(sent.view.job().posted()).isPresent();
    }

    @Test
    void another_worker_looks_again_before_it_tries_anew() {
        var sent = new Sent().unknown().settled().look().claimed();
        sent.take(SendRules.checked(sent.view, new ChannelCheck.Ready(null)));

        assertThat(sent.next()).isInstanceOf(LookForPost.class);
        assertThat(sent.ours(101).look().view.job().posted()).isPresent();
    }

    @Test
    void after_so_many_attempts_in_vain_a_person_decides() {
        var sent = new Sent();
        for (var attempt = 1; attempt <= sent.settings.maxAttempts(); attempt++) {
            sent.pass(Duration.ofSeconds(10)).unknown().settled().look();
        }

        assertThat(sent.next()).isInstanceOf(AskPerson.class);
    }

    @Test
    void nothing_counts_where_no_message_shows_that_must_be_there() {
        var sent = new Sent().unknown().deleted(Sent.KNOWN).settled().look();

        assertThat(sent.view.job().open()).isPresent();
        assertThat(sent.probed).containsExactly(Sent.KNOWN);
    }

    @Test
    void nothing_counts_where_that_message_shows_no_more_after_the_look() {
        var sent = new Sent().unknown().settled();
        var look = new Look(((LookForPost) sent.next()).plan());
        look.answered(new ProbeAnswer.Ours());
        while (look.next().isPresent()) {
            look.answered(new ProbeAnswer.Nothing());
        }

        sent.take(LookRules.looked(sent.view, (LookForPost) sent.next(), look));

        assertThat(look.finding()).isInstanceOf(LookFinding.Inconclusive.class);
        assertThat(sent.view.job().open()).isPresent();
    }

    @Test
    void an_older_message_is_the_control_where_the_newest_was_deleted() {
        var sent = new Sent();
        sent.view = sent.view.with(sent.view.channel().seen(List.of(98)));
        sent.somebodyElses(98).deleted(Sent.KNOWN).unknown().settled().look();

        assertThat(sent.view.job().attempts().getLast().outcome()).isEqualTo(Outcome.NOT_THERE);
        assertThat(sent.view.channel().controls()).containsExactly(98);
    }

    @Test
    void a_probe_that_fails_makes_the_look_inconclusive() {
        var sent = new Sent().unknown().settled();
        sent.probes.put(101, new ProbeAnswer.Unanswered("429"));

        assertThat(sent.look().view.job().open()).isPresent();
        assertThat(sent.next()).isInstanceOf(Rest.class);
    }

    @Test
    void what_cannot_be_found_out_is_asked_again_with_growing_pauses_and_then_shown_to_a_person() {
        var sent = new Sent().unknown().settled().deleted(Sent.KNOWN);
        var pause = Duration.ZERO;
        while (sent.state().question() == null) {
            sent.look();
            var rest = ((Rest) sent.next()).until();
            assertThat(rest).isAfter(sent.view.now().plus(pause));
            pause = Duration.between(sent.view.now(), rest);
            sent.at(rest);
        }

        assertThat(sent.state().effort().inVain()).isEqualTo(Effort.IN_VAIN_MAX);
        assertThat(sent.untold()).last().asString().startsWith("asked/");
    }

    @Test
    void after_a_person_was_asked_a_hit_still_counts_and_a_miss_never_leads_to_another_attempt() {
        var sent = new Sent().unknown().settled().deleted(Sent.KNOWN);
        while (sent.state().question() == null) {
            sent.look().pass(Duration.ofHours(1));
        }
        sent.somebodyElses(Sent.KNOWN);
        var found = new Sent().unknown().settled().deleted(Sent.KNOWN);
        while (found.state().question() == null) {
            found.look().pass(Duration.ofHours(1));
        }

        assertThat(sent.look().next()).isEqualTo(new Rest(null));
        assertThat(found.somebodyElses(Sent.KNOWN).ours(101).look().view.job().posted()).isPresent();
        assertThat(found.state().question()).isNull();
    }

    @Test
    void a_hole_below_another_message_is_no_proof() {
        var sent = new Sent().unknown().somebodyElses(102).settled().look();

        assertThat(sent.view.job().open()).isPresent();
    }

    @Test
    void a_person_s_post_between_is_passed_over() {
        var sent = new Sent().unknown().somebodyElses(101).ours(102).look();

        assertThat(sent.view.job().posted().orElseThrow().messageId()).isEqualTo(102);
    }

    @Test
    void a_post_of_another_job_is_told_apart_by_its_marker() {
        var sent = new Sent().unknown().anotherJobs(101).settled().look();

        assertThat(sent.view.job().attempts().getLast().outcome()).isEqualTo(Outcome.NOT_THERE);
    }

    @Test
    void a_known_post_of_another_job_is_not_asked_for() {
        var sent = new Sent().unknown().anotherJobsKnown(101, Posts.START.plusSeconds(10)).ours(102).look();

        assertThat(sent.probed).containsExactly(101, 102);
        assertThat(sent.view.job().posted().orElseThrow().messageId()).isEqualTo(102);
    }

    @Test
    void the_end_is_reached_after_so_many_misses_in_a_row() {
        var sent = new Sent().unknown().somebodyElses(101).settled().look();

        assertThat(sent.probed).hasSize(1 + 1 + sent.settings.scanGap() + 1);
    }

    @Test
    void fewer_misses_than_that_are_a_hole_where_something_follows() {
        var sent = new Sent().unknown().settled();
        sent.ours(Sent.KNOWN + sent.settings.scanGap()).look();

        assertThat(sent.view.job().posted().orElseThrow().messageId()).isEqualTo(Sent.KNOWN + sent.settings.scanGap());
    }

    @Test
    void a_post_that_was_sent_after_the_attempt_was_settled_ends_the_look() {
        var sent = new Sent().unknown();
        sent.anotherJobsKnown(101, sent.settledAt().plusSeconds(1)).settled().look();

        assertThat(sent.probed).containsExactly(101, 101);
        assertThat(sent.view.job().attempts().getLast().outcome()).isEqualTo(Outcome.NOT_THERE);
    }

    @Test
    void a_post_that_was_sent_before_the_attempt_was_settled_does_not_end_the_look() {
        var sent = new Sent().unknown();
        sent.anotherJobsKnown(101, sent.settledAt().minusSeconds(1)).ours(102).settled().look();

        assertThat(sent.view.job().posted().orElseThrow().messageId()).isEqualTo(102);
    }

    @Test
    void a_post_of_the_bot_that_cannot_be_read_is_neither_adopted_nor_passed_over() {
        var sent = new Sent().unknown().ours(101).settled();
        sent.reads.put(101, new ReadAnswer.Unreadable("message has protected content and can't be forwarded"));

        assertThat(sent.look().view.job().open()).isPresent();
        assertThat(sent.view.job().posted()).isEmpty();
    }

    @Test
    void without_a_log_channel_a_post_of_the_bot_above_the_mark_is_the_jobs() {
        var sent = Sent.withoutLog().unknown().ours(101).look();

        assertThat(sent.view.job().posted()).isPresent();
    }

    @Test
    void a_channel_with_too_much_above_the_mark_is_for_a_person() {
        var plan = new LookPlan(false, 1, List.of(1), Set.of(), 5_000, null, 20, "https://h/t/1", true);
        var look = new Look(plan);
        var asked = 0;
        while (look.next().isPresent()) {
            look.answered(new ProbeAnswer.SomebodyElses());
            asked++;
        }

        assertThat(look.finding()).isInstanceOf(LookFinding.Inconclusive.class);
        assertThat(asked).isEqualTo(Look.IDS_MAX + 1);
    }

    @Test
    void the_search_for_a_first_message_ends_at_one_that_is_there() {
        IntStream.of(1, 2, 5, 63, 64, 1_000, 123_456).forEach(top -> {
            var search = new TopSearch();
            var asked = 0;
            for (var next = search.next(); next.isPresent() && asked < 1_000; next = search.next()) {
                asked++;
                search.answered(next.getAsInt() <= top ? new ProbeAnswer.SomebodyElses() : new ProbeAnswer.Nothing());
            }
            assertThat(search.existing()).as("top " + top).last().isEqualTo(top);
            assertThat(asked).isLessThan(120);
        });
    }

    @Test
    void the_search_for_a_first_message_of_an_empty_channel_ends() {
        var search = new TopSearch();
        while (search.next().isPresent()) {
            search.answered(new ProbeAnswer.Nothing());
        }

        assertThat(search.existing()).isEmpty();
    }

    @Test
    void asks_a_person_what_it_could_not_find_out() {
        var sent = new Sent().unknown();

        assertThat(SendRules.asked(sent.view, "?").question()).isEqualTo(
                new PostState.Question(Subject.OUTCOME, "?"));
    }
}
