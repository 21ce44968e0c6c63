package io.campaignlauncher.posting.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.posting.model.PostAttempt.Outcome;
import io.campaignlauncher.posting.model.PostStep.CheckChannel;
import io.campaignlauncher.posting.model.PostStep.FindTop;
import io.campaignlauncher.posting.model.PostStep.GiveUp;
import io.campaignlauncher.posting.model.PostStep.LookForPost;
import io.campaignlauncher.posting.model.PostStep.Rehearse;
import io.campaignlauncher.posting.model.PostStep.Rest;
import io.campaignlauncher.posting.model.PostStep.Send;
import io.campaignlauncher.posting.model.PostStep.Verify;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SendRulesTest {

    @Test
    void checks_the_channel_before_each_post() {
        var sent = new Sent().pass(PostRules.CHECK_VALID.plusSeconds(1));

        assertThat(sent.next()).isEqualTo(new CheckChannel());
    }

    @Test
    void finds_a_message_of_a_channel_of_which_none_is_known() {
        var sent = new Sent();
        sent.view = sent.view.with(ChannelState.unknown(Posts.CHANNEL).ready(null, Posts.START));

        assertThat(sent.next()).isEqualTo(new FindTop());
    }

    @Test
    void rehearses_the_exact_post_before_it_sends_it() {
        var sent = new Sent();

        assertThat(sent.next()).isEqualTo(new Rehearse(ComposedPost.of(sent.command, null)));
        assertThat(sent.rehearsed().next()).isEqualTo(new Send(1, Sent.KNOWN, ComposedPost.of(sent.command, null)));
    }

    @Test
    void rehearses_again_where_the_answer_was_lost() {
        var sent = new Sent();
        sent.take(SendRules.rehearsed(sent.view, new SendOutcome.Unknown("no answer", Duration.ZERO)));

        assertThat(sent.next()).isInstanceOf(Rest.class);
        assertThat(sent.pass(Duration.ofSeconds(5)).next()).isInstanceOf(Rehearse.class);
    }

    @Test
    void gives_up_what_the_rehearsal_shows_to_be_refused_without_any_attempt() {
        var sent = new Sent();
        sent.take(SendRules.rehearsed(sent.view, new SendOutcome.ContentRefused("can't parse entities")));

        assertThat(sent.state().stage()).isEqualTo(Stage.FAILED);
        assertThat(sent.untold()).containsExactly("failed");
    }

    @Test
    void sends_a_photo_by_the_file_id_of_its_rehearsal() {
        var sent = new Sent();
        sent.take(SendRules.rehearsed(sent.view, new SendOutcome.Posted(1, Posts.shown(sent.command), "file-1")));

        assertThat(sent.next()).isInstanceOfSatisfying(Send.class,
                send -> assertThat(send.post().photo()).isEqualTo("file-1"));
    }

    @Test
    void stays_queued_while_the_kill_switch_is_off() {
        var sent = new Sent().rehearsed();
        sent.mayPost = false;

        assertThat(sent.next()).isEqualTo(new Rest(sent.view.now().plus(PostRules.AGAIN_IN)));
    }

    @Test
    void finishes_and_reads_back_what_is_under_way_while_the_kill_switch_is_off() {
        var sent = new Sent().posted(101);
        sent.mayPost = false;

        assertThat(sent.next()).isInstanceOf(Verify.class);
    }

    @Test
    void looks_for_a_lost_answer_while_the_kill_switch_is_off() {
        var sent = new Sent().unknown();
        sent.mayPost = false;

        assertThat(sent.next()).isInstanceOf(LookForPost.class);
    }

    @Test
    void leaves_time_between_two_posts_of_a_channel() {
        var sent = new Sent().begun().answered(new SendOutcome.NotSent("no connection"));
        sent.take(new PostChange(sent.view.job().with(sent.state().effort(sent.state().effort(), null)),
                sent.view.channel()));

        assertThat(sent.next()).isEqualTo(new Rest(Posts.START.plus(sent.settings.perChatInterval())));
    }

    @Test
    void an_answer_with_the_marker_is_a_post() {
        var sent = new Sent().posted(101);

        assertThat(sent.view.job().attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.outcome()).isEqualTo(Outcome.POSTED);
            assertThat(attempt.messageId()).isEqualTo(101);
        });
        assertThat(sent.view.channel().mark()).isEqualTo(101);
    }

    @Test
    void an_answer_without_the_marker_leaves_the_outcome_unknown() {
        var sent = new Sent().begun().answered(new SendOutcome.Posted(101, Posts.another(), null));

        assertThat(sent.view.job().open()).isPresent();
        assertThat(sent.next()).isInstanceOf(LookForPost.class);
    }

    @Test
    void a_refused_content_fails_the_job() {
        var sent = new Sent().begun().answered(new SendOutcome.ContentRefused("message is too long"));

        assertThat(sent.next()).isEqualTo(new Rest(null));
        assertThat(sent.untold()).containsExactly("started/1", "not-made/1", "failed");
    }

    @Test
    void a_refusal_that_lies_in_the_channel_holds_it_and_leaves_the_job_queued() {
        var sent = new Sent().begun().answered(new SendOutcome.PlaceRefused("bot was kicked"));

        assertThat(sent.state().stage()).isEqualTo(Stage.QUEUED);
        assertThat(sent.next()).isEqualTo(new Rest(Posts.START.plus(SendRules.HOLD)));
        assertThat(sent.untold()).containsExactly("started/1", "not-made/1", "held/bot was kicked");
    }

    @Test
    void a_held_channel_is_checked_again_and_released_once_it_is_ready() {
        var sent = new Sent().begun().answered(new SendOutcome.PlaceRefused("bot was kicked")).pass(SendRules.HOLD);
        assertThat(sent.next()).isEqualTo(new CheckChannel());

        sent.take(SendRules.checked(sent.view, new ChannelCheck.Ready("launch_demo")));

        assertThat(sent.next()).isInstanceOfSatisfying(Send.class, send -> assertThat(send.number()).isEqualTo(2));
    }

    @Test
    void a_channel_in_which_something_lacks_is_held() {
        var sent = new Sent();
        sent.take(SendRules.checked(sent.view, new ChannelCheck.Lacking("can_post_messages")));

        assertThat(sent.next()).isEqualTo(new Rest(Posts.START.plus(SendRules.HOLD)));
        assertThat(sent.untold()).containsExactly("held/can_post_messages");
    }

    @Test
    void what_was_not_written_may_be_sent_again_after_a_pause() {
        var sent = new Sent().begun().answered(new SendOutcome.NotSent("connection refused"));

        assertThat(sent.next()).isInstanceOf(Rest.class);
        assertThat(sent.pass(Duration.ofSeconds(5)).next()).isInstanceOf(Send.class);
    }

    @Test
    void a_refused_rate_is_looked_for_after_its_time_and_not_sent_again() {
        var sent = new Sent().begun().answered(new SendOutcome.Unknown("retry after 7", Duration.ofSeconds(7)));

        assertThat(sent.next()).isEqualTo(new Rest(Posts.START.plusSeconds(7)));
        assertThat(sent.pass(Duration.ofSeconds(7)).next()).isInstanceOf(LookForPost.class);
    }

    @Test
    void an_attempt_whose_worker_is_gone_is_looked_for() {
        var sent = new Sent().begun().claimed();

        assertThat(sent.next()).isInstanceOf(LookForPost.class);
        assertThat(sent.untold()).containsExactly("started/1", "unknown/1");
    }

    @Test
    void what_was_never_sent_fails_once_its_time_is_over() {
        var sent = new Sent().at(Posts.START.plus(Duration.ofHours(2)));

        assertThat(sent.next()).isInstanceOf(GiveUp.class);
        assertThat(SendRules.givenUp(sent.view, "late").stage()).isEqualTo(Stage.FAILED);
    }

    @Test
    void waits_no_longer_than_until_its_time_is_over() {
        var sent = new Sent().rehearsed().at(Posts.START.plus(Duration.ofHours(1)).minusSeconds(1));
        sent.mayPost = false;

        assertThat(sent.next()).isEqualTo(new Rest(sent.command.notAfter().plusMillis(1)));
    }

    @Test
    void without_a_log_channel_nothing_is_sent_while_another_jobs_outcome_is_unknown() {
        assertThat(Sent.withoutLog().othersOpen().next()).isInstanceOf(Rest.class);
        assertThat(Sent.withoutLog().next()).isInstanceOf(Send.class);
    }

    @Test
    void with_a_log_channel_another_jobs_unknown_outcome_delays_only_itself() {
        assertThat(new Sent().rehearsed().othersOpen().next()).isInstanceOf(Send.class);
    }

    @Test
    void the_post_carries_its_marker_as_a_link_and_as_a_button() {
        var sent = new Sent();
        var post = ComposedPost.of(sent.command, null);

        assertThat(post.markerUrl()).isEqualTo(sent.command.markerUrl());
        assertThat(post.entities().getLast()).isEqualTo(new TextEntity("text_link", "Buy a lamp\n\n".length(), 4,
                sent.command.markerUrl()));
    }
}
