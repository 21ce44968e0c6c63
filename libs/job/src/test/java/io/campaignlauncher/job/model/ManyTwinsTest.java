package io.campaignlauncher.job.model;

import static io.campaignlauncher.job.model.JobScenario.given;
import static io.campaignlauncher.job.model.Samples.NETWORK;
import static io.campaignlauncher.job.model.Samples.POLICY;
import static io.campaignlauncher.job.model.Samples.READABLE;
import static io.campaignlauncher.job.model.Samples.SUSPENDED;
import static io.campaignlauncher.job.model.Samples.T0;
import static io.campaignlauncher.job.model.Samples.ad;
import static io.campaignlauncher.job.model.Samples.adSet;
import static io.campaignlauncher.job.model.Samples.campaignAndBranches;
import static io.campaignlauncher.job.model.Samples.deleted;
import static io.campaignlauncher.job.model.Samples.deletionRequested;
import static io.campaignlauncher.job.model.Samples.differs;
import static io.campaignlauncher.job.model.Samples.endWait;
import static io.campaignlauncher.job.model.Samples.found;
import static io.campaignlauncher.job.model.Samples.foundNothing;
import static io.campaignlauncher.job.model.Samples.ids;
import static io.campaignlauncher.job.model.Samples.later;
import static io.campaignlauncher.job.model.Samples.passEnded;
import static io.campaignlauncher.job.model.Samples.record;
import static io.campaignlauncher.job.model.Samples.rollingBack;
import static io.campaignlauncher.job.model.Samples.verified;
import static io.campaignlauncher.job.model.Samples.verifying;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** More entities that fill no slot than one record has room for. */
class ManyTwinsTest {

    private static final JobPolicy TWO_AT_A_TIME = POLICY.withNamedMax(2);
    private static final Instant LOOKED = later(7);
    private static final List<FoundEntity> TWINS = IntStream.rangeClosed(1, 5)
            .mapToObj(i -> found(ad(2), "390" + i)).toList();

    @Test
    void a_deletion_is_not_confirmed_by_a_look_that_leaves_something_out() {
        var first = TWINS.subList(0, 2);
        var next = TWINS.subList(2, 4);
        var cut = cut(2, next, 1, later(12));

        given(verifying(2))
                .after(record(cut(1, first, 3, LOOKED))).at(later(7))
                .after(record(deleted(1, first, later(7))), endWait(1))
                .when(record(cut), later(13))
                .then(new JobEvent.VerificationCompleted(cut), surplusRequested(2, next));
    }

    /** A verification reads the contents of the job's own campaign alone, and a campaign that is still there may hold what was in it. */
    @Test
    void what_was_in_another_campaign_is_not_confirmed_as_gone_while_a_look_shows_that_campaign() {
        var campaign = found(SlotId.CAMPAIGN, "900");
        var within = found(adSet(1), "901");
        var shown = cut(1, List.of(campaign), 0, LOOKED);
        var again = cut(2, List.of(campaign), 0, later(12));

        given(verifying(2))
                .after(record(shown)).at(later(7))
                .after(record(deleted(1, List.of(within, campaign), later(7))), endWait(1))
                .when(record(again), later(13))
                .then(new JobEvent.VerificationCompleted(again), surplusRequested(2, List.of(campaign)));
    }

    @Test
    void a_surplus_is_removed_portion_by_portion_and_confirmed_by_a_look_that_leaves_nothing_out() {
        var whole = verified(4, later(40));
        var scenario = given(TWO_AT_A_TIME, verifying(2));
        var at = LOOKED;
        for (int pass = 1; pass <= 3; pass++) {
            var rest = TWINS.subList(2 * (pass - 1), TWINS.size());
            var named = rest.subList(0, Math.min(2, rest.size()));
            var report = cut(pass, named, rest.size() - named.size(), at);
            scenario.when(record(report), at);
            if (report.unknownLeftOut() > 0) {
                scenario.then(new JobEvent.VerificationCompleted(report), surplusRequested(pass, named));
            } else {
                scenario.then(new JobEvent.VerificationCompleted(report), goneSurplus(2, TWINS.subList(0, 2)),
                        goneSurplus(2, TWINS.subList(2, 4)), surplusRequested(pass, named));
            }
            scenario.when(record(deleted(pass, named, at)), at)
                    .then(passEnded(pass, named, at.plus(POLICY.readLag())),
                            new JobEvent.LookScheduled(pass, at.plus(POLICY.readLag()),
                                    "the last look comes after everything that could still take effect"));
            at = at.plusSeconds(8);
            scenario.when(endWait(pass), at).then(new JobEvent.VerificationRequested(pass + 1, READABLE));
        }
        scenario.when(record(whole), later(41))
                .then(new JobEvent.VerificationCompleted(whole), goneSurplus(3, TWINS.subList(4, 5)),
                        new JobEvent.JobCompleted("100", 2, 2));
    }

