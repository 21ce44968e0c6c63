package io.campaignlauncher.creation.graph;

import static io.campaignlauncher.creation.Commands.ad;
import static io.campaignlauncher.creation.Commands.campaign;
import static io.campaignlauncher.creation.Commands.command;
import static io.campaignlauncher.creation.Commands.launch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.campaignlauncher.creation.graph.FakeFacebook.Fate;
import io.campaignlauncher.graph.GraphError.Kind;
import io.campaignlauncher.graph.GraphError;
import io.campaignlauncher.graph.GraphOperation;
import io.campaignlauncher.graph.GraphResult;
import io.campaignlauncher.schemas.AdSpec;
import io.campaignlauncher.schemas.EntityType;
import io.campaignlauncher.schemas.ErrorKind;
import io.campaignlauncher.schemas.RoundEnd;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What a round reports of the answers it got, and what it sends after them. */
class OutcomesTest {

    private static final GraphError PERMANENT = FakeFacebook.error(Kind.PERMANENT, false, 200, null);
    private static final GraphError TEMPORARY = FakeFacebook.error(Kind.TEMPORARY, false, 1, null);
    private static final GraphError UNKNOWN = FakeFacebook.error(Kind.TEMPORARY, true, 960, null);
    private static final GraphError MISSING = FakeFacebook.error(Kind.PERMANENT, false, 100, 33);
    private final Workshop shop = new Workshop();

    @Test
    void a_lost_answer_is_reported_unknown_and_never_resent() {
        shop.facebook.fate = operation -> isAdSet(operation, 3) ? new Fate.Silence() : new Fate.Done();

        shop.carryOut(command(launch("j", 5, 1)));

        assertThat(shop.facebook.count("adsets")).isEqualTo(5);
        assertThat(shop.created()).hasSize(9);
        assertThat(shop.failed()).extracting("entityType", "slotNumber").containsExactlyInAnyOrder(
                tuple(EntityType.AD_SET, 3),
                tuple(EntityType.AD, 3));
        assertThat(shop.last().getFaults()).singleElement()
                .satisfies(fault -> assertThat(fault.getOutcomeUnknown()).isTrue());
        assertThat(shop.last().getEnd()).isEqualTo(RoundEnd.DONE);
        assertThat(shop.last().getQuietAt()).isEqualTo(shop.reportedAt.getLast());
    }

    @Test
    void the_last_report_tells_the_whole_round_because_one_before_it_may_never_reach_the_job() {
        shop.facebook.latency = Duration.ofMillis(400);
        shop.facebook.fate = operation -> isAd(operation, 3) ? new Fate.Refused(TEMPORARY) : new Fate.Done();

        shop.carryOut(command(launch("j", 5, 1)));

        assertThat(shop.reports).hasSizeGreaterThan(1);
        assertThat(shop.last().getCreated()).hasSize(10).containsExactlyInAnyOrderElementsOf(shop.created());
        assertThat(shop.last().getFailed()).singleElement().satisfies(slot -> {
            assertThat(slot.getEntityType()).isEqualTo(EntityType.AD);
            assertThat(slot.getSlotNumber()).isEqualTo(3);
        });
    }

    /** Such a field is no longer taken, but a command may be older than that rule. */
    @Test
    void a_field_that_would_make_another_call_of_a_create_ends_the_round_before_anything_is_sent() {
        shop.carryOut(command(launch("j", 2, 1).setAdSpec(new AdSpec("{}", Map.of("batch", "[]")))));

        assertThat(shop.facebook.requests).isEmpty();
        assertThat(shop.last().getFaults()).singleElement().satisfies(fault -> {
            assertThat(fault.getKind()).isEqualTo(ErrorKind.PERMANENT);
            assertThat(fault.getOutcomeUnknown()).isFalse();
            assertThat(fault.getMessage()).contains("would control the call");
        });
    }

    @Test
    void a_request_that_ends_without_any_answer_is_unknown_too() {
        shop.facebook.completesSilently = true;
        shop.facebook.fate = operation -> isAdSet(operation, 3) ? new Fate.Silence() : new Fate.Done();

        shop.carryOut(command(launch("j", 5, 1)));

        assertThat(shop.failed()).hasSize(2);
        assertThat(shop.last().getFaults()).singleElement()
                .satisfies(fault -> assertThat(fault.getOutcomeUnknown()).isTrue());
    }

    @Test
    void a_lost_answer_for_the_campaign_leaves_everything_else_unsent() {
        shop.facebook.fate = operation -> operation.path().endsWith("campaigns") ? new Fate.Silence() : new Fate.Done();

        shop.carryOut(command(launch("j", 5, 1)));

        assertThat(shop.facebook.requests).hasSize(1);
        assertThat(shop.failed()).singleElement()
                .satisfies(slot -> assertThat(slot.getEntityType()).isEqualTo(EntityType.CAMPAIGN));
    }

    @Test
    void a_success_without_an_id_is_an_unknown_outcome() {
        var noId = new GraphResult.Success(
                JsonMapper.shared().createObjectNode().put("success", true));
        shop.facebook.fate = operation -> operation.path().endsWith("campaigns") ? new Fate.DoneButAnswered(noId)
                : new Fate.Done();

        shop.carryOut(command(launch("j", 1, 1)));

        assertThat(shop.last().getFaults()).singleElement()
                .satisfies(fault -> assertThat(fault.getOutcomeUnknown()).isTrue());
        assertThat(shop.facebook.requests).hasSize(1);
    }

