package io.campaignlauncher.posting.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.pace.Timeline;
import io.campaignlauncher.posting.model.ChannelState.KnownPost;
import io.campaignlauncher.posting.model.LookRules;
import io.campaignlauncher.posting.model.PostAttempt;
import io.campaignlauncher.posting.model.PostAttempt.Outcome;
import io.campaignlauncher.posting.model.PostChange;
import io.campaignlauncher.posting.model.PostContent;
import io.campaignlauncher.posting.model.PostReports;
import io.campaignlauncher.posting.model.PostView;
import io.campaignlauncher.posting.model.PostingCommand.PublishPost;
import io.campaignlauncher.posting.model.PostingCommand.ResolvePost;
import io.campaignlauncher.posting.model.PostingCommand.WithdrawPost;
import io.campaignlauncher.posting.model.Posts;
import io.campaignlauncher.posting.model.SendOutcome;
import io.campaignlauncher.posting.model.SendRules;
import io.campaignlauncher.posting.model.Stage;
import io.campaignlauncher.posting.store.PostStore.Accepted;
import io.campaignlauncher.posting.store.PostStore.Claim;
import io.campaignlauncher.posting.store.PostStore.LeaseLost;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** What every store of posts keeps to. Each test begins with an empty store. */
public abstract class PostStoreContract {

    protected static final Duration LEASE = Duration.ofSeconds(30);
    protected static final Duration ATTEMPT_MAX = Duration.ofSeconds(65);

    private final PublishPost command = Posts.command();

    /** The store under test; within a test always the same rows. */
    protected abstract PostStore store();

    /** Lets time go on for all that is stored. */
    protected abstract void pass(Duration time);

    /** From now on the store goes on from a state in which what was committed last may be missing. */
    protected abstract void changeTimeline();

    @Test
    void a_post_that_was_accepted_is_claimed() {
        store().accept(command).block();

        assertThat(claim("a")).isEqualTo(new Claim(Posts.CHANNEL, 1, command.jobId()));
    }

    @Test
    void the_same_post_again_is_the_same_post() {
        assertThat(store().accept(command).block()).isEqualTo(Accepted.TAKEN);
        assertThat(store().accept(command).block()).isEqualTo(Accepted.TAKEN);

        var claim = claim("a");
        read(claim);
        store().release(claim, null).block();
        assertThat(claim("a")).isNull();
    }

    @Test
    void a_post_that_comes_again_is_told_anew() {
        store().accept(command).block();
        var first = claim("a");
        var told = change(first, view -> new PostChange(
                view.job().with(SendRules.givenUp(view, "why")), view.channel()));
        change(first, view -> new PostChange(
                PostReports.told(view.job(),
                        PostReports.untold(told).getFirst()),
                view.channel()));
        store().release(first, null).block();

        store().accept(command).block();

        assertThat(PostReports.untold(read(claim("a")))).hasSize(1);
    }

    @Test
    void another_content_under_the_same_job_is_refused() {
        store().accept(command).block();
        var other = Posts.command(command.jobId());
        var changed = new PublishPost(other.jobId(), other.targetId(), other.chatId(),
                new PostContent("Buy two lamps", List.of(),
                        null, "More"),
                other.markerUrl(), null, other.notAfter(), "local", "u-1", other.sentAt());

        assertThat(store().accept(changed).block()).isEqualTo(Accepted.OTHER_CONTENT);
        assertThat(read(claim("a")).job().command()).isEqualTo(command);
    }

    @Test
    void a_channel_has_one_worker_at_a_time() {
        store().accept(command).block();
        store().accept(Posts.command()).block();
        store().accept(Posts.command(UUID.randomUUID(), Posts.CHANNEL - 1, Posts.START)).block();

        var claims = Flux.range(0, 8).flatMap(i -> store().claim("w" + i, LEASE), 8).collectList().block();

        assertThat(claims).extracting(Claim::chatId).containsExactlyInAnyOrder(Posts.CHANNEL, Posts.CHANNEL - 1);
    }

    @Test
    void a_claim_whose_lease_is_over_goes_to_the_next_worker_with_a_higher_number() {
        store().accept(command).block();
        var first = claim("a");
        assertThat(claim("b")).isNull();

        pass(LEASE.plusSeconds(1));

        assertThat(claim("b")).isEqualTo(new Claim(Posts.CHANNEL, first.number() + 1, command.jobId()));
        assertThat(store().holds(first).block()).isFalse();
    }

