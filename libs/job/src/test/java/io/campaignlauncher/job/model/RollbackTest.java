package io.campaignlauncher.job.model;

import static io.campaignlauncher.job.model.JobScenario.given;
import static io.campaignlauncher.job.model.Samples.NETWORK;
import static io.campaignlauncher.job.model.Samples.POLICY;
import static io.campaignlauncher.job.model.Samples.READABLE;
import static io.campaignlauncher.job.model.Samples.SUSPENDED;
import static io.campaignlauncher.job.model.Samples.T0;
import static io.campaignlauncher.job.model.Samples.ad;
import static io.campaignlauncher.job.model.Samples.adSet;
import static io.campaignlauncher.job.model.Samples.branches;
import static io.campaignlauncher.job.model.Samples.campaign;
import static io.campaignlauncher.job.model.Samples.campaignAndBranches;
import static io.campaignlauncher.job.model.Samples.concat;
import static io.campaignlauncher.job.model.Samples.created;
import static io.campaignlauncher.job.model.Samples.deleted;
import static io.campaignlauncher.job.model.Samples.deletionRequested;
import static io.campaignlauncher.job.model.Samples.endWait;
import static io.campaignlauncher.job.model.Samples.found;
import static io.campaignlauncher.job.model.Samples.foundNothing;
import static io.campaignlauncher.job.model.Samples.ids;
import static io.campaignlauncher.job.model.Samples.later;
import static io.campaignlauncher.job.model.Samples.notYet;
import static io.campaignlauncher.job.model.Samples.passEnded;
import static io.campaignlauncher.job.model.Samples.record;
import static io.campaignlauncher.job.model.Samples.rollingBack;
import static io.campaignlauncher.job.model.Samples.undeleted;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How a rollback runs once it has begun, and how its passes are repeated. */
class RollbackTest {

    private static final List<FoundEntity> ALL = found(campaignAndBranches(1, 1));

    private static JobEvent gone(int pass, List<FoundEntity> entities) {
        return new JobEvent.EntitiesDeleted(pass, DeletionReason.ROLLBACK, entities);
    }

    /** The next pass comes when reads have to show what came of the last one. */
    private static JobEvent waits(int waitNumber, Instant at) {
        return new JobEvent.LookScheduled(waitNumber, at,
                "the last look comes after everything that could still take effect");
    }

    private static Fault stillThere(FoundEntity... entities) {
        return Fault.temporary("Facebook said that they are deleted, and still shows them: "
                + Stream.of(entities).map(RollbackTest::told).collect(Collectors.joining(", ")));
    }

    private static String told(FoundEntity entity) {
        return switch (entity.slot().type()) {
            case CAMPAIGN -> "campaign ";
            case AD_SET -> "ad set ";
            case AD -> "ad ";
        } + entity.facebookId() + " \"" + entity.name() + '"';
    }

    private static JobEvent retry(int waitNumber, int deletionRetry, Fault fault) {
        return new JobEvent.RetryScheduled(waitNumber, 0, POLICY.retryAt(T0, Samples.JOB, deletionRetry), fault);
    }

    @Test
    void a_job_is_rolled_back_when_everything_that_it_made_is_gone() {
        var scenario = given(rollingBack())
                .when(record(deleted(1, ALL, T0)))
                .then(passEnded(1, ALL, READABLE), waits(1, READABLE))
                .when(endWait(1), READABLE)
                .then(deletionRequested(2))
                .when(record(foundNothing(2, ALL, READABLE)), later(6))
                .then(gone(2, ALL), passEnded(2), new JobEvent.JobRolledBack(SUSPENDED.described()));

        assertThat(scenario.state().phase().status()).isEqualTo(JobStatus.ROLLED_BACK);
        assertThat(scenario.state().slot(adSet(1)).status()).isEqualTo(SlotStatus.ROLLED_BACK);
        assertThat(scenario.state().unconfirmed()).isEmpty();
    }

    @Test
    void what_facebook_says_is_deleted_counts_as_there_until_a_look_does_not_show_it() {
        var state = given(rollingBack()).after(record(deleted(1, ALL, T0))).state();

        assertThat(state.slotsWhere(Slot::filled)).containsExactlyElementsOf(campaignAndBranches(1, 1));
        assertThat(state.unconfirmed()).isEqualTo(ALL);
    }

