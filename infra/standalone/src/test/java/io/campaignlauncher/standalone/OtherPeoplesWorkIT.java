package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.schemas.CampaignSpec;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.DeletionReason;
import io.campaignlauncher.schemas.DeletionRequested;
import io.campaignlauncher.schemas.EntitiesDeleted;
import io.campaignlauncher.schemas.Entity;
import io.campaignlauncher.schemas.JobAccepted;
import io.campaignlauncher.schemas.SlotsReopened;
import io.campaignlauncher.simulator.core.Existing;
import io.campaignlauncher.simulator.core.Fault;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Others work on the same account meanwhile: what is ours twice is removed, what is theirs is left alone. */
@OnRunningSystem
class OtherPeoplesWorkIT {

    private static final int AD_SETS = 6;

    private final RunningSystem system;

    OtherPeoplesWorkIT(RunningSystem system) {
        this.system = system;
    }

    @Test
    void removes_a_second_ad_set_and_a_second_ad_of_one_name() {
        var request = Requests.oneFiftyOne(system.freshAccount(), AD_SETS).build();
        var ours = createdButNotVerified(request);
        var account = request.getAdAccountId();
        var secondAdSet = system.facebook().makeAdSet(account, ours.itself().id(), name(request, " / ad set 1"));
        var secondAd = system.facebook().makeAd(account, adSetOf(ours, name(request, " / ad 2")),
                name(request, " / ad 2"));

        completed(request, Set.of());

        assertThat(surplusDeleted(request)).containsExactlyInAnyOrder(secondAdSet, secondAd);
        assertThat(isLive(secondAdSet)).isFalse();
        assertThat(isLive(secondAd)).isFalse();
    }

    @Test
    void deletes_a_second_ad_set_again_whose_deletion_only_seemed_to_succeed() {
        var request = Requests.oneFiftyOne(system.freshAccount(), AD_SETS).build();
        var account = request.getAdAccountId();
        var ours = createdButNotVerified(request);
        var second = system.facebook().makeAdSet(account, ours.itself().id(), name(request, " / ad set 1"));
        system.fault(account, FaultTarget.DELETE_AD_SET, new FaultEffect.SilentFailure(), 1, 1);

        completed(request, Set.of());

        assertThat(surplusDeleted(request)).containsExactly(second);
        assertThat(isLive(second)).isFalse();
        assertThat(timesAskedFor(request, second)).isEqualTo(2);
    }

