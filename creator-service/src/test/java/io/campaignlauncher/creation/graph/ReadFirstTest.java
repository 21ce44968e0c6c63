package io.campaignlauncher.creation.graph;

import static io.campaignlauncher.creation.Commands.LABEL;
import static io.campaignlauncher.creation.Commands.adSet;
import static io.campaignlauncher.creation.Commands.campaign;

import static io.campaignlauncher.creation.Commands.launch;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.creation.Commands;
import io.campaignlauncher.creation.graph.FakeFacebook.Fate;
import io.campaignlauncher.creation.model.CreationCommand;
import io.campaignlauncher.graph.GraphError;
import io.campaignlauncher.graph.GraphError.Kind;
import io.campaignlauncher.graph.GraphOperation;
import io.campaignlauncher.graph.GraphOperation.Method;
import io.campaignlauncher.schemas.CreateEntities;
import io.campaignlauncher.schemas.CreatedEntity;
import io.campaignlauncher.schemas.EntityType;
import io.campaignlauncher.schemas.ErrorKind;
import io.campaignlauncher.schemas.PlannedEntity;
import io.campaignlauncher.schemas.RoundEnd;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ReadFirstTest {

    private static final GraphError TOO_MUCH_DATA = new GraphError(Kind.TEMPORARY, false, 1, null, 500,
            "Please reduce the amount of data you're asking for, then retry your request (code 1)", null, null);

    private final Workshop shop = new Workshop();

    @Test
    void adopts_what_exists_and_creates_the_rest() {
        var campaignId = shop.facebook.add("campaigns", "Summer", "", LABEL);
        for (var slot = 1; slot <= 48; slot++) {
            var adSetId = shop.facebook.add("adsets", "Summer / ad set " + slot, campaignId);
            if (slot <= 45) {
                shop.facebook.add("ads", "Summer / ad " + slot, adSetId);
            }
        }

        shop.carryOut(readingFirst(50));

        assertThat(shop.facebook.count("campaigns")).isEqualTo(1);
        assertThat(shop.facebook.names("adsets")).hasSize(50).doesNotHaveDuplicates();
        assertThat(shop.facebook.names("ads")).hasSize(50).doesNotHaveDuplicates();
        assertThat(shop.created()).hasSize(101);
        assertThat(shop.created()).filteredOn(CreatedEntity::getAdopted).hasSize(1 + 48 + 45);
        // Two requests of reads, two new branches, three ads under ad sets that exist in one batch.
        assertThat(shop.facebook.requests).hasSize(5);
        assertThat(shop.ends()).containsExactly(RoundEnd.DONE);
    }

    /** A command from before names were given that form: Facebook has trimmed its names all the same. */
    @Test
    void adopts_what_bears_its_names_as_facebook_keeps_them() {
        var campaignId = shop.facebook.add("campaigns", "Summer", "", LABEL);
        var adSetId = shop.facebook.add("adsets", "Summer / ad set 1", campaignId);
        shop.facebook.add("ads", "Summer / ad 1", adSetId);
        var command = launch("j", 1, 1).setRound(2).setLookFirst(true)
                .setCampaign(new PlannedEntity(1, 0, " Summer\u00a0", null, 0))
                .setAdSets(List.of(new PlannedEntity(1, 0, " Summer / ad set 1", null, 0)))
                .setAds(List.of(new PlannedEntity(1, 1, " Summer / ad 1 ", null, 0)));

        shop.carryOut(Commands.command(command));

        assertThat(shop.created()).hasSize(3).allMatch(CreatedEntity::getAdopted);
        assertThat(shop.facebook.entities).hasSize(3);
    }

    @Test
    void creates_everything_where_nothing_exists() {
        shop.carryOut(readingFirst(3));

        assertThat(shop.facebook.entities).hasSize(7);
        assertThat(shop.created()).hasSize(7).noneMatch(CreatedEntity::getAdopted);
    }

    @Test
    void a_campaign_of_the_same_name_without_the_label_is_not_ours() {
        var foreign = shop.facebook.add("campaigns", "Summer", "", "another-job");

        shop.carryOut(readingFirst(1));

        assertThat(shop.facebook.count("campaigns")).isEqualTo(2);
        assertThat(shop.created()).noneMatch(entity -> entity.getFacebookId().equals(foreign));
    }

    @Test
    void of_several_campaigns_of_ours_the_earliest_is_taken() {
        shop.facebook.add("campaigns", "Summer", "", LABEL);
        shop.facebook.entities.put("99999",
                new FakeFacebook.Entity("99999", "campaigns", "Summer", "", List.of(LABEL)));

        shop.carryOut(readingFirst(0));

        assertThat(shop.created()).singleElement().returns("99999", CreatedEntity::getFacebookId);
    }

    @Test
    void adopts_an_ad_only_under_its_own_ad_set() {
        var campaignId = shop.facebook.add("campaigns", "Summer", "", LABEL);
        shop.facebook.add("adsets", "Summer / ad set 1", campaignId);
        var second = shop.facebook.add("adsets", "Summer / ad set 2", campaignId);
        var astray = shop.facebook.add("ads", "Summer / ad 1", second);

        shop.carryOut(readingFirst(2));

        assertThat(shop.created()).filteredOn(entity -> entity.getEntityType() == EntityType.AD).hasSize(2)
                .noneMatch(entity -> entity.getFacebookId().equals(astray));
    }

    @Test
    void an_ad_that_is_in_one_of_two_ad_sets_of_a_name_is_not_made_again_in_the_other() {
        var campaignId = shop.facebook.add("campaigns", "Summer", "", LABEL);
        var copy = shop.facebook.add("adsets", "Summer / ad set 1", campaignId);
        var own = shop.facebook.add("adsets", "Summer / ad set 1", campaignId);
        var ad = shop.facebook.add("ads", "Summer / ad 1", own);

        shop.carryOut(readingFirst(1));

        assertThat(shop.facebook.writes()).isEmpty();
        assertThat(shop.created()).extracting(CreatedEntity::getFacebookId).containsExactly(campaignId, copy, ad);
    }

    @Test
    void of_two_ads_of_a_name_the_one_in_the_slots_own_ad_set_is_taken() {
        var campaignId = shop.facebook.add("campaigns", "Summer", "", LABEL);
        var first = shop.facebook.add("adsets", "Summer / ad set 1", campaignId);
        var second = shop.facebook.add("adsets", "Summer / ad set 1", campaignId);
        shop.facebook.add("ads", "Summer / ad 1", second);
        var inPlace = shop.facebook.add("ads", "Summer / ad 1", first);

        shop.carryOut(readingFirst(1));

        assertThat(shop.created()).extracting(CreatedEntity::getFacebookId).containsExactly(campaignId, first, inPlace);
    }

    @Test
    void an_entity_under_a_known_campaign_that_has_a_slots_name_is_adopted_without_searching_the_campaign() {
        var campaignId = shop.facebook.add("campaigns", "Summer", "", LABEL);
        var adSetId = shop.facebook.add("adsets", "Summer / ad set 1", campaignId);

        shop.carryOut(command(readingFirst(2).message(), campaignId));

        assertThat(shop.created()).filteredOn(CreatedEntity::getAdopted).singleElement()
                .returns(adSetId, CreatedEntity::getFacebookId);
        assertThat(shop.facebook.requests)
                .noneMatch(request -> request.operations().getFirst().path().endsWith("/campaigns"));
    }

    @Test
    void reads_every_page() {
        var campaignId = shop.facebook.add("campaigns", "Summer", "", LABEL);
        for (var slot = 1; slot <= 30; slot++) {
            shop.facebook.add("adsets", "Summer / ad set " + slot, campaignId);
        }
        shop.facebook.pageSize = 7;

        shop.carryOut(readingFirst(30));

        assertThat(shop.facebook.count("adsets")).isEqualTo(30);
    }

    @Test
    void asks_for_smaller_pages_where_facebook_wants_less_and_remembers_it_for_the_next_read() {
        var campaignId = shop.facebook.add("campaigns", "Summer", "", LABEL);
        for (var slot = 1; slot <= 30; slot++) {
            shop.facebook.add("adsets", "Summer / ad set " + slot, campaignId);
        }
        shop.facebook.fate = operation -> operation.method() == Method.GET && operation.path().endsWith("/adsets")
                && Integer.parseInt(operation.parameters().get("limit")) > 100
                        ? new Fate.Refused(TOO_MUCH_DATA)
                        : new Fate.Done();
        var worker = shop.worker();

        worker.begin(List.of(readingFirst(30))).subscribe();
        shop.pass(Duration.ofSeconds(40));
        assertThat(shop.facebook.count("adsets")).isEqualTo(30);
        assertThat(shop.ends()).containsExactly(RoundEnd.DONE);
        assertThat(limitsOfAdSets()).containsExactly("500", "250", "125", "62");

        worker.begin(List.of(Commands.command(launch("j", 30, 1).setRound(3).setLookFirst(true)))).subscribe();
        shop.pass(Duration.ofSeconds(40));
        assertThat(limitsOfAdSets()).last().isEqualTo("62");
        assertThat(limitsOfAdSets()).hasSize(5);
    }

    private List<String> limitsOfAdSets() {
        return shop.facebook.requests.stream().flatMap(request -> request.operations().stream())
                .filter(operation -> operation.method() == Method.GET && operation.path().endsWith("/adsets"))
                .map(operation -> operation.parameters().get("limit"))
                .toList();
    }

    @Test
    void a_read_that_failed_creates_nothing_and_fails_every_unfilled_slot_with_a_known_outcome() {
        shop.facebook.add("campaigns", "Summer", "", LABEL);
        shop.facebook.fate = refusing("/ads", FakeFacebook.error(Kind.TEMPORARY, true, 2, null));

        shop.carryOut(readingFirst(5));

        assertThat(shop.facebook.writes()).isEmpty();
        assertThat(shop.created()).singleElement().returns(EntityType.CAMPAIGN, CreatedEntity::getEntityType);
        assertThat(shop.failed()).hasSize(10);
        assertThat(shop.last().getFaults()).singleElement().satisfies(fault -> {
            assertThat(fault.getOutcomeUnknown()).isFalse();
            assertThat(fault.getKind()).isEqualTo(ErrorKind.TEMPORARY);
        });
        assertThat(shop.last().getEnd()).isEqualTo(RoundEnd.DONE);
    }

    @Test
    void a_read_that_met_a_limit_waits_for_it() {
        shop.facebook.fate = refusing("/campaigns", FakeFacebook.error(Kind.RATE_LIMIT, false, 17, null));

        shop.carryOut(readingFirst(5));

        assertThat(shop.facebook.requests).hasSize(1);
        assertThat(shop.last().getEnd()).isEqualTo(RoundEnd.RATE_LIMITED);
        assertThat(shop.last().getResumeAt()).isNotNull();
        assertThat(shop.claims.resumeAt).isNotEmpty();
    }

    @Test
    void paces_what_a_read_has_left_to_create() {
        var paced = new Workshop(Workshop.capped(10));
        var campaignId = paced.facebook.add("campaigns", "Summer", "", LABEL);
        for (var slot = 1; slot <= 40; slot++) {
            paced.facebook.add("adsets", "Summer / ad set " + slot, campaignId);
        }

        paced.carryOut(readingFirst(40));

        assertThat(paced.facebook.count("ads")).isEqualTo(40);
        assertThat(PacingTest.mutationsWithin(paced.facebook.writes(), 1_000)).isLessThanOrEqualTo(10);
    }

    private static CreationCommand readingFirst(int adSets) {
        return Commands.command(launch("j", adSets, 1).setRound(2).setLookFirst(true));
    }

    private static CreationCommand command(CreateEntities message, String campaignId) {
        return Commands.command(
                CreateEntities.newBuilder(message).setCampaign(campaign(campaignId))
                        .setAdSets(List.of(adSet(1, null), adSet(2, null))));
    }

    private static Function<GraphOperation, Fate> refusing(String edge, GraphError error) {
        return operation -> operation.method() == Method.GET && operation.path().endsWith(edge)
                ? new Fate.Refused(error)
                : new Fate.Done();
    }
}