    @Test
    void a_worker_that_wakes_up_late_records_nothing_over_a_later_one() {
        store().accept(command).block();
        var first = claim("a");
        pass(LEASE.plusSeconds(1));
        var second = claim("b");
        begin(second);

        assertThatThrownBy(() -> begin(first)).isInstanceOf(LeaseLost.class);
        assertThatThrownBy(() -> change(first, view -> SendRules.sent(view, 1,
                new SendOutcome.ContentRefused("late")))).isInstanceOf(LeaseLost.class);
        store().release(first, null).block();

        assertThat(store().holds(second).block()).isTrue();
        assertThat(read(second).job().attempts()).singleElement()
                .satisfies(attempt -> assertThat(attempt.claim()).isEqualTo(second.number()));
    }

    @Test
    void a_claim_whose_lease_is_over_does_not_hold_and_goes_on_where_nobody_came() {
        store().accept(command).block();
        var claim = claim("a");
        pass(LEASE.plusSeconds(1));
        assertThat(store().holds(claim).block()).isFalse();

        read(claim);

        assertThat(store().holds(claim).block()).isTrue();
    }

    @Test
    void a_longer_lease_is_never_shortened() {
        store().accept(command).block();
        var claim = claim("a");
        store().change(claim, Duration.ofMinutes(5), view -> new PostChange(view.job(), view.channel())).block();

        read(claim);
        pass(LEASE.plusSeconds(1));

        assertThat(store().holds(claim).block()).isTrue();
    }

    @Test
    void what_a_worker_stored_before_it_died_is_what_the_next_one_finds() {
        store().accept(command).block();
        var stored = begin(claim("a"));
        pass(Duration.ofMinutes(3));

        var next = read(claim("b"));

        assertThat(next.job()).isEqualTo(stored.job().with(stored.job().attempts().getFirst()));
        assertThat(next.job().attempts()).extracting(PostAttempt::outcome).containsExactly(Outcome.UNDER_WAY);
        assertThat(next.channel().lastSendAt()).isNotNull();
    }

    @Test
    void an_outcome_is_kept_with_the_post_in_the_channel() {
        store().accept(command).block();
        var claim = claim("a");
        begin(claim);

        change(claim, view -> SendRules.sent(view, 1, new SendOutcome.Posted(7, Posts.shown(command), null)));

        var view = read(claim);
        assertThat(view.job().attempts()).extracting(PostAttempt::messageId).containsExactly(7);
        assertThat(view.channel().mark()).isEqualTo(7);
        assertThat(view.channel().controls()).containsExactly(7);
        assertThat(view.channel().posts()).singleElement()
                .satisfies(post -> assertThat(post.jobId()).isEqualTo(command.jobId()));
    }

    @Test
    void other_posts_of_the_channel_and_open_attempts_are_seen() {
        var other = Posts.command();
        store().accept(command).block();
        var first = claim("a");
        begin(first);
        store().release(first, null).block();
        store().accept(other).block();

        assertThat(read(claim("b")).othersOpen()).isTrue();
    }

    @Test
    void a_withdrawal_is_taken_up_by_whoever_is_at_work() {
        store().accept(command).block();
        var claim = claim("a");
        read(claim);

        store().accept(new WithdrawPost(command.jobId(), "why")).block();

        assertThat(read(claim).job().state().withdrawal()).isEqualTo("why");
    }

    @Test
    void a_withdrawal_wakes_a_post_that_rests() {
        store().accept(command).block();
        store().release(claim("a"), null).block();
        assertThat(claim("a")).isNull();

        store().accept(new WithdrawPost(command.jobId(), "why")).block();

        assertThat(read(claim("a")).job().state().withdrawal()).isEqualTo("why");
    }

    @Test
    void a_withdrawal_that_comes_just_before_a_post_is_let_rest_is_not_forgotten() {
        store().accept(command).block();
        var claim = claim("a");
        read(claim);
        store().accept(new WithdrawPost(command.jobId(), "why")).block();

        store().release(claim, null).block();

        assertThat(claim("a")).isNotNull();
    }

    @Test
    void a_withdrawal_that_comes_before_its_post_is_kept_for_it() {
        store().accept(new WithdrawPost(command.jobId(), "why")).block();
        store().accept(command).block();

        assertThat(read(claim("a")).job().state().withdrawal()).isEqualTo("why");
    }

    @Test
    void a_decision_of_a_person_is_taken_up() {
        store().accept(command).block();
        var claim = claim("a");
        begin(claim);
        change(claim, view -> new PostChange(view.job().with(SendRules.asked(view, "?")), view.channel()));

        store().accept(new ResolvePost(command.jobId(), 7, "m-1")).block();

        assertThat(read(claim).job().state().stage()).isEqualTo(Stage.CONFIRMED);
    }

