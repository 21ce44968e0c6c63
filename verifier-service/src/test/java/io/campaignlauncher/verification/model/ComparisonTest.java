package io.campaignlauncher.verification.model;

import io.campaignlauncher.accountcheck.model.CallStats;
import static io.campaignlauncher.schemas.EntityType.AD;
import static io.campaignlauncher.schemas.EntityType.AD_SET;
import static io.campaignlauncher.schemas.EntityType.CAMPAIGN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.Entity;
import io.campaignlauncher.schemas.EntityRoom;
import io.campaignlauncher.schemas.ErrorKind;
import io.campaignlauncher.schemas.GraphFault;
import io.campaignlauncher.schemas.PlannedEntity;
import io.campaignlauncher.schemas.PostVerificationReported;
import io.campaignlauncher.schemas.SlotRef;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.schemas.VerificationOutcome;
import io.campaignlauncher.schemas.VerificationRequested;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A job of two ad sets (ids 11, 12) with one ad each (ids 21, 22) in campaign 1. */
class ComparisonTest {

    private static final Instant READ_AT = Instant.parse("2026-03-01T12:00:00Z");

    private final VerificationRequested.Builder request = VerificationRequested.newBuilder()
            .setJobId("j-1").setAttempt(3).setAdAccountId("act_1").setCredentialId("default").setLabel("job-j-1")
            .setCampaign(new PlannedEntity(1, 0, "Sale", "1", 0))
            .setAdSets(
                    List.of(new PlannedEntity(1, 0, "Sale - 1", "11", 0), new PlannedEntity(2, 0, "Sale - 2", "12", 0)))
            .setAds(List.of(new PlannedEntity(1, 1, "Ad 1", "21", 0), new PlannedEntity(2, 2, "Ad 2", "22", 0)));

    private final List<ObservedEntity> campaigns = new ArrayList<>();
    private final List<ObservedEntity> adSets = new ArrayList<>();
    private final List<ObservedEntity> ads = new ArrayList<>();
    private final Map<String, EntityState> byId = new HashMap<>();
    private final List<GraphFault> faults = new ArrayList<>();

    @BeforeEach
    void everything_is_in_place() {
        campaigns.add(new ObservedEntity("1", "Sale", null));
        byId.put("1", new EntityState.Present(new ObservedEntity("1", "Sale", null)));
        adSets.addAll(List.of(new ObservedEntity("11", "Sale - 1", "1"), new ObservedEntity("12", "Sale - 2", "1")));
        ads.addAll(List.of(new ObservedEntity("21", "Ad 1", "11"), new ObservedEntity("22", "Ad 2", "12")));
    }

    @Test
    void passes_when_exactly_the_slots_entities_are_there() {
        var report = compare();

        assertThat(report.getOutcome()).isEqualTo(VerificationOutcome.PASSED);
        assertThat(report.getMissing()).isEmpty();
        assertThat(report.getUnknownToSlots()).isEmpty();
        assertThat(List.of(report.getCampaignsFound(), report.getAdSetsFound(), report.getAdsFound()))
                .containsExactly(1, 2, 2);
        assertThat(report.getLookedAt()).isEqualTo(READ_AT);
        assertThat(report.getAttempt()).isEqualTo(3);
    }

    @Test
    void knows_a_lost_entity_by_its_name_as_facebook_keeps_it() {
        request.setAdSets(
                List.of(new PlannedEntity(1, 0, " Sale - 1", null, 0), new PlannedEntity(2, 0, " Sale - 2", "12", 0)));
        request.setAds(
                List.of(new PlannedEntity(1, 1, "Ad 1\u00a0", null, 0), new PlannedEntity(2, 2, "Ad 2", "22", 0)));

        var report = compare();

        assertThat(report.getMissing()).isEmpty();
        assertThat(report.getUnknownToSlots()).extracting(Entity::getFacebookId, Entity::getSlotNumber)
                .containsExactly(tuple("11", 1), tuple("21", 1));
    }

    @Test
    void takes_an_entity_that_only_a_read_by_id_shows_for_there() {
        ads.removeLast();
        byId.put("22", new EntityState.Present(new ObservedEntity("22", "Ad 2", "12")));

        assertThat(compare().getOutcome()).isEqualTo(VerificationOutcome.PASSED);
    }

    @Test
    void asks_by_id_for_exactly_what_the_edges_did_not_show() {
        adSets.removeFirst();
        ads.removeLast();

        assertThat(Comparison.unobserved(request.build(), snapshot())).containsExactly("11", "22");
    }

    @Test
    void finds_a_success_without_an_entity_missing() {
        ads.removeLast();
        byId.put("22", new EntityState.NotFound());

        assertThat(compare().getOutcome()).isEqualTo(VerificationOutcome.REFUSED);
        assertThat(compare().getMissing()).containsExactly(new SlotRef(AD, 2));
        assertThat(compare().getAdsFound()).isEqualTo(1);
    }

