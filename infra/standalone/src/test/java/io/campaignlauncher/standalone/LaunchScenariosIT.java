package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.schemas.AdSetSpec;
import io.campaignlauncher.schemas.AdSpec;
import io.campaignlauncher.schemas.CampaignSpec;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.CreationRequested;
import io.campaignlauncher.schemas.DeletionPassEnded;
import io.campaignlauncher.schemas.EntitiesDeleted;
import io.campaignlauncher.schemas.EntitiesSnapshotted;
import io.campaignlauncher.schemas.EntityType;
import io.campaignlauncher.schemas.RateLimitReached;
import io.campaignlauncher.schemas.RetryScheduled;
import io.campaignlauncher.schemas.SlotsCreated;
import io.campaignlauncher.schemas.SlotsReopened;
import io.campaignlauncher.schemas.Strategy;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import io.campaignlauncher.simulator.core.ObjectKind;
import io.campaignlauncher.simulator.core.RateLimit;
import io.campaignlauncher.standin.Commit;
import io.campaignlauncher.standin.Fate;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The first six scenarios of the mission: what may happen to one launch, and how it ends. */
@OnRunningSystem
class LaunchScenariosIT {

    private final RunningSystem system;

    LaunchScenariosIT(RunningSystem system) {
        this.system = system;
    }

    @ParameterizedTest
    @EnumSource(names = { "ONE_FIFTY_ONE", "AS_LISTED" })
    void creates_verifies_and_completes_fifty_ad_sets_with_fifty_ads(Strategy strategy) {
        var request = Requests.of(strategy, system.freshAccount(), 50).build();

        var job = completed(request, 50, 50);

        assertThat(job.path("retryCount").asInt()).isZero();
        assertThat(job.path("verified").asBoolean()).isTrue();
        assertThat(job.path("errorHistory")).isEmpty();
        assertThat(job.path("facebookCampaignId").asString())
                .isEqualTo(system.facebook().campaign(request.getAdAccountId()).itself().id());
        var figures = system.http().get("/v1/jobs/" + RunningSystem.jobId(request) + "/idempotency").body();
        for (var count : List.of("requested", "tracked", "facebook", "actual")) {
            assertThat(figures.path(count).path("adSets").asInt()).as(count).isEqualTo(50);
            assertThat(figures.path(count).path("ads").asInt()).as(count).isEqualTo(50);
        }
        assertThat(figures.path("remaining").path("ads").asInt()).isZero();
        assertThat(figures.path("atLimit").asBoolean()).isTrue();
    }

    @Test
    void launches_for_all_with_one_ad_in_each_ad_set() {
        completed(Requests.forAll(system.freshAccount(), 11).build(), 11, 11);
    }

    @Test
    void launches_for_ads_with_fifty_ads_in_one_ad_set() {
        completed(Requests.forAds(system.freshAccount(), 50).build(), 1, 50);
    }

    @ParameterizedTest
    @EnumSource(names = { "ONE_FIFTY_ONE", "AS_LISTED" })
    void waits_for_the_reset_of_a_rate_limit_at_ad_set_31_and_continues_without_using_a_retry(Strategy strategy) {
        var request = Requests.of(strategy, system.freshAccount(), 50).build();
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_AD_SET,
                new FaultEffect.RateLimited(RateLimit.ACCOUNT_CALLS, Duration.ofSeconds(2)), 31, 1);

        var job = completed(request, 50, 50);

