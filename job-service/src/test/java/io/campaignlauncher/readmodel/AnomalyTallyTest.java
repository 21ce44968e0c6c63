package io.campaignlauncher.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.job.model.CreatedSlot;
import io.campaignlauncher.job.model.CreationReport;
import io.campaignlauncher.job.model.EntityType;
import io.campaignlauncher.job.model.FailedSlot;
import io.campaignlauncher.job.model.Fault;
import io.campaignlauncher.job.model.ErrorKind;
import io.campaignlauncher.job.model.FoundEntity;
import io.campaignlauncher.job.model.DeletionReport;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.RoundEnd;
import io.campaignlauncher.job.model.SlotId;
import io.campaignlauncher.job.model.VerificationOutcome;
import io.campaignlauncher.messaging.Anomaly;
import io.campaignlauncher.schemas.AvroEncoding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What histories that the real model has written are counted as. */
class AnomalyTallyTest {

    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final Fault UNCLEAR = new Fault(ErrorKind.TEMPORARY, true, 1, null, "unknown error", null, null);

    private final ScriptedJob job = ScriptedJob.accepted("u", "k", 2, T0).preVerified();

    @Test
    void a_launch_without_trouble_counts_nothing() {
        job.createdAll().verified();
        assertThat(tally()).isEmpty();
    }

    @Test
    void unknown_outcomes_are_told_apart_by_whether_an_answer_came() {
        job.created(id -> id.type() != EntityType.AD, List.of(
                new FailedSlot(new SlotId(EntityType.AD, 1), ScriptedJob.NETWORK),
                new FailedSlot(new SlotId(EntityType.AD, 2), UNCLEAR)), RoundEnd.DONE);
        assertThat(tally()).isEqualTo(Map.of(Anomaly.OUTCOME_UNKNOWN_NO_ANSWER, 1L,
                Anomaly.OUTCOME_UNKNOWN_ERROR, 1L));
    }

    @Test
    void a_failure_whose_outcome_is_known_is_no_anomaly() {
        job.suspendedHalfWay();
        assertThat(tally()).isEmpty();
    }

    @Test
    void what_a_round_finds_is_adopted() {
        job.put(new JobCommand.RecordCreation(new CreationReport(1,
                List.of(new CreatedSlot(new SlotId(EntityType.CAMPAIGN, 1), "1", true),
                        new CreatedSlot(new SlotId(EntityType.AD_SET, 1), "2", true),
                        new CreatedSlot(new SlotId(EntityType.AD_SET, 2), "3", false)),
                List.of(), RoundEnd.NOT_YET, null, null, 1)));
        assertThat(tally()).isEqualTo(Map.of(Anomaly.ADOPTED_BY_A_ROUND, 2L));
    }

    @Test
    void a_round_that_was_cut_short_and_one_that_nothing_was_heard_of_are_counted() {
        job.created(_ -> false, List.of(), RoundEnd.INTERRUPTED);
        assertThat(tally()).isEqualTo(Map.of(Anomaly.INTERRUPTED, 1L));
        var silent = ScriptedJob.accepted("u", "silent", 2, T0).preVerified();
        silent.later(Duration.ofHours(1)).put(new JobCommand.ResumeStalled(T0));
        assertThat(tally(silent)).isEqualTo(Map.of(Anomaly.UNHEARD, 1L));
    }

    @Test
    void what_is_reported_after_its_round_was_given_up_is_late() {
        job.later(Duration.ofHours(1)).put(new JobCommand.ResumeStalled(T0));
        job.put(late(1));
        assertThat(tally()).isEqualTo(Map.of(Anomaly.UNHEARD, 1L, Anomaly.LATE_AFTER_ROUND, 1L));
    }

    @Test
    void what_is_reported_after_the_rollback_began_is_late() {
        job.suspendedHalfWay().put(late(2));
        assertThat(tally()).isEqualTo(Map.of(Anomaly.LATE_AFTER_ROLLBACK, 1L));
    }

    @Test
    void what_a_verification_misses_is_reopened_and_what_it_finds_too_much_is_removed() {
        job.createdAll();
        var lost = new SlotId(EntityType.AD, 2);
        var second = new FoundEntity(new SlotId(EntityType.AD, 1), "999", "a second ad");
        job.verification(VerificationOutcome.REFUSED, List.of(lost), List.of(second));
        assertThat(tally()).isEqualTo(Map.of(Anomaly.REOPENED, 1L));
        job.put(new JobCommand.RecordDeletion(new DeletionReport(job.state().counts().passes(), List.of(second),
                List.of(), RoundEnd.DONE, null, null, job.now(), 1, 2, Set.of("999"))));
        assertThat(tally()).isEqualTo(Map.of(Anomaly.REOPENED, 1L));
        job.waitEnds().verification(VerificationOutcome.REFUSED, List.of(lost), List.of());
        assertThat(tally()).containsEntry(Anomaly.SURPLUS_OF_A_SLOT, 1L);
    }

    @Test
    void what_a_verification_finds_for_a_free_slot_is_adopted() {
        job.createdAll();
        var planned = job.state().plan().slots().getLast();
        job.verification(VerificationOutcome.REFUSED, List.of(planned.id()),
                List.of(new FoundEntity(planned.id(), "555", planned.name())));
        assertThat(tally()).isEqualTo(Map.of(Anomaly.REOPENED, 1L, Anomaly.ADOPTED_BY_A_VERIFICATION, 1L));
    }

    private static JobCommand late(int ad) {
        return new JobCommand.RecordCreation(new CreationReport(1,
                List.of(new CreatedSlot(new SlotId(EntityType.AD, ad), "77" + ad, false)), List.of(), RoundEnd.NOT_YET,
                null, null, 1));
    }

    private Map<Anomaly, Long> tally() {
        return tally(job);
    }

    private static Map<Anomaly, Long> tally(ScriptedJob job) {
        var encoding = new AvroEncoding();
        var view = JobView.unseen(job.jobId());
        var tally = new AnomalyTally();
        for (var fact : job.facts()) {
            var event = encoding.decode(fact.type(), fact.payload());
            tally.add(view, event);
            JobFold.apply(view, event, fact.at());
        }
        return tally.times();
    }
}