    @Test
    void finds_a_deleted_entity_missing_however_early_the_look() {
        request.setConclusiveFrom(READ_AT.plusSeconds(60));
        ads.removeLast();
        byId.put("22", new EntityState.Gone());

        assertThat(compare().getOutcome()).isEqualTo(VerificationOutcome.REFUSED);
        assertThat(compare().getMissing()).containsExactly(new SlotRef(AD, 2));
    }

    @Test
    void does_not_conclude_from_not_found_before_reads_can_be_trusted() {
        request.setConclusiveFrom(READ_AT.plusMillis(1));
        ads.removeLast();
        byId.put("22", new EntityState.NotFound());

        assertThat(compare().getOutcome()).isEqualTo(VerificationOutcome.INCONCLUSIVE);
        assertThat(compare().getLookAgainAt()).isEqualTo(READ_AT.plusMillis(1));
        assertThat(compare().getMissing()).isEmpty();

        request.setConclusiveFrom(READ_AT);
        assertThat(compare().getOutcome()).isEqualTo(VerificationOutcome.REFUSED);
        assertThat(compare().getLookAgainAt()).isNull();
    }

    @Test
    void passes_before_that_time_when_everything_was_seen() {
        request.setConclusiveFrom(READ_AT.plusSeconds(60));

        assertThat(compare().getOutcome()).isEqualTo(VerificationOutcome.PASSED);
    }

    @Test
    void finds_a_slot_without_an_entity_missing() {
        request.setAds(List.of(new PlannedEntity(1, 1, "Ad 1", "21", 0), new PlannedEntity(2, 2, "Ad 2", null, 0)));
        ads.removeLast();

        assertThat(compare().getMissing()).containsExactly(new SlotRef(AD, 2));
        request.setConclusiveFrom(READ_AT.plusSeconds(1));
        assertThat(compare().getOutcome()).isEqualTo(VerificationOutcome.INCONCLUSIVE);
    }

    @Test
    void shows_what_fits_an_empty_slot() {
        request.setAds(List.of(new PlannedEntity(1, 1, "Ad 1", "21", 0), new PlannedEntity(2, 2, "Ad 2", null, 0)));

        assertThat(compare().getOutcome()).isEqualTo(VerificationOutcome.REFUSED);
        assertThat(compare().getMissing()).isEmpty();
        assertThat(compare().getUnknownToSlots()).containsExactly(new Entity(AD, "22", "Ad 2", 2));
        assertThat(compare().getAdsFound()).isEqualTo(2);
    }

    @Test
    void shows_a_whole_branch_that_fits_empty_slots() {
        request.setAdSets(
                List.of(new PlannedEntity(1, 0, "Sale - 1", "11", 0), new PlannedEntity(2, 0, "Sale - 2", null, 0)));
        request.setAds(List.of(new PlannedEntity(1, 1, "Ad 1", "21", 0), new PlannedEntity(2, 2, "Ad 2", null, 0)));

        assertThat(compare().getMissing()).isEmpty();
        assertThat(compare().getUnknownToSlots()).containsExactly(new Entity(AD_SET, "12", "Sale - 2", 2),
                new Entity(AD, "22", "Ad 2", 2));
    }

    @Test
    void shows_a_second_entity_of_a_slot_that_has_one() {
        adSets.add(new ObservedEntity("13", "Sale - 2", "1"));

        assertThat(compare().getOutcome()).isEqualTo(VerificationOutcome.REFUSED);
        assertThat(compare().getMissing()).isEmpty();
        assertThat(compare().getUnknownToSlots()).containsExactly(new Entity(AD_SET, "13", "Sale - 2", 2));
        assertThat(compare().getAdSetsFound()).isEqualTo(3);
    }

    @Test
    void never_offers_an_ad_of_a_surplus_ad_set_to_a_slot() {
        request.setAds(List.of(new PlannedEntity(1, 1, "Ad 1", "21", 0), new PlannedEntity(2, 2, "Ad 2", null, 0)));
        adSets.add(new ObservedEntity("13", "Sale - 2", "1"));
        ads.set(1, new ObservedEntity("23", "Ad 2", "13"));

        assertThat(compare().getMissing()).containsExactly(new SlotRef(AD, 2));
        assertThat(compare().getUnknownToSlots()).containsExactly(new Entity(AD_SET, "13", "Sale - 2", 2),
                new Entity(AD, "23", "Ad 2", 0));
    }

