package io.campaignlauncher.creation.claims;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.creation.claims.Claims.Claim;
import io.campaignlauncher.creation.claims.Claims.Expired;
import io.campaignlauncher.creation.claims.Claims.Finished;
import io.campaignlauncher.creation.claims.Claims.Wanted;
import io.campaignlauncher.creation.model.CreationSettings;
import io.campaignlauncher.creation.model.RoundLimits;
import io.campaignlauncher.pace.AccountPace.Grant;
import io.campaignlauncher.pace.AccountPace.Reservation;
import io.campaignlauncher.pace.Timeline;
import io.campaignlauncher.schemas.Envelope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What every store of claims keeps to, be it the real one, a test double or the simulation's. Each test begins with an empty store. */
public abstract class ClaimsContract {

    protected static final Duration LEASE = Duration.ofSeconds(30);
    protected static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);
    protected static final RoundLimits LIMITS = new RoundLimits(LEASE, REQUEST_TIMEOUT);
    private static final Duration QUIET_AFTER = LEASE.plus(REQUEST_TIMEOUT);
    private static final Duration LITTLE = Duration.ofSeconds(10);
    private static final Duration CLOCKS_ARE_AGREED = Timeline.CLOCKS_DIFFER_MAX.plusSeconds(1);
    protected static final int CAP = 100;

    /** The store under test; within a test always the same rows. */
    protected abstract Claims claims(CreationSettings settings);

    /** Leaves an account alone for so long. */
    protected abstract void pause(String accountId, Duration wait);

    /** Lets time go on for all that is stored. */
    protected abstract void pass(Duration time);

    /** By the store's clock. */
    protected abstract Instant now();

    /** From now on the store goes on from a state in which what was committed last may be missing. */
    protected abstract void changeTimeline();

    /** The usual ones with a bound of their own, 0 for none. */
    protected static CreationSettings settings(Duration lease, Duration requestTimeout, int mutationsPerSecond) {
        var d = CreationSettings.defaults();
        return new CreationSettings(lease, requestTimeout, d.sweepEvery(), d.reportEvery(), d.branchesAtOnce(),
                d.requestsAtOnce(), d.requestsWaitingMax(), d.commandsAtOnce(), mutationsPerSecond, d.rateLimitPause());
    }

    @Test
    void wins_all_claims_of_a_poll_at_once() {
        var wanted = IntStream.range(0, 16).mapToObj(_ -> wanted(UUID.randomUUID(), 1)).toList();

        assertThat(claim("a/1", wanted)).extracting(Claim::jobId)
                .containsExactlyInAnyOrderElementsOf(wanted.stream().map(Wanted::jobId).toList());
    }

    @Test
    void a_round_is_won_once() {
        var job = UUID.randomUUID();
        assertThat(claim("a/1", List.of(wanted(job, 1)))).hasSize(1);

        assertThat(claim("b/1", List.of(wanted(job, 1)))).isEmpty();
        assertThat(claim("a/2", List.of(wanted(job, 1)))).isEmpty();
    }

    @Test
    void a_round_is_won_once_however_long_ago() {
        var job = UUID.randomUUID();
        assertThat(claim("a/1", List.of(wanted(job, 1)))).hasSize(1);
        pass(QUIET_AFTER.multipliedBy(10));

        assertThat(claim("b/1", List.of(wanted(job, 1)))).isEmpty();
    }

    @Test
    void an_earlier_round_is_not_won_and_a_later_one_is() {
        var job = UUID.randomUUID();
        claim("a/1", List.of(wanted(job, 2)));

        assertThat(claim("b/1", List.of(wanted(job, 1)))).isEmpty();
        assertThat(claim("b/2", List.of(wanted(job, 3)))).singleElement().returns(3, Claim::round);
    }

    @Test
    void a_command_that_has_waited_too_long_is_left_alone() {
        var late = UUID.randomUUID();
        var inTime = UUID.randomUUID();

        assertThat(claim("a/1", List.of(
                new Wanted(late, 1, "act_1", now().minusSeconds(1), LIMITS, 3, envelope(late)),
                new Wanted(inTime, 1, "act_1", now().plusSeconds(60), LIMITS, 3, envelope(inTime)))))
                .singleElement().returns(inTime, Claim::jobId);
    }

    @Test
    void what_may_have_been_claimed_before_the_timeline_changed_is_taken_for_claimed_and_expires() {
        var before = UUID.randomUUID();
        var after = UUID.randomUUID();
        var sentBefore = sent(before, 1, now());
        changeTimeline();

        assertThat(claim("a/1", List.of(sentBefore, sent(after, 1, now().plus(CLOCKS_ARE_AGREED)))))
                .singleElement().returns(after, Claim::jobId);
        store().finish(List.of(new Finished(after, 1))).block();
        pass(QUIET_AFTER.minus(LITTLE));
        assertThat(claim("a/1", List.of(sentBefore))).isEmpty();
        assertThat(swept()).isEmpty();
        pass(LITTLE.multipliedBy(2));
        assertThat(swept()).singleElement().returns(before, Expired::jobId).returns(1, Expired::round);
        assertThat(claim("b/1", List.of(sent(before, 2, now().plus(CLOCKS_ARE_AGREED))))).hasSize(1);
    }

    @Test
    void whoever_lost_a_claim_with_the_timeline_ends_it_all_the_same() {
        var job = UUID.randomUUID();
        var sentBefore = sent(job, 1, now());
        changeTimeline();
        claim("b/1", List.of(sentBefore));
        store().finish(List.of(new Finished(job, 1))).block();
        pass(QUIET_AFTER.plus(LITTLE));

        assertThat(swept()).isEmpty();
        assertThat(claim("b/2", List.of(sent(job, 2, now().plus(CLOCKS_ARE_AGREED))))).hasSize(1);
    }

    @Test
    void an_attempt_whose_outcome_was_lost_wins_again_until_its_round_is_finished() {
        var job = UUID.randomUUID();
        claim("a/1", List.of(wanted(job, 1)));
        assertThat(claim("a/1", List.of(wanted(job, 1)))).hasSize(1);

        store().finish(List.of(new Finished(job, 1))).block();
        assertThat(claim("a/1", List.of(wanted(job, 1)))).isEmpty();
    }

    @Test
    void a_claim_is_swept_once_lease_and_time_out_are_over_and_not_before() {
        var job = UUID.randomUUID();
        claim("a/1", List.of(wanted(job, 4)));
        pass(QUIET_AFTER.minus(LITTLE));
        assertThat(swept()).isEmpty();

        pass(LITTLE.multipliedBy(2));
        assertThat(swept()).singleElement().satisfies(one -> {
            assertThat(one.jobId()).isEqualTo(job);
            assertThat(one.round()).isEqualTo(4);
            assertThat(one.quietAt()).isEqualTo(one.claimedAt().plus(QUIET_AFTER)).isBefore(now());
            assertThat(one.cause()).returns("command", Envelope::id).returns("correlation", Envelope::correlationId)
                    .returns("00-trace", Envelope::traceparent);
        });
        assertThat(swept()).isEmpty();
    }

    @Test
    void a_claim_is_judged_by_the_limits_of_its_command_whatever_the_settings_of_the_creator_that_finds_it() {
        var job = UUID.randomUUID();
        claim("a/1", List.of(wanted(job, 1)));
        pass(QUIET_AFTER.plus(LITTLE));

        assertThat(swept(claims(settings(Duration.ofSeconds(1), Duration.ofMillis(1), 0)), _ -> Mono.empty()))
                .singleElement()
                .satisfies(one -> assertThat(one.quietAt()).isEqualTo(one.claimedAt().plus(QUIET_AFTER)));
    }

    @Test
    void an_unreported_claim_is_left_for_the_next_sweep_and_only_that() {
        var bad = UUID.randomUUID();
        var good = UUID.randomUUID();
        claim("a/1", List.of(wanted(bad, 1), wanted(good, 1)));
        pass(QUIET_AFTER.plus(LITTLE));

        var ended = store()
                .sweep(one -> one.jobId().equals(bad) ? Mono.error(new IllegalStateException("away")) : Mono.empty())
                .block();
        assertThat(ended).isEqualTo(1);
        assertThat(swept()).singleElement().returns(bad, Expired::jobId);
    }

    @Test
    void a_claim_that_was_swept_is_not_won_again_by_whoever_had_it() {
        var job = UUID.randomUUID();
        claim("a/1", List.of(wanted(job, 1)));
        pass(QUIET_AFTER.plus(LITTLE));
        assertThat(swept()).hasSize(1);

        assertThat(claim("a/1", List.of(wanted(job, 1)))).isEmpty();
    }

    @Test
    void a_finished_round_is_not_swept_and_a_superseded_one_cannot_be_finished() {
        var finished = UUID.randomUUID();
        var superseded = UUID.randomUUID();
        claim("a/1", List.of(wanted(finished, 1), wanted(superseded, 1)));
        claim("b/1", List.of(wanted(superseded, 2)));
        store().finish(List.of(new Finished(finished, 1), new Finished(superseded, 1))).block();
        pass(QUIET_AFTER.plus(LITTLE));

        assertThat(swept()).singleElement().returns(superseded, Expired::jobId).returns(2, Expired::round);
    }

    @Test
    void a_paused_account_is_claimed_for_and_gets_nothing_reserved() {
        pause("act_1", Duration.ofSeconds(30));
        pause("act_1", Duration.ofSeconds(5));

        for (var cap : List.of(0, CAP)) {
            assertThat(claim(claims(settings(LEASE, REQUEST_TIMEOUT, cap)), "a/1",
                    List.of(wanted(UUID.randomUUID(), 1)))).singleElement().satisfies(claim -> {
                        assertThat(claim.pausedFor()).isBetween(Duration.ofSeconds(25), Duration.ofSeconds(30));
                        assertThat(claim.reservation()).isEqualTo(Reservation.NONE);
                    });
        }
        pass(Duration.ofSeconds(31));
        assertThat(claim("a/1", List.of(wanted(UUID.randomUUID(), 1)))).singleElement()
                .returns(Duration.ZERO, Claim::pausedFor);
    }

    @Test
    void claims_of_one_poll_on_one_account_share_its_window() {
        var won = claim("a/1", List.of(wanted(UUID.randomUUID(), 1, 60), wanted(UUID.randomUUID(), 1, 60)));

        assertThat(won.stream().flatMap(claim -> claim.reservation().grants().stream())
                .filter(grant -> grant.startsIn().isZero()).mapToInt(Grant::mutations).sum()).isEqualTo(CAP);
    }

    @Test
    void nothing_is_reserved_that_would_begin_after_the_lease() {
        var won = claim("a/1", List.of(wanted(UUID.randomUUID(), 1, 40 * CAP)));

        assertThat(won).singleElement().satisfies(claim -> assertThat(claim.reservation().grants()).isNotEmpty()
                .allMatch(grant -> grant.startsIn().compareTo(LEASE) < 0));
        assertThat(won.getFirst().reservation().grants().stream().mapToInt(Grant::mutations).sum())
                .isLessThan(40 * CAP);
    }

    private Claims store() {
        return claims(settings(LEASE, REQUEST_TIMEOUT, CAP));
    }

    private List<Expired> swept() {
        return swept(store(), _ -> Mono.empty());
    }

    private static List<Expired> swept(Claims claims, Function<Expired, Mono<Void>> report) {
        var expired = new ArrayList<Expired>();
        var ended = claims.sweep(one -> report.apply(one).doOnSuccess(_ -> expired.add(one))).block();
        assertThat(expired).hasSize(ended == null ? -1 : ended);
        return expired;
    }

    private List<Claim> claim(String claimant, Collection<Wanted> wanted) {
        return claim(store(), claimant, wanted);
    }

    protected static List<Claim> claim(Claims claims, String claimant, Collection<Wanted> wanted) {
        var won = claims.claim(claimant, wanted).retry(3).block();
        return won == null ? List.of() : won;
    }

    protected static Wanted wanted(UUID job, int round) {
        return wanted(job, round, 3);
    }

    protected static Wanted wanted(UUID job, int round, int mutations) {
        return new Wanted(job, round, "act_1", null, LIMITS, mutations, envelope(job));
    }

    private static Wanted sent(UUID job, int round, Instant at) {
        return new Wanted(job, round, "act_1", null, LIMITS, 3, envelope(job, at));
    }

    protected static Envelope envelope(UUID job) {
        return envelope(job, Instant.EPOCH);
    }

    private static Envelope envelope(UUID job, Instant sentAt) {
        return new Envelope("command", "CreateEntities", "/job-service", job.toString(), sentAt, 7L,
                "correlation", null, "00-trace");
    }
}
