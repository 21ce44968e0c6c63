package io.campaignlauncher.job.notify.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.job.model.AdSetSpec;
import io.campaignlauncher.job.model.AdSpec;
import io.campaignlauncher.job.model.CampaignSpec;
import io.campaignlauncher.job.model.CreatedSlot;
import io.campaignlauncher.job.model.DeletionReason;
import io.campaignlauncher.job.model.DuplicateName;
import io.campaignlauncher.job.model.EntityType;
import io.campaignlauncher.job.model.ErrorKind;
import io.campaignlauncher.job.model.FailedSlot;
import io.campaignlauncher.job.model.Fault;
import io.campaignlauncher.job.model.FoundEntity;
import io.campaignlauncher.job.model.JobEvent;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.job.model.JobStatus;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.RollbackPolicy;
import io.campaignlauncher.job.model.SlotId;
import io.campaignlauncher.job.model.Strategy;
import io.campaignlauncher.job.notify.model.Notification.Counts;
import io.campaignlauncher.job.notify.model.Notification.Dated;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is told of a job, from its events. */
class NotificationTest {

    private static final UUID JOB = UUID.fromString("f3bd534f-c963-3068-b156-a4d57860e592");
    private static final Instant T0 = Instant.parse("2026-01-01T12:00:00Z");
    private static final SlotId CAMPAIGN = new SlotId(EntityType.CAMPAIGN, 1);
    private static final Fault SUSPENDED = fault(ErrorKind.PERMANENT, 368, "suspended", "trace-1");

    private final List<Dated> history = new ArrayList<>();

    NotificationTest() {
        var request = new LaunchRequest("key", "u-1", "act_1001", "default", Strategy.FOR_ALL, 2, null, null, null,
                new CampaignSpec("Sale", "OUTCOME_SALES", List.of(), Map.of()),
                new AdSetSpec(1L, "IMPRESSIONS", "REACH", "{\"a\":1}", Map.of()), new AdSpec("{\"b\":1}", Map.of()),
                null, RollbackPolicy.CONFIRM, null, "https://example.com/hook", 5);
        happened(new JobEvent.JobAccepted(JOB.toString(), request, "f", 2, 2, 5, RollbackPolicy.CONFIRM,
                DuplicateName.REJECT, "label", List.of()));
        happened(new JobEvent.PreVerificationRequested(1, false));
    }

    private static Fault fault(ErrorKind kind, int code, String message, String trace) {
        return new Fault(kind, false, code, null, message, trace, null);
    }

    private void happened(JobEvent event) {
        history.add(new Dated(T0.plusSeconds(history.size()), event));
    }

    private void created(SlotId... slots) {
        happened(new JobEvent.SlotsCreated(1, List.of(slots).stream()
                .map(slot -> new CreatedSlot(slot, "10" + slot.type().ordinal() + slot.number(), false)).toList(), T0));
    }

    private static SlotId adSet(int number) {
        return new SlotId(EntityType.AD_SET, number);
    }

    private static SlotId ad(int number) {
        return new SlotId(EntityType.AD, number);
    }