    @Test
    void says_what_is_left_where_a_second_ad_set_is_never_deleted_though_it_seems_to_be() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 2).setRetryBudget(2).build();
        var account = request.getAdAccountId();
        var ours = createdButNotVerified(request);
        var second = system.facebook().makeAdSet(account, ours.itself().id(), name(request, " / ad set 1"));
        system.fault(account, FaultTarget.DELETE, new FaultEffect.SilentFailure(), 1, 0);

        var jobId = RunningSystem.jobId(request);
        var job = system.settled(jobId);

        assertThat(job.path("status").asString()).as(job::toPrettyString).isEqualTo("failed");
        assertThat(job.path("lastError").asString()).contains("rolled back in part only", "ad set " + second,
                "campaign " + ours.itself().id());
        assertThat(surplusDeleted(request)).isEmpty();
        assertThat(isLive(second)).isTrue();
        Invariants.holdBeside(system, jobId, Set.of(second));
    }

    /** With names as long as they may be. */
    @Test
    void removes_more_second_ad_sets_than_one_record_names() {
        var plain = Requests.oneFiftyOne(system.freshAccount(), 2).build();
        var request = CreateCampaign.newBuilder(plain)
                .setCampaign(CampaignSpec.newBuilder(plain.getCampaign())
                        .setName("漢".repeat(386)).build())
                .build();
        var ours = createdButNotVerified(request);
        var twin = ours.adSets().getFirst().name();
        var twins = IntStream.range(0, 130)
                .mapToObj(_ -> system.facebook().makeAdSet(request.getAdAccountId(), ours.itself().id(), twin))
                .toList();

        completed(request, Set.of());

        assertThat(twins).noneMatch(this::isLive);
        assertThat(surplusDeleted(request)).containsExactlyInAnyOrderElementsOf(twins);
        assertThat(surplusAskedFor(request)).hasSizeGreaterThanOrEqualTo(2).allMatch(named -> named.size() <= 100);
    }

    @Test
    void removes_a_second_campaign_that_bears_the_jobs_label() {
        var request = Requests.oneFiftyOne(system.freshAccount(), AD_SETS).build();
        createdButNotVerified(request);
        var label = system.published().eventsOf(RunningSystem.jobId(request), JobAccepted.class).getFirst().getLabel();
        var second = system.facebook().make(request.getAdAccountId(), "campaigns", Map.of("name",
                request.getCampaign().getName(), "objective", "OUTCOME_SALES", "status", "PAUSED",
                "special_ad_categories", "[]", "is_adset_budget_sharing_enabled", "false", "adlabels",
                "[{\"name\":\"" + label + "\"}]"));

        completed(request, Set.of());

        assertThat(surplusDeleted(request)).containsExactly(second);
    }

    @Test
    void leaves_alone_what_others_made_in_the_campaign() {
        var request = Requests.oneFiftyOne(system.freshAccount(), AD_SETS).build();
        var ours = createdButNotVerified(request);
        var account = request.getAdAccountId();
        var theirAdSet = system.facebook().makeAdSet(account, ours.itself().id(), "Made by hand");
        var theirAd = system.facebook().makeAd(account, theirAdSet, "Also made by hand");
        var theirCampaign = system.facebook().makeCampaign(account, "Another campaign");

        completed(request, Set.of(theirAdSet, theirAd));

        assertThat(surplusDeleted(request)).isEmpty();
        assertThat(isLive(theirAdSet)).isTrue();
        assertThat(isLive(theirAd)).isTrue();
        assertThat(isLive(theirCampaign)).isTrue();
    }

    @Test
    void deletes_its_own_in_a_rollback_and_keeps_the_campaign_that_others_use() {
        var request = Requests.oneFiftyOne(system.freshAccount(), AD_SETS).build();
        var account = request.getAdAccountId();
        system.fault(account, FaultTarget.CREATE_AD_SET, new FaultEffect.Slow(Duration.ofSeconds(2)), 1, 1);
        system.simulator().faults().add(Fault.once(FaultTarget.CREATE_AD_SET,
                new FaultEffect.Refused(400, 100, null, "Invalid parameter")).inAccount(account)
                .named(" / ad set " + AD_SETS));
        system.publish(request);
        await("an ad set is made").atMost(RunningSystem.PATIENCE).pollInterval(Duration.ofMillis(10))
                .until(() -> system.facebook().campaigns(account).stream().anyMatch(one -> !one.adSets().isEmpty()));
        var campaign = system.facebook().campaign(account).itself().id();
        var theirs = system.facebook().makeAdSet(account, campaign, "Made by hand");

        var jobId = RunningSystem.jobId(request);
        var job = system.settled(jobId);

        assertThat(job.path("status").asString()).as(job::toPrettyString).isEqualTo("failed");
        assertThat(job.path("rollback").path("triggered").asBoolean()).isTrue();
        assertThat(job.path("lastError").asString()).contains("in part");
        Invariants.holdBeside(system, jobId, Set.of(theirs));
        assertThat(system.facebook().campaign(account).adSets()).extracting(Existing::id).containsExactly(theirs);
        assertThat(Invariants.filledIds(system, jobId)).containsExactly(campaign);
    }

    @Test
    void makes_again_what_somebody_deleted_before_it_was_verified() {
        var request = Requests.oneFiftyOne(system.freshAccount(), AD_SETS).build();
        var ours = createdButNotVerified(request);
        var gone = ours.adSets().stream().filter(adSet -> adSet.name().endsWith(" / ad set 2")).findFirst()
                .orElseThrow();
        system.simulator().world().delete(gone.id());

        completed(request, Set.of());

        assertThat(system.published().eventsOf(RunningSystem.jobId(request), SlotsReopened.class)).isNotEmpty();
        assertThat(Invariants.filledIds(system, RunningSystem.jobId(request))).doesNotContain(gone.id());
    }

    /** Launches, and comes back while everything is there but one answer, so that nothing is verified yet. */
    private Facebook.Campaign createdButNotVerified(CreateCampaign request) {
        var account = request.getAdAccountId();
        int adSets = request.getAdSetCount();
        system.fault(account, FaultTarget.CREATE_AD_SET, new FaultEffect.Slow(Duration.ofSeconds(2)), adSets, 1);
        system.publish(request);
        await("everything is made").atMost(RunningSystem.PATIENCE).pollInterval(Duration.ofMillis(10))
                .until(() -> system.facebook().campaigns(account).stream()
                        .anyMatch(one -> one.adSets().size() == adSets && one.ads().size() == adSets));
        return system.facebook().campaign(account);
    }

    private static String name(CreateCampaign request, String suffix) {
        return request.getCampaign().getName() + suffix;
    }

    private static String adSetOf(Facebook.Campaign campaign, String adName) {
        return campaign.ads().stream().filter(ad -> ad.name().equals(adName)).findFirst().orElseThrow().adSetId();
    }

    private void completed(CreateCampaign request, Set<String> foreign) {
        var jobId = RunningSystem.jobId(request);
        var job = system.settled(jobId);
        assertThat(job.path("status").asString()).as(job::toPrettyString).isEqualTo("completed");
        Invariants.holdBeside(system, jobId, foreign);
    }

    private List<String> surplusDeleted(CreateCampaign request) {
        return system.published().eventsOf(RunningSystem.jobId(request), EntitiesDeleted.class).stream()
                .filter(event -> event.getReason() == DeletionReason.SURPLUS)
                .flatMap(event -> event.getEntities().stream())
                .map(Entity::getFacebookId)
                .toList();
    }

    /** By request, the ids that it names. */
    private List<List<String>> surplusAskedFor(CreateCampaign request) {
        return system.published().eventsOf(RunningSystem.jobId(request), DeletionRequested.class).stream()
                .map(event -> event.getEntities().stream().map(Entity::getFacebookId).filter(id -> !id.isEmpty())
                        .toList())
                .toList();
    }

    private long timesAskedFor(CreateCampaign request, String id) {
        return surplusAskedFor(request).stream().filter(named -> named.contains(id)).count();
    }

    private boolean isLive(String id) {
        return !system.simulator().world().object(id).orElseThrow().status().equals("DELETED");
    }
}