    @Test
    void an_aborted_entry_of_an_ad_is_unknown_while_its_ad_set_stands() {
        shop.facebook.fate = operation -> isAd(operation, 2)
                ? new Fate.DoneButAnswered(new GraphResult.Failure(UNKNOWN))
                : new Fate.Done();

        shop.carryOut(command(launch("j", 2, 1)));

        assertThat(shop.created()).hasSize(4);
        assertThat(shop.failed()).singleElement().satisfies(slot -> assertThat(slot.getSlotNumber()).isEqualTo(2));
        assertThat(shop.last().getQuietAt()).isNotNull();
    }

    @Test
    void an_ad_aborted_because_its_ad_set_failed_counts_as_not_sent() {
        shop.facebook.fate = operation -> isAdSet(operation, 2) ? new Fate.Refused(TEMPORARY) : new Fate.Done();

        shop.carryOut(command(launch("j", 3, 1)));

        assertThat(shop.created()).hasSize(5);
        assertThat(shop.failed()).singleElement()
                .satisfies(slot -> assertThat(slot.getEntityType()).isEqualTo(EntityType.AD_SET));
        assertThat(shop.last().getQuietAt()).isNull();
    }

    @Test
    void a_parent_made_a_moment_ago_that_is_not_seen_yet_is_a_passing_error() {
        shop.facebook.fate = operation -> isAdSet(operation, 1) ? new Fate.Refused(MISSING) : new Fate.Done();

        shop.carryOut(command(launch("j", 2, 1)));

        assertThat(shop.last().getFaults()).singleElement().satisfies(fault -> {
            assertThat(fault.getKind()).isEqualTo(ErrorKind.TEMPORARY);
            assertThat(fault.getOutcomeUnknown()).isFalse();
        });
        assertThat(shop.created()).hasSize(3);
    }

    @Test
    void a_parent_of_an_earlier_round_that_is_not_there_is_a_permanent_error() {
        shop.facebook.fate = operation -> isAdSet(operation, 1) ? new Fate.Refused(MISSING) : new Fate.Done();

        shop.carryOut(command(launch("j", 1, 1).setCampaign(campaign("4711"))));

        assertThat(shop.last().getFaults()).singleElement()
                .satisfies(fault -> assertThat(fault.getKind()).isEqualTo(ErrorKind.PERMANENT));
    }

    @Test
    void a_permanent_error_stops_further_sends_and_lets_those_in_flight_finish() {
        shop.facebook.fate = operation -> isAdSet(operation, 31) ? new Fate.Refused(PERMANENT) : new Fate.Done();

        shop.carryOut(command(launch("j", 200, 1)));

        assertThat(shop.facebook.count("adsets")).isEqualTo(created(EntityType.AD_SET)).isBetween(49L, 100L);
        assertThat(shop.facebook.requests).hasSizeLessThan(120);
        assertThat(shop.ends()).containsExactly(RoundEnd.DONE);
        assertThat(shop.failed()).singleElement();
    }

    @Test
    void gives_up_after_ten_requests_in_trouble() {
        shop.facebook.fate = operation -> operation.path().endsWith("adsets") ? new Fate.Refused(TEMPORARY)
                : new Fate.Done();

        shop.carryOut(command(launch("j", 200, 1)));

        assertThat(shop.facebook.requests).hasSizeLessThan(120);
        assertThat(shop.last().getEnd()).isEqualTo(RoundEnd.DONE);
    }

    @Test
    void waits_a_moment_for_a_credential_that_is_still_on_its_way() {
        shop.tokens.clear();
        shop.worker().begin(List.of(command(launch("j", 1, 1)))).subscribe();
        shop.pass(Duration.ofSeconds(1));
        shop.tokens.put("default", "a-token");
        shop.pass(Duration.ofSeconds(10));

        assertThat(shop.created()).hasSize(3);
    }

    @Test
    void a_credential_of_another_tenant_is_a_missing_one() {
        shop.carryOut(command(launch("j", 2, 1).setTenant("acme")));

        assertThat(shop.facebook.requests).isEmpty();
        assertThat(shop.last().getFaults()).singleElement().satisfies(fault -> assertThat(fault.getMessage())
                .isEqualTo("credential default is not known to the creator"));
    }

    @Test
    void a_missing_credential_fails_every_slot_for_good() {
        shop.tokens.clear();
        shop.carryOut(command(launch("j", 2, 1)));

        assertThat(shop.facebook.requests).isEmpty();
        assertThat(shop.failed()).hasSize(5);
        assertThat(shop.last().getFaults()).singleElement().satisfies(fault -> {
            assertThat(fault.getKind()).isEqualTo(ErrorKind.PERMANENT);
            assertThat(fault.getMessage()).isEqualTo("credential default is not known to the creator");
        });
    }

    private long created(EntityType type) {
        return shop.created().stream().filter(one -> one.getEntityType() == type).count();
    }

    private static boolean isAdSet(GraphOperation operation, int slot) {
        return ("Summer / ad set " + slot).equals(operation.parameters().get("name"));
    }

    private static boolean isAd(GraphOperation operation, int slot) {
        return ("Summer / ad " + slot).equals(operation.parameters().get("name"));
    }
}