    @Test
    void a_completed_job_is_told_with_its_campaign_and_what_exists() {
        created(CAMPAIGN, adSet(1), adSet(2), ad(1), ad(2));
        happened(new JobEvent.JobCompleted("1001", 2, 2));

        var told = Notification.of(JOB, NotificationKind.COMPLETED, history);

        assertThat(told.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(told.at()).isEqualTo(T0.plusSeconds(3));
        assertThat(told.requested()).isEqualTo(new Counts(2, 2));
        assertThat(told.created()).isEqualTo(new Counts(2, 2));
        assertThat(told.facebookCampaignId()).isEqualTo("10" + EntityType.CAMPAIGN.ordinal() + "1");
        assertThat(told.request().campaign().name()).isEqualTo("Sale");
        assertThat(told.reasons()).isEmpty();
        assertThat(told.faults()).isEmpty();
    }

    @Test
    void a_rollback_that_waits_is_told_with_its_reason_and_what_would_go() {
        created(CAMPAIGN, adSet(1), ad(1));
        happened(new JobEvent.SlotsFailed(1, List.of(new FailedSlot(adSet(2), SUSPENDED),
                new FailedSlot(ad(2), SUSPENDED)), null));
        happened(new JobEvent.RollbackProposed("the account was suspended"));

        var told = Notification.of(JOB, NotificationKind.ROLLBACK_WAITING, history);

        assertThat(told.status()).isEqualTo(JobStatus.IN_PROGRESS);
        assertThat(told.created()).isEqualTo(new Counts(1, 1));
        assertThat(told.facebookCampaignId()).isNotNull();
        assertThat(told.reasons()).containsExactly("the account was suspended");
        assertThat(told.faults()).containsExactly(new FaultSummary(SUSPENDED, T0.plusSeconds(3), 1));
    }

    @Test
    void a_job_that_somebody_cancelled_is_told_with_who_and_why() {
        happened(new JobEvent.JobCancelled("boss", "wrong creative"));
        happened(new JobEvent.RollbackStarted("cancelled by boss: wrong creative", null));
        happened(new JobEvent.JobRolledBack("cancelled by boss: wrong creative"));

        var told = Notification.of(JOB, NotificationKind.ROLLED_BACK, history);

        assertThat(told.cancelled()).isEqualTo(new JobState.Cancellation("boss", "wrong creative"));
        assertThat(told.reasons()).containsExactly("cancelled by boss: wrong creative");
    }

    @Test
    void a_job_that_was_rolled_back_has_nothing() {
        created(CAMPAIGN, adSet(1), ad(1));
        happened(new JobEvent.RollbackStarted("budget spent", null));
        happened(new JobEvent.DeletionRequested(1, DeletionReason.ROLLBACK, List.of()));
        happened(new JobEvent.EntitiesDeleted(1, DeletionReason.ROLLBACK, List.of(found(CAMPAIGN), found(adSet(1)),
                found(ad(1)))));
        happened(new JobEvent.JobRolledBack("budget spent"));

        var told = Notification.of(JOB, NotificationKind.ROLLED_BACK, history);

        assertThat(told.status()).isEqualTo(JobStatus.ROLLED_BACK);
        assertThat(told.created()).isEqualTo(new Counts(0, 0));
        assertThat(told.facebookCampaignId()).isNull();
        assertThat(told.reasons()).containsExactly("budget spent");
    }

    private static FoundEntity found(SlotId slot) {
        return new FoundEntity(slot, "10" + slot.type().ordinal() + slot.number(), "name");
    }

    @Test
    void like_errors_are_told_once_and_only_the_latest_ten() {
        for (int i = 1; i <= 12; i++) {
            happened(new JobEvent.RetryScheduled(i, i, T0, fault(ErrorKind.TEMPORARY, i, "error " + i, "trace")));
        }
        happened(new JobEvent.RetryScheduled(13, 13, T0, fault(ErrorKind.TEMPORARY, 5, "error 5", "another trace")));
        happened(new JobEvent.JobFailed(List.of("one", "two"), false));

        var told = Notification.of(JOB, NotificationKind.FAILED, history);

        assertThat(told.reasons()).containsExactly("one", "two");
        assertThat(told.retryCount()).isEqualTo(13);
        assertThat(told.faults()).hasSize(10);
        assertThat(told.faults().stream().map(summary -> summary.fault().code()))
                .containsExactlyElementsOf(
                        IntStream.of(3, 4, 6, 7, 8, 9, 10, 11, 12, 5).boxed().toList());
        assertThat(told.faults().getLast().times()).isEqualTo(2);
        assertThat(told.faults().getLast().fault().fbtraceId()).isEqualTo("another trace");
    }

    @Test
    void the_id_belongs_to_the_job_and_the_kind() {
        assertThat(Notification.id(JOB, NotificationKind.FAILED))
                .isEqualTo(Notification.id(JOB, NotificationKind.FAILED))
                .isNotEqualTo(Notification.id(JOB, NotificationKind.COMPLETED))
                .isNotEqualTo(Notification.id(new UUID(1, 1), NotificationKind.FAILED));
    }

    @Test
    void four_events_are_told_and_no_other() {
        assertThat(NotificationKind.ofEvent("JobCompleted")).contains(NotificationKind.COMPLETED);
        assertThat(NotificationKind.ofEvent("JobFailed")).contains(NotificationKind.FAILED);
        assertThat(NotificationKind.ofEvent("JobRolledBack")).contains(NotificationKind.ROLLED_BACK);
        assertThat(NotificationKind.ofEvent("RollbackProposed")).contains(NotificationKind.ROLLBACK_WAITING);
        assertThat(NotificationKind.ofEvent("JobAccepted")).isEmpty();
        assertThat(NotificationKind.ofEvent(null)).isEmpty();
        assertThatThrownBy(() -> Notification.of(JOB, NotificationKind.COMPLETED, history))
                .hasMessageContaining("PreVerificationRequested");
    }
}