    @Test
    void offers_of_two_ad_sets_the_first_and_its_ad() {
        request.setAdSets(
                List.of(new PlannedEntity(1, 0, "Sale - 1", "11", 0), new PlannedEntity(2, 0, "Sale - 2", null, 0)));
        request.setAds(List.of(new PlannedEntity(1, 1, "Ad 1", "21", 0), new PlannedEntity(2, 2, "Ad 2", null, 0)));
        adSets.set(1, new ObservedEntity("100", "Sale - 2", "1"));
        adSets.add(new ObservedEntity("99", "Sale - 2", "1"));
        ads.set(1, new ObservedEntity("31", "Ad 2", "100"));
        ads.add(new ObservedEntity("32", "Ad 2", "99"));

        assertThat(compare().getUnknownToSlots()).containsExactly(new Entity(AD_SET, "99", "Sale - 2", 2),
                new Entity(AD_SET, "100", "Sale - 2", 2), new Entity(AD, "31", "Ad 2", 0),
                new Entity(AD, "32", "Ad 2", 2));
    }

    @Test
    void does_not_take_an_ad_in_the_wrong_ad_set_for_its_slot_s() {
        ads.set(1, new ObservedEntity("22", "Ad 2", "11"));

        assertThat(compare().getMissing()).containsExactly(new SlotRef(AD, 2));
        assertThat(compare().getUnknownToSlots()).containsExactly(new Entity(AD, "22", "Ad 2", 0));
    }

    @Test
    void finds_the_ads_of_a_missing_ad_set_missing_too() {
        adSets.removeLast();
        ads.removeLast();
        byId.put("12", new EntityState.NotFound());
        byId.put("22", new EntityState.Present(new ObservedEntity("22", "Ad 2", "12")));

        assertThat(compare().getMissing()).containsExactly(new SlotRef(AD_SET, 2), new SlotRef(AD, 2));
    }

    @Test
    void lets_one_entity_fill_one_slot_only() {
        request.setAds(List.of(new PlannedEntity(1, 1, "Ad 1", "21", 0), new PlannedEntity(2, 1, "Ad 2", "21", 0)));
        ads.removeLast();

        assertThat(compare().getMissing()).containsExactly(new SlotRef(AD, 2));
        assertThat(compare().getUnknownToSlots()).isEmpty();
    }

    @Test
    void knows_a_renamed_entity_by_its_id() {
        adSets.set(0, new ObservedEntity("11", "renamed by a person", "1"));

        assertThat(compare().getOutcome()).isEqualTo(VerificationOutcome.PASSED);
    }

    @Test
    void leaves_alone_what_somebody_else_made_in_the_campaign() {
        adSets.add(new ObservedEntity("50", "by hand", "1"));
        ads.add(new ObservedEntity("51", "by hand", "50"));
        ads.add(new ObservedEntity("52", "by hand too", "11"));

        var result = Comparison.compare(request.build(), snapshot(), new CallStats(Duration.ZERO, 1), 100);
        assertThat(result.report().getOutcome()).isEqualTo(VerificationOutcome.PASSED);
        assertThat(result.foreignAdSets()).isEqualTo(1);
        assertThat(result.foreignAds()).isEqualTo(2);
        assertThat(result.report().getAdsFound()).isEqualTo(2);
    }

    @Test
    void shows_a_second_campaign_with_the_job_s_label() {
        campaigns.add(new ObservedEntity("2", "Sale", null));

        assertThat(compare().getOutcome()).isEqualTo(VerificationOutcome.REFUSED);
        assertThat(compare().getUnknownToSlots()).containsExactly(new Entity(CAMPAIGN, "2", "Sale", 1));
        assertThat(compare().getCampaignsFound()).isEqualTo(2);
    }

    @Test
    void finds_everything_below_a_missing_campaign_missing() {
        campaigns.clear();
        byId.put("1", new EntityState.Gone());

        assertThat(compare().getOutcome()).isEqualTo(VerificationOutcome.REFUSED);
        assertThat(compare().getMissing()).containsExactly(new SlotRef(CAMPAIGN, 1), new SlotRef(AD_SET, 1),
                new SlotRef(AD_SET, 2), new SlotRef(AD, 1), new SlotRef(AD, 2));
    }

    @Test
    void concludes_nothing_from_a_campaign_that_may_still_appear() {
        campaigns.clear();
        byId.put("1", new EntityState.NotFound());
        request.setConclusiveFrom(READ_AT.plusSeconds(5));

        assertThat(compare().getOutcome()).isEqualTo(VerificationOutcome.INCONCLUSIVE);
        assertThat(compare().getMissing()).isEmpty();
        assertThat(compare().getLookAgainAt()).isEqualTo(READ_AT.plusSeconds(5));
    }

    @Test
    void offers_a_labelled_campaign_to_a_job_that_knows_none() {
        request.setCampaign(new PlannedEntity(1, 0, "Sale", null, 0));

        assertThat(Comparison.campaignOf(request.build(), snapshot())).contains("1");
        assertThat(compare().getUnknownToSlots()).containsExactly(new Entity(CAMPAIGN, "1", "Sale", 1));
        assertThat(compare().getMissing()).isEmpty();
    }

