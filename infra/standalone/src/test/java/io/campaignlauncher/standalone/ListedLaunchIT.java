package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.campaignlauncher.schemas.AdSpec;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.Entity;
import io.campaignlauncher.schemas.EntitiesDeleted;
import io.campaignlauncher.schemas.ListedAd;
import io.campaignlauncher.schemas.ListedAdSet;
import io.campaignlauncher.simulator.core.Existing;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Launches in which ad sets and ads differ: what is on Facebook in the end is what was listed, each in its place. */
@OnRunningSystem
class ListedLaunchIT {

    private final RunningSystem system;

    ListedLaunchIT(RunningSystem system) {
        this.system = system;
    }

    @Test
    void each_ad_set_and_each_ad_gets_what_was_listed_for_it() {
        var request = Requests.listed(system.freshAccount(), 3, 2).build();

        completed(request);

        assertAsListed(request);
    }

    @Test
    void what_was_made_without_an_answer_is_found_again_in_its_place() {
        var request = Requests.listed(system.freshAccount(), 6, 3).build();
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_AD_SET, FaultEffect.replyLost(), 2, 2);
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_AD, FaultEffect.replyLost(), 9, 1);

        completed(request);

        assertAsListed(request);
        assertThat(system.published().eventsOf(RunningSystem.jobId(request), EntitiesDeleted.class)
                .stream().flatMap(event -> event.getEntities().stream()).map(Entity::getName)).isEmpty();
    }

    @Test
    void the_largest_list_of_200_ad_sets_with_5_ads_each_is_launched_whole() {
        var request = Requests.listed(system.freshAccount(), 200, 5).build();

        completed(request);

        var campaign = system.facebook().campaign(request.getAdAccountId());
        assertThat(campaign.adSets()).hasSize(200);
        assertThat(campaign.adNames()).hasSize(1_000).doesNotHaveDuplicates();
    }

    @Test
    void over_http_a_list_with_mistakes_is_refused_with_the_place_of_each() {
        var request = Requests.listed(system.freshAccount(), 2, 2);
        var first = request.getAdSets().getFirst();
        var body = Requests.body(request.setAdSets(List.of(first, ListedAdSet.newBuilder(first).setDailyBudget(0L)
                .build())).build());

        var answer = system.http().post("/v1/jobs", body, Map.of("Idempotency-Key", UUID.randomUUID().toString()));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("errors").valueStream().map(one -> one.path("field").asString()))
                .containsExactlyInAnyOrder("adSets[1].dailyBudget", "adSets[1].name", "adSets[1].ads[0].name",
                        "adSets[1].ads[1].name");
    }

    @Test
    void over_http_a_list_is_launched_as_over_kafka_and_is_the_same_job() {
        var request = Requests.listed(system.freshAccount(), 2, 2).build();
        var answer = system.http().post("/v1/jobs", Requests.body(request),
                Map.of("Idempotency-Key", request.getIdempotencyKey()));
        assertThat(answer.status()).as(answer.body()::toPrettyString).isEqualTo(202);

        completed(request);

        assertAsListed(request);
    }

    @Test
    void names_count_and_texts_and_links_take_turns() {
        var account = system.freshAccount();
        var request = Requests.forAll(account, 3).setAdSetName("US {n}").setAdName("Shoe {n}")
                .setTexts(List.of("Buy", "Look")).setLinks(List.of("https://example.com/a"))
                .setAd(new AdSpec("{\"object_story_spec\":{\"page_id\":\"1000000001\","
                        + "\"link_data\":{\"link\":\"{link}\",\"message\":\"{text} now\"}}}", Map.of()))
                .build();

        completed(request);

        var campaign = system.facebook().campaign(account);
        assertThat(campaign.adSetNames()).containsExactlyInAnyOrder("US 1", "US 2", "US 3");
        assertThat(campaign.ads()).extracting(Existing::name, this::message).containsExactlyInAnyOrder(
                tuple("Shoe 1", "Buy now"), tuple("Shoe 2", "Look now"), tuple("Shoe 3", "Buy now"));
    }

    private void completed(CreateCampaign request) {
        var job = system.launch(request);
        assertThat(job.path("status").asString()).as(job::toPrettyString).isEqualTo("completed");
        Invariants.hold(system, RunningSystem.jobId(request));
    }

    private void assertAsListed(CreateCampaign request) {
        var campaign = system.facebook().campaign(request.getAdAccountId());
        assertThat(campaign.adSets()).hasSameSizeAs(request.getAdSets());
        for (var listed : request.getAdSets()) {
            var adSet = campaign.adSets().stream().filter(one -> one.name().equals(listed.getName())).findFirst()
                    .orElseThrow();
            assertThat(adSet.dailyBudget()).isEqualTo(listed.getDailyBudget().toString());
            var ads = campaign.ads().stream().filter(ad -> adSet.id().equals(ad.adSetId())).toList();
            assertThat(ads).extracting(Existing::name)
                    .containsExactlyInAnyOrderElementsOf(listed.getAds().stream().map(ListedAd::getName).toList());
            assertThat(ads).allSatisfy(ad -> assertThat(message(ad)).isEqualTo(ad.name().replace("Ad", "Text")));
        }
    }

    private String message(Existing ad) {
        return system.facebook().read(ad.id(), "creative{object_story_spec}").path("creative")
                .path("object_story_spec").path("link_data").path("message").asString();
    }
}