    @Test
    void a_campaign_whose_deletion_did_nothing_is_deleted_again() {
        var campaign = List.of(found(campaign()));
        var branches = found(branches(1, 1));

        given(rollingBack())
                .after(record(deleted(1, ALL, T0)), endWait(1))
                .when(record(deleted(2, campaign, branches, READABLE)), later(6))
                .then(gone(2, branches), passEnded(2, campaign, later(11)), waits(2, later(11)))
                .when(endWait(2), later(11))
                .then(deletionRequested(3))
                .when(record(foundNothing(3, campaign, later(11))), later(12))
                .then(gone(3, campaign), passEnded(3), new JobEvent.JobRolledBack(SUSPENDED.described()));
    }

    @Test
    void a_deletion_that_never_does_anything_is_given_up_after_ten_retries_and_told() {
        var campaign = List.of(found(campaign()));
        var scenario = given(rollingBack()).after(record(deleted(1, ALL, T0)), endWait(1))
                .after(record(deleted(2, campaign, found(branches(1, 1)), READABLE)), endWait(2));
        for (int retry = 1; retry <= POLICY.deletionRetriesMax(); retry++) {
            int pass = retry + 2;
            var fault = stillThere(found(campaign()));
            scenario.when(record(deleted(pass, campaign, T0)))
                    .then(passEnded(pass, campaign, READABLE),
                            new JobEvent.RetryScheduled(pass, 0,
                                    latest(POLICY.retryAt(T0, Samples.JOB, retry), READABLE), fault))
                    .when(endWait(pass))
                    .then(deletionRequested(pass + 1));
        }

        scenario.when(record(deleted(13, campaign, T0)))
                .then(passEnded(13, campaign, READABLE), new JobEvent.JobFailed(List.of(
                        "rolled back in part only: " + stillThere(found(campaign())).described(),
                        "what is left, or may be: campaign 100 \"Summer sale\"",
                        "rollback because: " + SUSPENDED.described()), false));
        assertThat(scenario.state().slotsWhere(Slot::filled)).containsExactly(campaign());
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    @Test
    void what_was_seen_as_gone_and_is_there_after_all_fills_its_slot_again() {
        var left = List.of(new UndeletedEntity(found(campaign()), NETWORK));

        var state = given(rollingBack()).and(gone(1, ALL), passEnded(1), deletionRequested(2))
                .after(record(undeleted(2, found(List.of(adSet(1))), left)))
                .state();

        assertThat(state.slotsWhere(Slot::filled)).containsExactly(campaign(), adSet(1));
        assertThat(state.slot(ad(1)).status()).isEqualTo(SlotStatus.ROLLED_BACK);
    }

    @Test
    void what_somebody_else_deleted_meanwhile_is_looked_for_once_more() {
        given(rollingBack())
                .when(record(foundNothing(1, ALL, T0)))
                .then(gone(1, ALL), passEnded(1, List.of(), READABLE), waits(1, READABLE))
                .when(endWait(1), READABLE)
                .then(deletionRequested(2))
                .when(record(foundNothing(2, ALL, READABLE)), READABLE)
                .then(passEnded(2), new JobEvent.JobRolledBack(SUSPENDED.described()));
    }

    /** A rollback service of the version before does not tell what it only believes. */
    @Test
    void a_pass_that_finds_what_an_older_one_had_called_gone_costs_a_deletion_retry() {
        var older = new DeletionReport(1, ALL, List.of(), RoundEnd.DONE, null, null, T0, 3, 6, Set.of());
        var again = new DeletionReport(2, ALL, List.of(), RoundEnd.DONE, null, null, READABLE, 1, 6, Set.of());

        given(rollingBack())
                .when(record(older))
                .then(gone(1, ALL), passEnded(1, List.of(), READABLE), waits(1, READABLE))
                .when(endWait(1), READABLE)
                .then(deletionRequested(2))
                .when(record(again), READABLE)
                .then(passEnded(2), new JobEvent.RetryScheduled(2, 0, POLICY.retryAt(READABLE, Samples.JOB, 1),
                        stillThere(ALL.toArray(FoundEntity[]::new))));
    }

    @Test
    void contents_are_kept_before_anything_is_deleted() {
        var kept = List.of(new Snapshot(ALL.getFirst(), "{\"name\":\"Summer sale\"}"));

        given(rollingBack())
                .when(new JobCommand.RecordSnapshots(1, kept))
                .then(new JobEvent.EntitiesSnapshotted(1, kept));
    }

    @Test
    void contents_told_again_add_nothing_and_further_ones_do() {
        var first = new Snapshot(ALL.get(0), "{}");
        var second = new Snapshot(ALL.get(1), "{}");

        given(rollingBack())
                .after(new JobCommand.RecordSnapshots(1, List.of(first)))
                .when(new JobCommand.RecordSnapshots(1, List.of(first))).thenNothing()
                .when(new JobCommand.RecordSnapshots(1, List.of(first, second)))
                .then(new JobEvent.EntitiesSnapshotted(1, List.of(second)));
    }

    @Test
    void each_pass_keeps_the_contents_that_it_saw() {
        var kept = List.of(new Snapshot(ALL.getFirst(), "{}"));

        given(rollingBack())
                .after(new JobCommand.RecordSnapshots(1, kept), Samples.resumeStalled())
                .when(new JobCommand.RecordSnapshots(1, kept)).thenNothing()
                .when(new JobCommand.RecordSnapshots(2, kept)).then(new JobEvent.EntitiesSnapshotted(2, kept));
    }

    @Test
    void contents_of_another_pass_change_nothing() {
        given(rollingBack())
                .when(new JobCommand.RecordSnapshots(2, List.of(new Snapshot(ALL.getFirst(), "{}")))).thenNothing();
    }

    @Test
    void what_cannot_be_deleted_is_tried_again_with_back_off_and_costs_no_retry_of_the_job() {
        var left = List.of(new UndeletedEntity(found(campaign()), NETWORK));
        var gone = found(branches(1, 1));

        given(rollingBack())
                .when(record(undeleted(1, gone, left)))
                .then(passEnded(1, left, gone, READABLE), retry(1, 1, NETWORK))
                .when(endWait(1))
                .then(deletionRequested(2))
                .when(record(undeleted(2, List.of(), left)))
                .then(passEnded(2, left), retry(2, 2, NETWORK))
                .when(endWait(2))
                .then(deletionRequested(3))
                .when(record(deleted(3, List.of(found(campaign())), gone, T0)))
                .then(gone(3, gone), passEnded(3, List.of(found(campaign())), READABLE), waits(3, READABLE));
    }

    @Test
    void a_pass_that_could_not_look_is_tried_again() {
        var blind = new DeletionReport(1, List.of(), List.of(), RoundEnd.DONE, null, NETWORK, null, 0, 1,
                Set.of());

        given(rollingBack())
                .when(record(blind))
                .then(new JobEvent.DeletionPassEnded(1, List.of(), 1, List.of(), null), retry(1, 1, NETWORK));
    }

    @Test
    void a_rollback_is_given_up_and_reported_after_ten_retries() {
        var left = List.of(new UndeletedEntity(found(campaign()), NETWORK));
        var scenario = given(rollingBack());
        for (int pass = 1; pass <= POLICY.deletionRetriesMax(); pass++) {
            scenario.when(record(undeleted(pass, List.of(), left)))
                    .then(passEnded(pass, left), retry(pass, pass, NETWORK))
                    .when(endWait(pass))
                    .then(deletionRequested(pass + 1));
        }

        scenario.when(record(undeleted(11, List.of(), left)))
                .then(passEnded(11, left),
                        new JobEvent.JobFailed(List.of("rolled back in part only: " + NETWORK.described(),
                                "what is left, or may be: campaign 100 \"Summer sale\", "
                                        + "ad set 2001 \"Summer sale / ad set 1\", ad 3001 \"Summer sale / ad 1\"",
                                "rollback because: " + SUSPENDED.described()), false));
    }

    @Test
    void a_rollback_that_gets_on_is_as_patient_as_a_new_one() {
        var left = List.of(new UndeletedEntity(found(campaign()), NETWORK));

        given(rollingBack())
                .after(record(undeleted(1, List.of(), left)), endWait(1), record(undeleted(2, List.of(), left)),
                        endWait(2))
                .when(record(seenGone(3, found(List.of(ad(1))), left)))
                .then(gone(3, found(List.of(ad(1)))), passEnded(3, left, List.of(), READABLE), retry(3, 1, NETWORK));
    }

    @Test
    void a_pass_that_tells_again_of_what_is_gone_does_not_get_on() {
        var left = List.of(new UndeletedEntity(found(campaign()), NETWORK));

        given(rollingBack())
                .after(record(seenGone(1, found(List.of(ad(1))), left)), endWait(1))
                .when(record(seenGone(2, found(List.of(ad(1))), left)))
                .then(passEnded(2, left), retry(2, 2, NETWORK));
    }

    private static DeletionReport seenGone(int pass, List<FoundEntity> gone, List<UndeletedEntity> left) {
        return new DeletionReport(pass, gone, left, RoundEnd.DONE, null, null, T0, left.size(), 6, Set.of());
    }

    @Test
    void a_limited_account_is_waited_for_and_costs_nothing() {
        var limited = new DeletionReport(1, found(List.of(ad(1))), List.of(), RoundEnd.RATE_LIMITED, later(120), null,
                T0, 3, 2, ids(found(List.of(ad(1)))));

        given(rollingBack())
                .when(record(limited))
                .then(new JobEvent.DeletionPassEnded(1, List.of(), 2, found(List.of(ad(1))), READABLE),
                        new JobEvent.RateLimitReached(1, later(120), Fault.temporary("the account is limited")))
                .when(endWait(1), later(120))
                .then(deletionRequested(2));
    }

    @Test
    void an_entity_that_the_pass_did_not_mention_is_asked_about_again() {
        given(rollingBack())
                .when(record(deleted(1, found(branches(1, 1)), T0)))
                .then(passEnded(1, found(branches(1, 1)), READABLE), waits(1, READABLE))
                .when(endWait(1), READABLE)
                .then(deletionRequested(2));
    }

    @Test
    void a_pass_that_mentions_nothing_although_entities_are_left_costs_a_deletion_retry() {
        given(rollingBack())
                .when(record(deleted(1, List.of(), T0)))
                .then(passEnded(1), retry(1, 1, Fault.temporary("entities are left that the pass did not mention")));
    }

    @Test
    void an_entity_reported_after_the_rollback_began_is_recorded_and_then_deleted() {
        var late = created(List.of(adSet(2)));

        given(rollingBack())
                .when(record(notYet(1, late, List.of())))
                .then(new JobEvent.SlotsCreated(1, late, READABLE))
                .when(record(deleted(1, ALL, T0)))
                .then(passEnded(1, ALL, READABLE), waits(1, READABLE))
                .after(endWait(1))
                .when(record(deleted(2, found(List.of(adSet(2))), ALL, READABLE)), READABLE)
                .then(gone(2, ALL), passEnded(2, found(List.of(adSet(2))), later(10)), waits(2, later(10)))
                .after(endWait(2))
                .when(record(foundNothing(3, found(List.of(adSet(2))), later(10))), later(10))
                .then(gone(3, found(List.of(adSet(2)))), passEnded(3),
                        new JobEvent.JobRolledBack(SUSPENDED.described()));
    }

    @Test
    void an_entity_reported_late_that_the_pass_had_found_itself_is_deleted_with_it() {
        var all = concat(ALL, found(List.of(adSet(2))));

        given(rollingBack())
                .after(record(notYet(1, created(List.of(adSet(2))), List.of())))
                .after(record(deleted(1, all, T0)), endWait(1))
                .when(record(foundNothing(2, all, READABLE)), READABLE)
                .then(gone(2, all), passEnded(2), new JobEvent.JobRolledBack(SUSPENDED.described()));
    }

    @Test
    void a_deleted_twin_leaves_the_slot_filled_by_the_other_entity() {
        var twins = List.of(found(ad(1), "3901"), found(adSet(1)), found(campaign()));

        var scenario = given(rollingBack())
                .after(record(deleted(1, twins, T0)), endWait(1))
                .when(record(foundNothing(2, twins, READABLE)), READABLE)
                .then(gone(2, twins), passEnded(2), new JobEvent.RetryScheduled(2, 0,
                        POLICY.retryAt(READABLE, Samples.JOB, 1),
                        Fault.temporary("entities are left that the pass did not mention")));

        assertThat(scenario.state().slotsWhere(Slot::filled)).containsExactly(ad(1));
    }

    @Test
    void a_deleted_entity_whose_creation_is_reported_again_stays_deleted() {
        var left = List.of(new UndeletedEntity(found(campaign()), NETWORK));

        given(rollingBack())
                .after(record(seenGone(1, found(branches(1, 1)), left)))
                .when(record(notYet(1, created(campaignAndBranches(1, 1)), List.of()))).thenNothing();
    }

    @Test
    void a_report_of_an_earlier_pass_changes_nothing() {
        given(rollingBack()).and(deletionRequested(2)).when(record(deleted(1, ALL, T0))).thenNothing();
    }

    @Test
    void a_report_that_is_not_the_last_of_its_pass_changes_nothing() {
        given(rollingBack())
                .when(record(new DeletionReport(1, ALL, List.of(), RoundEnd.NOT_YET, null, null, T0, 3, 1, Set.of())))
                .thenNothing();
    }
}
