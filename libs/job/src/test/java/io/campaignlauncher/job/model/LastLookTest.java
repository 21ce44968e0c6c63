package io.campaignlauncher.job.model;

import static io.campaignlauncher.job.model.JobScenario.given;
import static io.campaignlauncher.job.model.Samples.JOB;
import static io.campaignlauncher.job.model.Samples.LOST_ANSWER;
import static io.campaignlauncher.job.model.Samples.POLICY;
import static io.campaignlauncher.job.model.Samples.SETTLED;
import static io.campaignlauncher.job.model.Samples.SUSPENDED;
import static io.campaignlauncher.job.model.Samples.ad;
import static io.campaignlauncher.job.model.Samples.adSet;
import static io.campaignlauncher.job.model.Samples.campaign;
import static io.campaignlauncher.job.model.Samples.concat;
import static io.campaignlauncher.job.model.Samples.created;
import static io.campaignlauncher.job.model.Samples.creating;
import static io.campaignlauncher.job.model.Samples.deleted;
import static io.campaignlauncher.job.model.Samples.deletionRequested;
import static io.campaignlauncher.job.model.Samples.endWait;
import static io.campaignlauncher.job.model.Samples.failed;
import static io.campaignlauncher.job.model.Samples.found;
import static io.campaignlauncher.job.model.Samples.foundNothing;
import static io.campaignlauncher.job.model.Samples.later;
import static io.campaignlauncher.job.model.Samples.passEnded;
import static io.campaignlauncher.job.model.Samples.record;
import static io.campaignlauncher.job.model.Samples.slotsCreated;
import static io.campaignlauncher.job.model.Samples.verified;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A job that met an unknown outcome ends only after a read that comes later than anything that could still take effect. */
class LastLookTest {

    private static final String LAST_LOOK = "the last look comes after everything that could still take effect";

    /** One branch whose ad's answer was lost and then found: everything is filled, but a second ad may still appear. */
    private static List<JobEvent> doubtfulButFilled() {
        return concat(creating(1), List.of(slotsCreated(1, List.of(campaign(), adSet(1))),
                new JobEvent.SlotsFailed(1, failed(LOST_ANSWER, ad(1)), SETTLED), slotsCreated(1, List.of(ad(1))),
                new JobEvent.CreationRoundEnded(1, RoundEnd.DONE, null, 4),
                new JobEvent.VerificationRequested(1, null)));
    }

    /** The campaign exists, an ad set's answer was lost, and the account was suspended. */
    private static List<JobEvent> doubtfulRollback() {
        return concat(creating(1), List.of(slotsCreated(1, List.of(campaign())),
                new JobEvent.SlotsFailed(1, concat(failed(LOST_ANSWER, adSet(1)), failed(SUSPENDED, ad(1))), SETTLED),
                new JobEvent.CreationRoundEnded(1, RoundEnd.DONE, null, 4),
                new JobEvent.RollbackStarted(SUSPENDED.described(), null), deletionRequested(1)));
    }

    @Test
    void a_good_look_that_came_too_early_is_followed_by_a_last_one() {
        given(doubtfulButFilled())
                .when(record(verified(1, later(14))), later(14))
                .then(new JobEvent.VerificationCompleted(verified(1, later(14))),
                        new JobEvent.LookScheduled(1, SETTLED, LAST_LOOK))
                .when(endWait(1), SETTLED)
                .theOnly(JobEvent.VerificationRequested.class);
    }

    @Test
    void it_counts_when_the_look_was_taken_and_not_when_it_was_reported() {
        given(doubtfulButFilled())
                .when(record(verified(1, later(14))), later(20))
                .then(new JobEvent.VerificationCompleted(verified(1, later(14))),
                        new JobEvent.LookScheduled(1, later(21), LAST_LOOK));
    }

    /** A verifier whose clock is behind would otherwise be asked again without a pause. */
    @Test
    void a_look_that_was_taken_too_early_by_another_clock_is_repeated_after_a_pause() {
        given(doubtfulButFilled())
                .when(record(verified(1, later(14))), SETTLED)
                .then(new JobEvent.VerificationCompleted(verified(1, later(14))),
                        new JobEvent.LookScheduled(1, later(16), LAST_LOOK));
    }

    @Test
    void a_good_look_at_the_moment_of_settling_completes_the_job() {
        given(doubtfulButFilled())
                .when(record(verified(1, SETTLED)), SETTLED)
                .then(new JobEvent.VerificationCompleted(verified(1, SETTLED)), new JobEvent.JobCompleted("100", 1, 1));
    }

    @Test
    void a_look_that_does_not_say_when_it_was_taken_is_none() {
        var undated = new VerificationReport(1, VerificationOutcome.PASSED, List.of(), List.of(), 1, 1, 1, null, null,
                null,
                180, 3);

        given(doubtfulButFilled())
                .when(record(undated), later(20))
                .then(new JobEvent.VerificationCompleted(undated), new JobEvent.LookScheduled(1,
                        POLICY.retryAt(later(20), JOB, 1),
                        "what was created could not be read, which costs no retry: the look said nothing"));
    }