    /** A verifier that knows of no bound, or of a larger one. */
    @Test
    void no_more_is_asked_for_than_a_request_may_name() {
        var report = differs(1, List.of(), TWINS, LOOKED);

        given(TWO_AT_A_TIME, verifying(2))
                .when(record(report), LOOKED)
                .then(new JobEvent.VerificationCompleted(report), surplusRequested(1, TWINS.subList(0, 2)));
    }

    @Test
    void a_pass_that_gets_on_and_leaves_something_for_the_next_one_costs_no_retry() {
        var named = TWINS.subList(0, 2);
        var left = List.of(new UndeletedEntity(named.getFirst(), NETWORK));
        var gotOn = new DeletionReport(1, List.of(named.getLast()), left, RoundEnd.DONE, null, null, T0, 5, 6,
                ids(List.of(named.getLast())), 3);
        var stuck = new DeletionReport(2, List.of(), left, RoundEnd.DONE, null, null, READABLE, 4, 6, ids(List.of()),
                3);

        given(rollingBack())
                .when(record(gotOn))
                .then(passEnded(1, left, List.of(named.getLast()), READABLE), new JobEvent.LookScheduled(1, READABLE,
                        "the last look comes after everything that could still take effect"))
                .after(endWait(1))
                .when(record(stuck), READABLE)
                .then(passEnded(2, left), new JobEvent.RetryScheduled(2, 0,
                        POLICY.retryAt(READABLE, Samples.JOB, 1), NETWORK));
    }

    /** What one request cannot name by id is asked about by the next one: nothing is taken for gone because nobody asked. */
    @Test
    void a_rollback_ends_when_it_has_asked_by_id_about_everything_that_is_only_said_to_be_deleted() {
        var slots = found(campaignAndBranches(1, 1));
        var all = Stream.concat(slots.stream(), TWINS.stream()).toList();
        var scenario = given(TWO_AT_A_TIME, rollingBack())
                .after(record(deleted(1, all, T0)), endWait(1)).at(READABLE);

        scenario.when(record(foundNothing(2, Stream.concat(slots.stream(), TWINS.stream().limit(2)).toList(),
                READABLE)))
                .then(gone(2, Stream.concat(slots.stream(), TWINS.stream().limit(2)).toList()), passEnded(2),
                        deletionRequested(3))
                .when(record(foundNothing(3, TWINS.subList(2, 4), READABLE)))
                .then(gone(3, TWINS.subList(2, 4)), passEnded(3), deletionRequested(4))
                .when(record(foundNothing(4, TWINS.subList(4, 5), READABLE)))
                .then(gone(4, TWINS.subList(4, 5)), passEnded(4),
                        new JobEvent.JobRolledBack(SUSPENDED.described()));
    }

    @Test
    void a_rollback_does_not_end_while_something_that_is_only_said_to_be_deleted_was_not_mentioned() {
        var slots = found(campaignAndBranches(1, 1));
        var all = Stream.concat(slots.stream(), TWINS.stream()).toList();

        var scenario = given(TWO_AT_A_TIME, rollingBack())
                .after(record(deleted(1, all, T0)), endWait(1)).at(READABLE)
                .after(record(foundNothing(2, slots, READABLE)))
                .when(record(foundNothing(3, slots, READABLE)));

        assertThat(scenario.theOnly(JobEvent.RetryScheduled.class).fault().message())
                .isEqualTo("entities are left that the pass did not mention");
    }

    private static VerificationReport cut(int attempt, List<FoundEntity> named, int leftOut, Instant readAt) {
        return new VerificationReport(attempt, VerificationOutcome.REFUSED, List.of(), named, leftOut, 1, 2, 7,
                readAt, null, null, 180, 3);
    }

    private static JobEvent surplusRequested(int pass, List<FoundEntity> entities) {
        return new JobEvent.DeletionRequested(pass, DeletionReason.SURPLUS, entities);
    }

    private static JobEvent goneSurplus(int pass, List<FoundEntity> entities) {
        return new JobEvent.EntitiesDeleted(pass, DeletionReason.SURPLUS, entities);
    }

    private static JobEvent gone(int pass, List<FoundEntity> entities) {
        return new JobEvent.EntitiesDeleted(pass, DeletionReason.ROLLBACK, entities);
    }
}
