package io.campaignlauncher.posting.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.posting.model.PostState.Question.Subject;
import io.campaignlauncher.posting.model.PostStep.Confirm;
import io.campaignlauncher.posting.model.PostStep.GiveUp;
import io.campaignlauncher.posting.model.PostStep.LastLook;
import io.campaignlauncher.posting.model.PostStep.LookToWithdraw;
import io.campaignlauncher.posting.model.PostStep.Remove;
import io.campaignlauncher.posting.model.PostStep.Rest;
import io.campaignlauncher.posting.model.PostingCommand.ResolvePost;
import io.campaignlauncher.posting.model.PostingCommand.WithdrawPost;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastLookTest {

    @Test
    void a_post_is_told_once_it_was_read_back() {
        var sent = new Sent().posted(101);
        assertThat(sent.untold()).containsExactly("started/1");

        sent.look();

        assertThat(sent.state().stage()).isEqualTo(Stage.POSTED);
        assertThat(sent.untold()).containsExactly("started/1", "posted/101");
        assertThat(PostReports.untold(sent.view)).last().isInstanceOfSatisfying(PostReport.Posted.class, posted -> {
            assertThat(posted.link()).isEqualTo("https://t.me/launch_demo/101");
            assertThat(posted.contentHash()).isEqualTo(Posts.shown(sent.command).hash());
        });
    }

    @Test
    void a_post_of_a_private_channel_has_a_link_of_its_members() {
        assertThat(PostReports.link(-1_001_234_567_890L, null, 7)).isEqualTo("https://t.me/c/1234567890/7");
    }

    @Test
    void a_post_that_was_answered_and_is_not_there_is_never_posted_again() {
        var sent = new Sent().posted(101).deleted(101);
        while (sent.state().question() == null) {
            sent.look().pass(Duration.ofHours(1));
        }

        assertThat(sent.state().question().subject()).isEqualTo(Subject.GONE);
        assertThat(sent.pass(Duration.ofDays(1)).next()).isEqualTo(new Rest(null));
    }

    @Test
    void a_post_that_shows_late_is_read_back_later() {
        var sent = new Sent().posted(101).deleted(101).look().pass(Duration.ofSeconds(10)).ours(101).look();

        assertThat(sent.state().stage()).isEqualTo(Stage.POSTED);
    }

    @Test
    void a_post_that_differs_from_its_rehearsal_is_for_a_person() {
        var sent = new Sent().posted(101);
        sent.reads.put(101, new ReadAnswer.Content(new MessageContent("other", List.of(), null,
                List.of(sent.command.markerUrl()))));

        sent.look();

        assertThat(sent.state().question().subject()).isEqualTo(Subject.CONTENT);
        assertThat(sent.next()).isEqualTo(new Rest(null));
    }

    @Test
    void a_job_whose_attempts_were_all_answered_needs_no_further_look() {
        assertThat(new Sent().verified(101).next()).isEqualTo(new Confirm());
    }

    @Test
    void the_last_look_of_a_job_that_was_in_doubt_waits_until_no_attempt_can_post_any_more() {
        var sent = new Sent().unknown().ours(101).look().look();

        assertThat(sent.next()).isEqualTo(new Rest(sent.view.job().attempts().getLast().deadline()
                .plus(sent.settings.settleDelay().multipliedBy(2))));
        assertThat(sent.quiet().next()).isInstanceOf(LastLook.class);
    }

    @Test
    void one_post_with_the_marker_is_confirmed() {
        var sent = new Sent().unknown().ours(101).look().look().quiet().look();

        assertThat(sent.state().stage()).isEqualTo(Stage.CONFIRMED);
        assertThat(sent.untold()).last().isEqualTo("last-look/OK/101");
        assertThat(sent.next()).isEqualTo(new Rest(null));
    }

    @Test
    void of_several_posts_the_lowest_stays_and_the_look_is_repeated() {
        var sent = new Sent().unknown().ours(101).look().look().ours(103).somebodyElses(102).quiet().look();
        assertThat(sent.next()).isEqualTo(new Remove(103, false));

        sent.take(LookRules.removed(sent.view, (Remove) sent.next(), new RemoveAnswer.Done(false)));
        assertThat(sent.next()).isInstanceOf(LastLook.class);
        sent.deleted(103).look();

        assertThat(sent.state().stage()).isEqualTo(Stage.CONFIRMED);
        assertThat(sent.untold()).last().isEqualTo("last-look/SURPLUS_REMOVED/101");
    }

    @Test
    void a_post_that_was_not_read_is_not_deleted_as_surplus() {
        var sent = Sent.withoutLog().unknown().ours(101).look().look().ours(102).quiet().look();

        assertThat(sent.state().question().subject()).isEqualTo(Subject.SURPLUS);
        assertThat(sent.next()).isEqualTo(new Rest(null));
    }

    @Test
    void no_post_with_the_marker_is_for_a_person() {
        var sent = new Sent().unknown().ours(101).look().look().deleted(101).quiet();
        while (sent.state().question() == null) {
            sent.look().pass(Duration.ofHours(1));
        }

        assertThat(sent.untold()).last().isEqualTo("last-look/GONE/101");
        assertThat(sent.next()).isEqualTo(new Rest(null));
    }

    @Test
    void the_last_look_begins_at_the_mark_of_the_first_attempt() {
        var sent = new Sent().unknown().settled().look().pass(Duration.ofSeconds(10));
        sent.somebodyElses(101).posted(102).look().quiet();

        sent.ours(101).look();

        assertThat(sent.state().removal().pending()).containsExactly(102);
    }

    @Test
    void what_was_never_sent_is_taken_back_at_once() {
        var sent = new Sent();
        sent.take(new PostChange(SendRules.withdrawn(sent.view.job(), new WithdrawPost(sent.command.jobId(), "why")),
                sent.view.channel()));

        assertThat(sent.next()).isEqualTo(new GiveUp("why"));
        assertThat(SendRules.givenUp(sent.view, "why").stage()).isEqualTo(Stage.ROLLED_BACK);
    }

    @Test
    void a_post_is_taken_back_by_deleting_it_and_looking_that_it_is_gone() {
        var sent = withdrawn(new Sent().verified(101));
        assertThat(sent.next()).isEqualTo(new Remove(101, false));
        sent.take(LookRules.removed(sent.view, (Remove) sent.next(), new RemoveAnswer.Done(false)));

        sent.deleted(101).look();
        assertThat(sent.next()).isEqualTo(new Rest(sent.settledAt()));
        sent.settled().look();

        assertThat(sent.state().stage()).isEqualTo(Stage.ROLLED_BACK);
        assertThat(sent.untold()).last().isEqualTo("rolled-back");
    }

    @Test
    void a_deletion_that_was_a_lie_is_repeated() {
        var sent = withdrawn(new Sent().verified(101));
        sent.take(LookRules.removed(sent.view, (Remove) sent.next(), new RemoveAnswer.Done(false))).look();

        assertThat(sent.next()).isEqualTo(new Remove(101, false));
    }

    @Test
    void a_post_that_was_answered_and_does_not_show_yet_is_taken_back_once_it_shows() {
        var sent = withdrawn(new Sent().posted(101));
        sent.take(LookRules.removed(sent.view, (Remove) sent.next(), new RemoveAnswer.Done(false)));

        sent.deleted(101).look().settled().ours(101).look();

        assertThat(sent.next()).isEqualTo(new Remove(101, false));
    }

    @Test
    void an_old_post_is_taken_back_by_a_neutral_text() {
        var sent = withdrawn(new Sent().verified(101)).pass(PostRules.DELETABLE);

        assertThat(sent.next()).isEqualTo(new Remove(101, true));
    }

    @Test
    void taking_back_what_may_still_come_waits_until_it_can_come_no_more() {
        var sent = withdrawn(new Sent().unknown()).look();
        assertThat(sent.next()).isInstanceOf(Rest.class);
        assertThat(sent.quiet().next()).isInstanceOfSatisfying(LookToWithdraw.class,
                look -> assertThat(look.quiet()).isTrue());

        sent.ours(101).look();

        assertThat(sent.next()).isEqualTo(new Remove(101, false));
    }

    @Test
    void what_ran_out_of_time_after_an_unknown_outcome_is_looked_for_before_it_fails() {
        var sent = new Sent().unknown().settled().look().at(Posts.START.plus(Duration.ofHours(2)));
        assertThat(sent.next()).isInstanceOf(GiveUp.class);

        sent.take(new PostChange(sent.view.job().with(SendRules.givenUp(sent.view, "late")), sent.view.channel()));

        assertThat(sent.ours(101).look().next()).isEqualTo(new Remove(101, false));
    }

    @Test
    void a_post_that_cannot_be_removed_is_for_a_person() {
        var sent = withdrawn(new Sent().verified(101));
        while (sent.state().question() == null) {
            sent.take(LookRules.removed(sent.view, (Remove) sent.next(), new RemoveAnswer.Failed("no rights")))
                    .pass(Duration.ofHours(1));
        }

        assertThat(sent.state().question().subject()).isEqualTo(Subject.SURPLUS);
    }

    @Test
    void a_withdrawal_after_the_end_changes_nothing() {
        var sent = new Sent().begun().answered(new SendOutcome.ContentRefused("too long"));
        var job = sent.view.job();

        assertThat(SendRules.withdrawn(job, new WithdrawPost(sent.command.jobId(), "why"))).isEqualTo(job);
    }

    @Test
    void a_person_says_where_the_post_is() {
        var sent = asked();

        var job = SendRules.resolved(sent.view.job(), new ResolvePost(sent.command.jobId(), 105, "m-1"));

        assertThat(job.state().stage()).isEqualTo(Stage.CONFIRMED);
        assertThat(job.state().messageId()).isEqualTo(105);
        assertThat(job.open()).isEmpty();
    }

    @Test
    void a_person_says_that_there_is_none() {
        var sent = asked();
        sent.take(
                new PostChange(SendRules.resolved(sent.view.job(), new ResolvePost(sent.command.jobId(), null, "m-1")),
                        sent.view.channel()));

        assertThat(sent.next()).isInstanceOf(LookToWithdraw.class);
    }

    @Test
    void where_the_post_is_counts_as_long_as_nobody_knows_and_is_read_back() {
        var sent = new Sent().unknown();
        sent.take(new PostChange(SendRules.resolved(sent.view.job(), new ResolvePost(sent.command.jobId(), 105, "m-1")),
                sent.view.channel()));

        assertThat(sent.view.job().open()).isEmpty();
        assertThat(sent.next()).isInstanceOf(PostStep.Verify.class);
    }

    @Test
    void a_post_that_counts_is_not_taken_back() {
        var sent = new Sent().unknown();
        var withdrawn = SendRules.resolved(sent.view.job(), new ResolvePost(sent.command.jobId(), null, "m-1"));
        var job = SendRules.resolved(withdrawn, new ResolvePost(sent.command.jobId(), 105, "m-1"));

        assertThat(job.state().withdrawal()).isNull();
        sent.take(new PostChange(job, sent.view.channel()));
        assertThat(sent.next()).isInstanceOf(PostStep.Verify.class);
    }

    /** Its money is back: whoever decided so may not have waited until they were asked. */
    @Test
    void that_there_shall_be_none_counts_at_any_time() {
        var sent = new Sent().unknown();
        sent.take(
                new PostChange(SendRules.resolved(sent.view.job(), new ResolvePost(sent.command.jobId(), null, "m-1")),
                        sent.view.channel()));

        assertThat(sent.next()).isInstanceOf(LookToWithdraw.class);
    }

    private static Sent asked() {
        var sent = new Sent().unknown().settled().deleted(Sent.KNOWN);
        while (sent.state().question() == null) {
            sent.look().pass(Duration.ofHours(1));
        }
        return sent;
    }

    private static Sent withdrawn(Sent sent) {
        return sent.take(new PostChange(
                SendRules.withdrawn(sent.view.job(), new WithdrawPost(sent.command.jobId(), "why")),
                sent.view.channel()));
    }
}