    @Test
    void a_rollback_looks_once_more_when_an_outcome_was_unknown() {
        given(doubtfulRollback())
                .when(record(deleted(1, List.of(found(campaign())), later(1))), later(2))
                .then(passEnded(1, List.of(found(campaign())), later(7)),
                        new JobEvent.LookScheduled(1, SETTLED, LAST_LOOK))
                .when(endWait(1), SETTLED)
                .then(deletionRequested(2))
                .when(record(foundNothing(2, List.of(found(campaign())), SETTLED)), later(16))
                .then(new JobEvent.EntitiesDeleted(2, DeletionReason.ROLLBACK, List.of(found(campaign()))),
                        passEnded(2), new JobEvent.JobRolledBack(SUSPENDED.described()));
    }

    @Test
    void what_the_last_look_of_a_rollback_finds_is_deleted() {
        var late = List.of(found(adSet(1), "2901"));

        given(doubtfulRollback())
                .after(record(deleted(1, List.of(found(campaign())), later(1))), endWait(1))
                .when(record(deleted(2, late, List.of(found(campaign())), SETTLED)), later(16))
                .then(new JobEvent.EntitiesDeleted(2, DeletionReason.ROLLBACK, List.of(found(campaign()))),
                        passEnded(2, late, later(21)), new JobEvent.LookScheduled(2, later(21), LAST_LOOK))
                .after(endWait(2))
                .when(record(foundNothing(3, late, later(21))), later(22))
                .then(new JobEvent.EntitiesDeleted(3, DeletionReason.ROLLBACK, late), passEnded(3),
                        new JobEvent.JobRolledBack(SUSPENDED.described()));
    }

    @Test
    void a_rollback_whose_first_pass_finds_nothing_ends_where_all_has_settled() {
        given(doubtfulRollback()).and(new JobEvent.EntitiesDeleted(1, DeletionReason.ROLLBACK,
                List.of(found(campaign()))))
                .when(record(foundNothing(1, List.of(), SETTLED)), later(16))
                .then(passEnded(1), new JobEvent.JobRolledBack(SUSPENDED.described()));
    }

    @Test
    void a_pass_that_finds_nothing_too_soon_after_a_deletion_is_followed_by_another() {
        given(doubtfulRollback())
                .after(record(deleted(1, List.of(found(campaign())), later(1))), endWait(1)).at(later(20))
                .when(record(foundNothing(2, List.of(found(campaign())), later(4))), later(20))
                .then(new JobEvent.EntitiesDeleted(2, DeletionReason.ROLLBACK, List.of(found(campaign()))),
                        passEnded(2), new JobEvent.LookScheduled(2, later(21), LAST_LOOK));
    }

    @Test
    void a_job_that_created_nothing_for_sure_is_rolled_back_without_a_look() {
        given(creating(1))
                .when(record(Samples.done(1, List.of(), failed(SUSPENDED, campaign()))))
                .then(new JobEvent.SlotsFailed(1, failed(SUSPENDED, campaign()), null), Samples.roundEnded(1),
                        new JobEvent.RollbackStarted(SUSPENDED.described(), null),
                        new JobEvent.JobRolledBack(SUSPENDED.described()));
    }

    @Test
    void a_job_that_may_have_created_something_is_not_rolled_back_without_a_look() {
        given(creating(1))
                .when(record(Samples.done(1, List.of(),
                        concat(failed(LOST_ANSWER, campaign()), failed(SUSPENDED, adSet(1))))))
                .then(new JobEvent.SlotsFailed(1, concat(failed(LOST_ANSWER, campaign()), failed(SUSPENDED, adSet(1))),
                        SETTLED), Samples.roundEnded(1), new JobEvent.RollbackStarted(SUSPENDED.described(), null),
                        deletionRequested(1));
    }

    @Test
    void an_unknown_outcome_that_comes_later_moves_the_last_look() {
        given(doubtfulButFilled()).and(new JobEvent.SlotsFailed(1, failed(LOST_ANSWER, List.of()), later(60)))
                .when(record(verified(1, SETTLED)), SETTLED)
                .then(new JobEvent.VerificationCompleted(verified(1, SETTLED)),
                        new JobEvent.LookScheduled(1, later(60), LAST_LOOK));
    }

    @Test
    void an_earlier_settling_time_never_moves_the_last_look_forward() {
        given(doubtfulButFilled()).and(new JobEvent.SlotsFailed(1, failed(LOST_ANSWER, List.of()), later(5)))
                .when(record(verified(1, later(6))), later(6))
                .then(new JobEvent.VerificationCompleted(verified(1, later(6))),
                        new JobEvent.LookScheduled(1, SETTLED, LAST_LOOK));
    }

    @Test
    void a_job_without_unknown_outcomes_settles_at_once() {
        given(creating(1))
                .after(record(Samples.done(1, created(Samples.allOf(1)), List.of())))
                .when(record(verified(1, later(1))), later(1))
                .then(new JobEvent.VerificationCompleted(verified(1, later(1))),
                        new JobEvent.JobCompleted("100", 1, 1));
    }
}