        assertThat(job.path("retryCount").asInt()).isZero();
        var jobId = RunningSystem.jobId(request);
        var limits = system.published().eventsOf(jobId, RateLimitReached.class);
        assertThat(limits).isNotEmpty();
        assertThat(system.published().eventsOf(jobId, RetryScheduled.class)).isEmpty();
        var resumed = system.published().eventsOf(jobId).stream()
                .filter(event -> event.message() instanceof CreationRequested)
                .skip(1)
                .findFirst()
                .orElseThrow();
        assertThat(resumed.envelope().time()).isAfterOrEqualTo(limits.getFirst().getUntil());
        assertThat(((CreationRequested) resumed.message()).getCommand().getAdSets())
                .filteredOn(adSet -> adSet.getFacebookId() == null)
                .as("what the limit refused is asked for again, and nothing else")
                .hasSize(20);
    }

    @ParameterizedTest
    @EnumSource(names = { "ONE_FIFTY_ONE", "AS_LISTED" })
    void adopts_three_of_five_ad_sets_whose_answers_were_lost_and_makes_exactly_two_more(Strategy strategy) {
        var request = Requests.of(strategy, system.freshAccount(), 50).build();
        var account = request.getAdAccountId();
        system.fault(account, FaultTarget.CREATE_AD_SET, FaultEffect.replyLost(), 46, 3);
        system.fault(account, FaultTarget.CREATE_AD_SET, FaultEffect.requestLost(), 49, 2);

        completed(request, 50, 50);

        var jobId = RunningSystem.jobId(request);
        assertThat(slotsCreated(jobId, EntityType.AD_SET, false, 1)).isEqualTo(45);
        assertThat(slotsCreated(jobId, EntityType.AD_SET, true, 2)).as("adopted").isEqualTo(3);
        assertThat(slotsCreated(jobId, EntityType.AD_SET, false, 2)).as("made again").isEqualTo(2);
        assertThat(system.published().eventsOf(jobId, EntitiesDeleted.class)).as("nothing was ever too many").isEmpty();
    }

    /** Facebook drops those blanks: what was made is the job's own all the same. */
    @ParameterizedTest
    @ValueSource(strings = { " Fern sale", "\u00a0Fern sale \t" })
    void makes_no_ad_set_twice_under_a_name_with_blanks_around_it(String name) {
        var lost = named(name);
        system.fault(lost.getAdAccountId(), FaultTarget.CREATE_AD_SET, FaultEffect.replyLost(), 2, 1);
        var refused = named(name);
        system.fault(refused.getAdAccountId(), FaultTarget.CREATE_AD_SET, FaultEffect.replyLost(), 2, 1);
        system.fault(refused.getAdAccountId(), FaultTarget.CREATE_AD_SET,
                new FaultEffect.Refused(400, 100, null, "Invalid parameter"), 4, 1);

        assertThat(completed(lost, 5, 5).path("campaignName").asString()).isEqualTo("Fern sale");
        assertThat(system.published().eventsOf(RunningSystem.jobId(lost), EntitiesDeleted.class))
                .as("nothing was ever too many").isEmpty();
        rolledBack(refused);
    }

    /** Facebook takes a null for a value, and refuses one for a budget. */
    @Test
    void takes_further_fields_that_are_null_for_left_out() {
        var account = system.freshAccount();
        var request = Requests.oneFiftyOne(account, 2);
        request.setCampaign(new CampaignSpec(request.getCampaign().getName(), "OUTCOME_LEADS", List.of(),
                Map.of("daily_budget", "null")));
        request.setAdSet(AdSetSpec.newBuilder(request.getAdSet())
                .setGraphFields(Map.of("bid_amount", "null", "promoted_object", "null")).build());
        request.setAd(new AdSpec(request.getAd().getCreative(), Map.of("tracking_specs", "null")));

        completed(request.build(), 2, 2);
    }

    private CreateCampaign named(String name) {
        return Requests.oneFiftyOne(system.freshAccount(), 5).setCampaign(Requests.campaign(name)).build();
    }

    @Test
    void adopts_ads_whose_answers_were_lost_in_the_one_big_batch_of_an_ad_set() {
        var request = Requests.forAds(system.freshAccount(), 50).build();
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_AD, FaultEffect.replyLost(), 20, 1);

        completed(request, 1, 50);

        assertThat(system.published().eventsOf(RunningSystem.jobId(request), EntitiesDeleted.class)).isEmpty();
    }

    @Test
    void adopts_a_campaign_whose_answer_was_lost() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 5).build();
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_CAMPAIGN, FaultEffect.replyLost(), 1, 1);

        completed(request, 5, 5);

        assertThat(slotsCreated(RunningSystem.jobId(request), EntityType.CAMPAIGN, true, 2)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = { "ONE_FIFTY_ONE", "AS_LISTED" })
    void finds_five_successes_that_do_not_exist_and_makes_them_again(Strategy strategy) {
        var request = Requests.of(strategy, system.freshAccount(), 50).build();
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_AD_SET, new FaultEffect.SilentFailure(), 11, 5);

        completed(request, 50, 50);

        var jobId = RunningSystem.jobId(request);
        assertThat(slotsCreated(jobId, EntityType.AD_SET, false, 1)).as("successes at first").isEqualTo(50);
        assertThat(reopened(jobId, EntityType.AD_SET)).isEqualTo(5);
        assertThat(reopened(jobId, EntityType.AD)).isEqualTo(5);
    }

    @Test
    void finds_five_ads_that_do_not_exist_and_makes_them_again() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 50).build();
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_AD, new FaultEffect.SilentFailure(), 11, 5);

        completed(request, 50, 50);

        var jobId = RunningSystem.jobId(request);
        assertThat(reopened(jobId, EntityType.AD_SET)).isZero();
        assertThat(reopened(jobId, EntityType.AD)).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource(names = { "ONE_FIFTY_ONE", "AS_LISTED" })
    void deletes_everything_when_the_account_is_suspended_at_ad_set_31(Strategy strategy) {
        var request = Requests.of(strategy, system.freshAccount(), 50).build();
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_AD_SET, FaultEffect.accountDisabled(), 31, 1);

        var job = rolledBack(request);

        assertThat(job.path("retryCount").asInt()).isZero();
        assertThat(job.path("rollback").path("triggered").asBoolean()).isTrue();
        assertThat(job.path("rollback").path("reason").asString()).isNotBlank().isEqualTo(lastError(job));
        var jobId = RunningSystem.jobId(request);
        var kept = system.published().eventsOf(jobId, EntitiesSnapshotted.class).stream()
                .flatMap(event -> event.getSnapshots().stream())
                .toList();
        assertThat(kept).extracting(snapshot -> snapshot.getEntity().getFacebookId()).doesNotHaveDuplicates();
        assertThat(kept).filteredOn(snapshot -> snapshot.getEntity().getEntityType() == EntityType.AD_SET).hasSize(30);
        assertThat(kept).filteredOn(snapshot -> snapshot.getEntity().getEntityType() == EntityType.AD).hasSize(30);
        assertThat(kept).filteredOn(snapshot -> snapshot.getEntity().getEntityType() == EntityType.CAMPAIGN)
                .hasSize(1);
        assertThat(kept).allSatisfy(snapshot -> assertThat(snapshot.getContent())
                .contains(snapshot.getEntity().getName()));
        assertThat(deleted(jobId)).containsExactlyInAnyOrderElementsOf(
                kept.stream().map(snapshot -> snapshot.getEntity().getFacebookId()).toList());
        assertThat(deletionOrder(jobId)).isSortedAccordingTo(
                Comparator.comparing((EntityType type) -> type.ordinal()).reversed());
    }

    @ParameterizedTest
    @EnumSource(names = { "ONE_FIFTY_ONE", "AS_LISTED" })
    void rolls_everything_back_when_a_network_error_outlives_five_retries(Strategy strategy) {
        var request = Requests.of(strategy, system.freshAccount(), 20).setRetryBudget(5).build();
        // The last four ad sets never get through; the others exist and have to be deleted.
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_AD_SET, FaultEffect.requestLost(), 17, 0);

        var job = rolledBack(request);

        assertThat(job.path("retryCount").asInt()).isEqualTo(5);
        assertThat(job.path("retryBudget").asInt()).isEqualTo(5);
        assertThat(job.path("rollback").path("reason").asString()).contains("retries are used up");
        assertThat(system.published().eventsOf(RunningSystem.jobId(request), RetryScheduled.class)).hasSize(5);
        assertThat(job.path("errorHistory").valueStream()
                .filter(entry -> entry.path("event").asString().equals("RetryScheduled"))).hasSize(5);
        assertThat(job.path("errorHistory").valueStream()
                .filter(entry -> entry.path("event").asString().equals("SlotsFailed"))).hasSizeGreaterThanOrEqualTo(6);
        assertThat(lastError(job)).isNotBlank();
    }

    @Test
    void finds_what_takes_effect_after_the_client_has_given_up() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 10).build();
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_AD_SET, new FaultEffect.NoAnswer(
                Commit.after(RunningSystem.REQUEST_TIMEOUT.plusMillis(700)), Fate.SILENCE), 4, 3);

        completed(request, 10, 10);

        var jobId = RunningSystem.jobId(request);
        assertThat(slotsCreated(jobId, EntityType.AD_SET, true, 2)).isEqualTo(3);
        assertThat(system.published().eventsOf(jobId, EntitiesDeleted.class)).isEmpty();
    }

    private JsonNode completed(CreateCampaign request, int adSets, int ads) {
        var job = system.launch(request);
        assertThat(job.path("status").asString()).as(job::toPrettyString).isEqualTo("completed");
        assertThat(job.path("created").path("adSets").asInt()).isEqualTo(adSets);
        assertThat(job.path("created").path("ads").asInt()).isEqualTo(ads);
        Invariants.hold(system, RunningSystem.jobId(request));
        var campaign = system.facebook().campaign(request.getAdAccountId());
        assertThat(campaign.adSetNames()).hasSize(adSets).doesNotHaveDuplicates();
        assertThat(campaign.adNames()).hasSize(ads).doesNotHaveDuplicates();
        return job;
    }

    private JsonNode rolledBack(CreateCampaign request) {
        var job = system.launch(request);
        assertThat(job.path("status").asString()).as(job::toPrettyString).isEqualTo("rolled_back");
        Invariants.hold(system, RunningSystem.jobId(request));
        assertThat(system.facebook().campaigns(request.getAdAccountId())).isEmpty();
        assertThat(system.simulator().world().count(request.getAdAccountId(),
                ObjectKind.AD_SET)).isZero();
        assertThat(system.simulator().world().count(request.getAdAccountId(),
                ObjectKind.AD)).isZero();
        return job;
    }

    private static String lastError(JsonNode job) {
        return job.path("lastError").asString("");
    }

    private long slotsCreated(String jobId, EntityType type, boolean adopted, int round) {
        return system.published().eventsOf(jobId, SlotsCreated.class).stream()
                .filter(event -> event.getRound() == round)
                .flatMap(event -> event.getSlots().stream())
                .filter(slot -> slot.getEntityType() == type && slot.getAdopted() == adopted)
                .count();
    }

    private long reopened(String jobId, EntityType type) {
        return system.published().eventsOf(jobId, SlotsReopened.class).stream()
                .flatMap(event -> event.getSlots().stream())
                .filter(slot -> slot.getEntityType() == type)
                .count();
    }

    private List<String> deleted(String jobId) {
        return system.published().eventsOf(jobId, EntitiesDeleted.class).stream()
                .flatMap(event -> event.getEntities().stream())
                .map(entity -> entity.getFacebookId())
                .toList();
    }

    private List<EntityType> deletionOrder(String jobId) {
        return system.published().eventsOf(jobId, DeletionPassEnded.class).stream()
                .flatMap(event -> event.getUnconfirmed().stream())
                .map(entity -> entity.getEntityType())
                .toList();
    }
}