    /** Else a job that is taken back where posts are known by their place would take this one for its own. */
    @Test
    void a_post_that_only_a_person_has_named_is_known_to_the_other_jobs_of_its_channel() {
        var other = Posts.command();
        store().accept(command).block();
        var claim = claim("a");
        begin(claim);
        change(claim, view -> new PostChange(view.job().with(SendRules.asked(view, "?")), view.channel()));
        store().accept(new ResolvePost(command.jobId(), 7, "m-1")).block();
        read(claim);
        store().accept(other).block();
        store().postpone(claim, Duration.ofMinutes(1)).block();

        var next = claim("a");

        assertThat(next.jobId()).isEqualTo(other.jobId());
        assertThat(read(next).channel().posts()).extracting(KnownPost::messageId).contains(7);
    }

    @Test
    void a_post_rests_until_its_time() {
        store().accept(command).block();
        var claim = claim("a");
        var now = read(claim).now();
        store().release(claim, now.plus(Duration.ofMinutes(1))).block();
        assertThat(claim("a")).isNull();

        pass(Duration.ofMinutes(2));

        assertThat(claim("a")).isNotNull();
    }

    @Test
    void a_post_that_failed_waits_and_leaves_its_channel_to_others() {
        var other = Posts.command();
        store().accept(command).block();
        var claim = claim("a");
        store().accept(other).block();

        store().postpone(claim, Duration.ofMinutes(1)).block();

        var next = claim("a");
        assertThat(next.jobId()).isEqualTo(other.jobId());
        store().release(next, null).block();
        assertThat(claim("a")).isNull();
        pass(Duration.ofMinutes(2));
        assertThat(claim("a").jobId()).isEqualTo(command.jobId());
    }

    @Test
    void what_fails_in_a_rule_changes_nothing() {
        store().accept(command).block();
        store().accept(new WithdrawPost(command.jobId(), "why")).block();
        var claim = claim("a");

        assertThatThrownBy(() -> change(claim, _ -> {
            throw new IllegalStateException("a defect");
        })).isInstanceOf(IllegalStateException.class);

        assertThat(read(claim).job().state().withdrawal()).isEqualTo("why");
    }

    @Test
    void a_confirmed_post_rests() {
        store().accept(command).block();
        var claim = claim("a");
        change(claim, view -> new PostChange(view.job().with(LookRules.confirmed(view.job().state())),
                view.channel()));

        assertThat(read(claim).job().over()).isTrue();
    }

    @Test
    void a_channel_that_somebody_had_before_the_timeline_changed_is_his_no_longer() {
        store().accept(command).block();
        var before = claim("a");
        changeTimeline();

        assertThat(store().holds(before).block()).isFalse();
        assertThatThrownBy(() -> read(before)).isInstanceOf(LeaseLost.class);
        store().release(before, null).block();
        store().postpone(before, Duration.ofDays(1)).block();

        assertThat(claim("b").number()).isGreaterThan(before.number() + 1_000_000);
    }

    /** Whoever has it goes by what is forgotten. */
    @Test
    void a_claim_that_was_forgotten_is_of_no_effect_whoever_comes_first() {
        store().accept(command).block();
        var known = claim("a");
        changeTimeline();
        var forgotten = new Claim(known.chatId(), known.number() + 1, known.jobId());

        assertThatThrownBy(() -> begin(forgotten)).isInstanceOf(LeaseLost.class);
        var next = claim("b");

        assertThat(store().holds(forgotten).block()).isFalse();
        assertThat(store().holds(next).block()).isTrue();
    }

    @Test
    void a_post_that_was_asked_for_before_the_timeline_changed_is_in_doubt_once_for_each_change() {
        store().accept(command).block();
        changeTimeline();

        var claim = claim("a");
        var doubted = read(claim);
        assertThat(doubted.job().open()).hasValueSatisfying(attempt -> {
            assertThat(attempt.number()).isOne();
            assertThat(attempt.wasUnknown()).isTrue();
            assertThat(attempt.deadline())
                    .isAfterOrEqualTo(doubted.rewindings().all().getLast().at().plus(ATTEMPT_MAX));
        });
        change(claim, view -> SendRules.sent(view, 1, new SendOutcome.NotSent("why")));
        assertThat(read(claim).job().open()).isEmpty();

        pass(Duration.ofMinutes(5));
        changeTimeline();
        assertThat(read(claim("b")).job().open()).map(PostAttempt::number).hasValue(2);
    }