    @Test
    void is_inconclusive_with_the_reason_when_a_read_failed() {
        ads.removeLast();
        byId.put("22", new EntityState.Unreadable(fault(ErrorKind.TEMPORARY, 2)));

        assertThat(compare().getOutcome()).isEqualTo(VerificationOutcome.INCONCLUSIVE);
        assertThat(compare().getFault()).isEqualTo(fault(ErrorKind.TEMPORARY, 2));
        assertThat(compare().getMissing()).isEmpty();
        assertThat(compare().getLookAgainAt()).isNull();
    }

    @Test
    void does_not_pass_when_a_whole_edge_stayed_unread() {
        faults.add(fault(ErrorKind.RATE_LIMIT, 80004));

        assertThat(compare().getOutcome()).isEqualTo(VerificationOutcome.INCONCLUSIVE);
        assertThat(compare().getFault().getKind()).isEqualTo(ErrorKind.RATE_LIMIT);
    }

    @Test
    void believes_a_read_by_id_rather_than_an_edge_that_lags() {
        byId.put("22", new EntityState.Gone());

        assertThat(compare().getMissing()).containsExactly(new SlotRef(AD, 2));
        assertThat(compare().getUnknownToSlots()).isEmpty();
    }

    /** Somebody duplicates ad sets: as many as he likes, and with the longest names that there may be. */
    @Test
    void tells_of_a_thousand_twins_in_a_record_that_kafka_takes() {
        var name = "漢".repeat(400);
        request.setAdSets(
                List.of(new PlannedEntity(1, 0, name, "11", 0), new PlannedEntity(2, 0, "Sale - 2", "12", 0)));
        IntStream.range(0, 1_000).forEach(i -> adSets.add(new ObservedEntity(Integer.toString(1_000 + i), name, "1")));

        assertThat(new AvroEncoding().encode(compare()).length).isLessThan(Topic.RECORD_BYTES_MAX / 2);
        assertThat(compare().getUnknownToSlots()).hasSize(100).extracting(Entity::getFacebookId).startsWith("1000")
                .endsWith("1099");
        assertThat(compare().getUnknownLeftOut()).isEqualTo(900);
        assertThat(compare().getAdSetsFound()).isEqualTo(1_002);
    }

    @Test
    void says_that_nothing_is_left_out_where_everything_finds_room() {
        adSets.addAll(List.of(new ObservedEntity("13", "Sale - 2", "1"), new ObservedEntity("14", "Sale - 2", "1")));

        assertThat(compare(2).getUnknownToSlots()).hasSize(2);
        assertThat(compare(2).getUnknownLeftOut()).isZero();
    }

    @Test
    void never_leaves_out_what_a_free_slot_is_to_have() {
        request.setAdSets(
                List.of(new PlannedEntity(1, 0, "Sale - 1", "11", 0), new PlannedEntity(2, 0, "Sale - 2", null, 0)));
        request.setAds(List.of(new PlannedEntity(1, 1, "Ad 1", "21", 0), new PlannedEntity(2, 2, "Ad 2", "22", 0)));
        adSets.addAll(0, List.of(new ObservedEntity("3", "Sale - 1", "1"), new ObservedEntity("4", "Sale - 1", "1")));
        adSets.add(new ObservedEntity("13", "Sale - 2", "1"));
        ads.set(1, new ObservedEntity("23", "Ad 2", "12"));
        ads.add(new ObservedEntity("24", "Ad 2", "12"));
        byId.put("22", new EntityState.Gone());

        assertThat(compare(1).getMissing()).containsExactly(new SlotRef(AD, 2));
        assertThat(compare(1).getUnknownToSlots()).containsExactly(new Entity(AD_SET, "3", "Sale - 1", 1),
                new Entity(AD_SET, "12", "Sale - 2", 2), new Entity(AD, "23", "Ad 2", 2));
        assertThat(compare(1).getUnknownLeftOut()).isEqualTo(3);
    }

    private PostVerificationReported compare() {
        return compare(EntityRoom.ENTITIES_MAX);
    }

    private PostVerificationReported compare(int surplusMax) {
        return Comparison.compare(request.build(), snapshot(), new CallStats(Duration.ofMillis(7), 1), surplusMax)
                .report();
    }

    private CampaignSnapshot snapshot() {
        return new CampaignSnapshot(READ_AT, campaigns, adSets, ads, byId, faults);
    }

    private static GraphFault fault(ErrorKind kind, int code) {
        return GraphFault.newBuilder().setKind(kind).setCode(code).setMessage("no").build();
    }
}
