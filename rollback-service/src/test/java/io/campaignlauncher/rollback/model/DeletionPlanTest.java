package io.campaignlauncher.rollback.model;

import static io.campaignlauncher.schemas.EntityType.AD;
import static io.campaignlauncher.schemas.EntityType.AD_SET;
import static io.campaignlauncher.schemas.EntityType.CAMPAIGN;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.DeletionRequested;
import io.campaignlauncher.schemas.Entity;
import io.campaignlauncher.schemas.EntitySnapshot;
import io.campaignlauncher.schemas.EntityType;
import io.campaignlauncher.schemas.ErrorKind;
import io.campaignlauncher.schemas.GraphFault;
import io.campaignlauncher.schemas.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeletionPlanTest {

    private static final Entity CAMPAIGN_1 = new Entity(CAMPAIGN, "1", "Sale", 1);
    private static final Entity AD_SET_11 = new Entity(AD_SET, "11", "Sale - 1", 1);
    private static final Entity AD_SET_12 = new Entity(AD_SET, "12", "Sale - 2", 2);
    private static final Entity AD_21 = new Entity(AD, "21", "Ad 1", 1);
    private static final Entity AD_22 = new Entity(AD, "22", "Ad 2", 2);
    private static final GraphFault LATER = fault(ErrorKind.TEMPORARY);

    private final Ownership ownership = new Ownership(DeletionRequested.newBuilder()
            .setEntities(List.of(CAMPAIGN_1, AD_SET_11, new Entity(AD_SET, "", "Sale - 2", 2), AD_21,
                    new Entity(AD, "", "Ad 2", 2)))
            .build());
    private final List<Candidate> candidates = new ArrayList<>(List.of(ownership.campaign("1", "Sale"),
            ownership.within("1", AD_SET, "11", "Sale - 1", null),
            ownership.within("1", AD_SET, "12", "Sale - 2", null),
            ownership.within("1", AD, "21", "Ad 1", "11"), ownership.within("1", AD, "22", "Ad 2", "12")));
    private final Map<String, EntityState> states = new HashMap<>(Map.of("1", present(CAMPAIGN_1, null, null),
            "11", present(AD_SET_11, "1", null), "12", present(AD_SET_12, "1", null), "21", present(AD_21, "1", "11"),
            "22", present(AD_22, "1", "12")));

    @Test
    void deletes_ads_then_ad_sets_then_the_campaign_and_keeps_every_content() {
        var plan = DeletionPlan.rollback(candidates, states, DeletionPlan.DELETIONS_MAX);

        assertThat(plan.phases()).containsExactly(List.of(AD_21, AD_22), List.of(AD_SET_11, AD_SET_12),
                List.of(CAMPAIGN_1));
        assertThat(plan.snapshots()).containsExactlyInAnyOrder(new EntitySnapshot(CAMPAIGN_1, "{1}"),
                new EntitySnapshot(AD_SET_11, "{11}"), new EntitySnapshot(AD_SET_12, "{12}"),
                new EntitySnapshot(AD_21, "{21}"), new EntitySnapshot(AD_22, "{22}"));
        assertThat(plan.found()).hasSize(5);
        assertThat(plan.gone()).isEmpty();
        assertThat(plan.withheld()).isEmpty();
    }

    /** Somebody duplicates ads: as many as he likes, and with the longest names that there may be. */
    @Test
    void tells_of_a_thousand_twins_in_a_record_that_kafka_takes() {
        var name = "漢".repeat(400);
        for (int i = 0; i < 1_000; i++) {
            var twin = new Entity(AD, Integer.toString(1_000 + i), name, 2);
            candidates.add(new Candidate(twin, "1", "12", true, true));
            states.put(twin.getFacebookId(), present(twin, "1", "12"));
        }
        var plan = DeletionPlan.rollback(candidates, states, DeletionPlan.DELETIONS_MAX);
        var said = new HashMap<String, PassResult.Evidence>();
        plan.phases().forEach(phase -> phase.forEach(one -> said.put(one.getFacebookId(), PassResult.Evidence.SAID)));
        var report = new PassResult(said, Map.of(), null).report(DeletionRequested.newBuilder().build(), plan,
                Instant.EPOCH, 1);

        assertThat(new AvroEncoding().encode(report).length).isLessThan(Topic.RECORD_BYTES_MAX);
        assertThat(report.getFound()).isEqualTo(1_005);
        assertThat(report.getDeleted().size() + report.getLeftOut()).isEqualTo(1_005);
        assertThat(plan.snapshots()).hasSameSizeAs(report.getDeleted());
    }

    @Test
    void tells_of_the_worst_pass_that_there_may_be_in_a_record_that_kafka_takes() {
        var name = "漢".repeat(400);
        for (int i = 0; i < 500; i++) {
            var gone = new Entity(AD, Integer.toString(1_000 + i), name, i % 200 + 1);
            candidates.add(Candidate.known(gone));
            states.put(gone.getFacebookId(), new EntityState.Gone());
            var unreadable = new Entity(AD, Integer.toString(2_000 + i), name, 1);
            candidates.add(new Candidate(unreadable, "1", "11", true, true));
            states.put(unreadable.getFacebookId(), new EntityState.Unreadable(saying("漢" + i)));
            var refused = new Entity(AD, Integer.toString(3_000 + i), name, 1);
            candidates.add(new Candidate(refused, "1", "11", true, true));
            states.put(refused.getFacebookId(), present(refused, "1", "11"));
        }
        var plan = DeletionPlan.rollback(candidates, states, DeletionPlan.DELETIONS_MAX);
        var failures = new HashMap<String, GraphFault>();
        plan.phases().forEach(phase -> phase.forEach(one -> failures.put(one.getFacebookId(),
                saying("字" + one.getFacebookId()))));
        var report = new PassResult(Map.of(), failures, null).report(DeletionRequested.newBuilder().build(), plan,
                Instant.EPOCH, 1);

        assertThat(report.getDeleted()).hasSize(500);
        assertThat(report.getFailed()).hasSizeGreaterThan(100);
        assertThat(new AvroEncoding().encode(report).length).isLessThan(Topic.RECORD_BYTES_MAX - 8 * 1024)
                .isGreaterThan(900_000);
    }

    private static GraphFault saying(String what) {
        return GraphFault.newBuilder().setKind(ErrorKind.TEMPORARY).setMessage("漢".repeat(900) + what).build();
    }

    @Test
    void leaves_what_finds_no_room_and_all_that_it_is_in_to_the_next_pass() {
        var plan = DeletionPlan.rollback(candidates, states, 3);

        assertThat(plan.phases()).containsExactly(List.of(AD_21, AD_22), List.of(AD_SET_11), List.of());
        assertThat(plan.withheld()).isEmpty();
        assertThat(plan.leftOut()).isEqualTo(2);
        assertThat(plan.snapshots()).extracting(EntitySnapshot::getEntity).containsExactlyInAnyOrder(AD_21, AD_22,
                AD_SET_11);
        assertThat(DeletionPlan.rollback(candidates, states, 1).phases()).containsExactly(List.of(AD_21),
                List.of(), List.of());
    }

    @Test
    void names_so_many_of_what_has_to_stay_and_deletes_the_rest() {
        for (int i = 0; i < 1_000; i++) {
            var unreadable = new Entity(AD, Integer.toString(1_000 + i), "Ad 1", 1);
            candidates.addFirst(new Candidate(unreadable, "1", "11", true, true));
            states.put(unreadable.getFacebookId(), new EntityState.Unreadable(LATER));
        }
        var plan = DeletionPlan.rollback(candidates, states, DeletionPlan.DELETIONS_MAX);

        assertThat(plan.phases()).containsExactly(List.of(AD_21, AD_22), List.of(AD_SET_12), List.of());
        assertThat(plan.withheld()).hasSize(100);
        assertThat(plan.leftOut()).isEqualTo(1_002 - 100);
        assertThat(plan.found()).hasSize(1_005);
    }

    @Test
    void takes_for_the_job_s_what_bears_a_slot_s_name_or_has_a_slot_s_id() {
        assertThat(ownership.within("1", AD, "90", "Ad 2", "12").ours()).isTrue();
        assertThat(ownership.within("1", AD, "21", "renamed", "11").ours()).isTrue();
        assertThat(ownership.within("1", AD, "90", "Ad 2\u00a0", "12").ours()).as("as Facebook keeps it").isTrue();
        assertThat(ownership.within("1", AD, "90", "Ad 3", "12").ours()).isFalse();
        assertThat(ownership.within("1", AD_SET, "90", "Ad 2", null).ours()).as("a name of another type").isFalse();
    }

    @Test
    void counts_what_is_deleted_already_as_gone() {
        states.put("22", new EntityState.Gone());

        var plan = DeletionPlan.rollback(candidates, states, DeletionPlan.DELETIONS_MAX);
        assertThat(plan.gone()).containsExactly(AD_22);
        assertThat(plan.phases().getFirst()).containsExactly(AD_21);
        assertThat(plan.found()).hasSize(4);
    }

    @Test
    void deletes_also_what_a_lagging_read_did_not_find() {
        candidates.remove(3);
        candidates.add(Candidate.known(AD_21));
        states.put("21", new EntityState.NotFound());

        var plan = DeletionPlan.rollback(candidates, states, DeletionPlan.DELETIONS_MAX);
        assertThat(plan.phases().getFirst()).containsExactly(AD_22, AD_21);
        assertThat(plan.snapshots()).hasSize(4);
        assertThat(plan.found()).hasSize(4);
    }

    @Test
    void leaves_the_campaign_where_somebody_else_s_ad_set_is_in_it() {
        candidates.add(ownership.within("1", AD_SET, "50", "by hand", null));

        var plan = DeletionPlan.rollback(candidates, states, DeletionPlan.DELETIONS_MAX);
        assertThat(plan.phases()).containsExactly(List.of(AD_21, AD_22), List.of(AD_SET_11, AD_SET_12), List.of());
        assertThat(plan.withheld()).singleElement().satisfies(one -> {
            assertThat(one.entity()).isEqualTo(CAMPAIGN_1);
            assertThat(one.fault().getKind()).isEqualTo(ErrorKind.PERMANENT);
        });
        assertThat(plan.snapshots()).extracting(EntitySnapshot::getEntity).doesNotContain(CAMPAIGN_1);
    }

    @Test
    void leaves_an_ad_set_and_its_campaign_where_somebody_else_s_ad_is_in_it() {
        candidates.add(ownership.within("1", AD, "51", "by hand", "12"));

        var plan = DeletionPlan.rollback(candidates, states, DeletionPlan.DELETIONS_MAX);
        assertThat(plan.phases()).containsExactly(List.of(AD_21, AD_22), List.of(AD_SET_11), List.of());
        assertThat(plan.withheld()).extracting(DeletionPlan.Withheld::entity).containsExactly(AD_SET_12, CAMPAIGN_1);
    }

    @Test
    void lets_nothing_disappear_whose_content_could_not_be_kept() {
        states.put("21", new EntityState.Unreadable(LATER));

        var plan = DeletionPlan.rollback(candidates, states, DeletionPlan.DELETIONS_MAX);
        assertThat(plan.phases()).containsExactly(List.of(AD_22), List.of(AD_SET_12), List.of());
        assertThat(plan.withheld()).containsExactly(new DeletionPlan.Withheld(AD_21, LATER),
                new DeletionPlan.Withheld(AD_SET_11, LATER), new DeletionPlan.Withheld(CAMPAIGN_1, LATER));
    }

    @Test
    void leaves_every_ad_set_where_an_unreadable_ad_may_be_in_any() {
        candidates.set(3, Candidate.known(AD_21));
        states.put("21", new EntityState.Unreadable(LATER));

        assertThat(DeletionPlan.rollback(candidates, states, DeletionPlan.DELETIONS_MAX).phases())
                .containsExactly(List.of(AD_22), List.of(), List.of());
    }

    @Test
    void deletes_without_a_snapshot_what_will_never_be_readable() {
        states.put("21", new EntityState.Unreadable(fault(ErrorKind.PERMANENT)));

        var plan = DeletionPlan.rollback(candidates, states, DeletionPlan.DELETIONS_MAX);
        assertThat(plan.phases().getFirst()).containsExactly(AD_21, AD_22);
        assertThat(plan.snapshots()).hasSize(4);
    }

    @Test
    void deletes_a_surplus_entity_only_if_it_is_what_the_job_takes_it_for() {
        states.put("22", new EntityState.Present("by hand", "{}", false, "1", "12"));
        states.put("1", new EntityState.Present("Sale", "{}", false, null, null));

        var plan = DeletionPlan.surplus(List.of(AD_21, AD_22, AD_SET_11, CAMPAIGN_1), List.of(), states,
                DeletionPlan.DELETIONS_MAX);
        assertThat(plan.phases()).containsExactly(List.of(AD_21), List.of(AD_SET_11), List.of());
        assertThat(plan.withheld()).extracting(one -> one.entity().getFacebookId()).containsExactly("22", "1");
        assertThat(plan.withheld()).allMatch(one -> one.fault().getKind() == ErrorKind.PERMANENT);
    }

    @Test
    void deletes_a_surplus_campaign_that_carries_the_label() {
        var plan = DeletionPlan.surplus(List.of(CAMPAIGN_1), List.of(), states, DeletionPlan.DELETIONS_MAX);

        assertThat(plan.phases()).containsExactly(List.of(), List.of(), List.of(CAMPAIGN_1));
        assertThat(plan.snapshots()).hasSize(1);
    }

    @Test
    void keeps_a_surplus_ad_set_for_the_sake_of_an_ad_that_must_stay() {
        states.put("22", new EntityState.Present("by hand", "{}", false, "1", "12"));

        assertThat(DeletionPlan
                .surplus(List.of(AD_22, AD_SET_12, AD_SET_11), List.of(), states, DeletionPlan.DELETIONS_MAX)
                .phases().get(1))
                .containsExactly(AD_SET_11);
    }

    @Test
    void takes_surplus_that_is_not_there_for_gone() {
        states.put("21", new EntityState.NotFound());
        states.put("22", new EntityState.Gone());

        var plan = DeletionPlan.surplus(List.of(AD_21, AD_22), List.of(), states, DeletionPlan.DELETIONS_MAX);
        assertThat(plan.gone()).containsExactly(AD_21, AD_22);
        assertThat(plan.found()).isEmpty();
    }

    private static EntityState present(Entity entity, String campaignId, String adSetId) {
        return new EntityState.Present(entity.getName(), "{" + entity.getFacebookId() + "}",
                entity.getEntityType() == EntityType.CAMPAIGN, campaignId, adSetId);
    }

    private static GraphFault fault(ErrorKind kind) {
        return GraphFault.newBuilder().setKind(kind).setMessage("no").build();
    }
}