    @Test
    void a_post_whose_attempt_was_open_when_the_timeline_changed_is_in_doubt_as_long_as_one_that_was_forgotten() {
        store().accept(command).block();
        begin(claim("a"));
        pass(Duration.ofMinutes(5));
        changeTimeline();

        var doubted = read(claim("b"));

        assertThat(doubted.job().attempts()).singleElement().returns(Outcome.UNKNOWN, PostAttempt::outcome);
        assertThat(doubted.job().open().orElseThrow().deadline())
                .isAfterOrEqualTo(doubted.rewindings().all().getLast().at().plus(ATTEMPT_MAX));
        assertThat(read(again(doubted)).job()).isEqualTo(doubted.job());
    }

    @Test
    void a_post_that_was_asked_for_later_is_in_no_doubt() {
        changeTimeline();
        store().accept(Posts.command()).block();
        var since = read(claim("a")).rewindings().all().getLast().at();
        var later = Posts.sent(since.plus(Timeline.CLOCKS_DIFFER_MAX).plusMillis(1));
        pass(LEASE.plusSeconds(1));
        store().accept(later).block();

        assertThat(posts("b", "c")).filteredOn(view -> view.job().command().jobId().equals(later.jobId()))
                .singleElement().satisfies(view -> assertThat(view.job().attempts()).isEmpty());
    }

    /** What was forgotten may have posted above the mark of then, and others after it. */
    @Test
    void a_post_that_comes_again_when_its_channel_has_gone_on_is_looked_for_from_where_the_timeline_changed() {
        posted(Posts.command(), 7);
        changeTimeline();
        posted(Posts.sent(Posts.START.plus(Duration.ofDays(10_000))), 9);

        store().accept(command).block();

        var view = read(claim("a"));
        assertThat(view.channel().mark()).isEqualTo(9);
        assertThat(view.job().open()).map(PostAttempt::mark).hasValue(7);
        assertThat(view.channel().posts()).extracting(KnownPost::messageId).contains(9);
    }

    @Test
    void a_post_that_was_forgotten_twice_is_looked_for_from_where_the_timeline_changed_first() {
        posted(Posts.command(), 7);
        changeTimeline();
        var later = Posts.START.plus(Duration.ofDays(10_000));
        posted(Posts.sent(later), 9);
        pass(Duration.ofMinutes(1));
        changeTimeline();
        posted(Posts.sent(later), 11);

        store().accept(command).block();

        assertThat(read(claim("a")).job().open()).map(PostAttempt::mark).hasValue(7);
    }

    @Test
    void a_post_in_a_channel_that_was_forgotten_is_looked_for_from_its_first_message_on() {
        changeTimeline();
        posted(Posts.sent(Posts.START.plus(Duration.ofDays(10_000))), 9);

        store().accept(command).block();

        assertThat(read(claim("a")).job().open()).map(PostAttempt::mark).hasValue(0);
    }

    @Test
    void a_decision_of_a_person_counts_for_a_post_whose_attempt_was_forgotten() {
        store().accept(command).block();
        changeTimeline();
        store().accept(new ResolvePost(command.jobId(), 7, "m-1")).block();

        assertThat(read(claim("a")).job().attempts()).extracting(PostAttempt::messageId).containsExactly(7);
    }

    private void posted(PublishPost post, int id) {
        store().accept(post).block();
        var claim = claim("a");
        begin(claim);
        change(claim, view -> SendRules.sent(view, 1, new SendOutcome.Posted(id, Posts.shown(post), null)));
        store().release(claim, null).block();
    }

    private List<PostView> posts(String... owners) {
        return Stream.of(owners).map(this::claim).map(claim -> {
            var view = read(claim);
            store().postpone(claim, Duration.ofDays(1)).block();
            return view;
        }).toList();
    }

    private static Claim again(PostView view) {
        return new Claim(view.channel().chatId(), view.claim(), view.job().command().jobId());
    }

    protected @Nullable Claim claim(String owner) {
        return store().claim(owner, LEASE).block();
    }

    protected PostView change(Claim claim, Function<PostView, PostChange> rule) {
        return store().change(claim, LEASE, rule).block();
    }

    protected PostView read(Claim claim) {
        return change(claim, view -> new PostChange(view.job(), view.channel()));
    }

    /** Stores the next attempt. */
    protected PostView begin(Claim claim) {
        return change(claim, view -> SendRules.begun(view, attempt(view.job().attempts().size() + 1, view.now(),
                claim)));
    }

    private static PostAttempt attempt(int number, Instant now, Claim claim) {
        return PostAttempt.begun(number, 5, "hash", now, now.plusSeconds(65), claim.number());
    }
}
