package io.campaignlauncher.creation.graph;

import static io.campaignlauncher.creation.Commands.ad;
import static io.campaignlauncher.creation.Commands.adSet;
import static io.campaignlauncher.creation.Commands.campaign;
import static io.campaignlauncher.creation.Commands.command;
import static io.campaignlauncher.creation.Commands.launch;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.creation.Commands;
import io.campaignlauncher.graph.GraphOperation;
import io.campaignlauncher.schemas.CreatedEntity;
import io.campaignlauncher.schemas.CreationReported;
import io.campaignlauncher.schemas.EntityType;
import io.campaignlauncher.schemas.PlannedEntity;
import io.campaignlauncher.schemas.RoundEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Claims, leases, reports and sweeps: who may create, until when, and what the job hears. */
class CreationWorkerTest {

    private final Workshop shop = new Workshop();

    @Test
    void creates_exactly_the_planned_entities() {
        shop.carryOut(command(launch("j", 50, 1)));

        assertThat(shop.facebook.count("campaigns")).isEqualTo(1);
        assertThat(shop.facebook.names("adsets")).hasSize(50).doesNotHaveDuplicates();
        assertThat(shop.facebook.names("ads")).hasSize(50).doesNotHaveDuplicates();
        assertThat(shop.created()).hasSize(101).noneMatch(CreatedEntity::getAdopted);
        assertThat(shop.created())
                .allSatisfy(one -> assertThat(shop.facebook.entities).containsKey(one.getFacebookId()));
        assertThat(shop.ends()).containsExactly(RoundEnd.DONE);
        assertThat(shop.last().getQuietAt()).isNull();
        assertThat(shop.reports.stream().mapToInt(CreationReported::getHttpCalls).sum()).isEqualTo(51)
                .isEqualTo(shop.facebook.requests.size());
        assertThat(shop.claims.rows.values()).allMatch(MemoryClaims.Row::finished);
    }

    @Test
    void a_quick_round_needs_no_report_but_the_last() {
        shop.facebook.latency = Duration.ofMillis(5);

        shop.carryOut(command(launch("j", 10, 1)));

        assertThat(shop.reports).hasSize(1);
    }

    @Test
    void tells_of_the_campaign_while_the_branches_are_on_their_way() {
        shop.facebook.latency = Duration.ofSeconds(1);

        shop.carryOut(command(launch("j", 2, 1)));

        assertThat(shop.reports).extracting(CreationReported::getEnd).containsExactly(RoundEnd.NOT_YET, RoundEnd.DONE);
        assertThat(shop.reports.getFirst().getCreated()).extracting(CreatedEntity::getEntityType)
                .containsExactly(EntityType.CAMPAIGN);
    }

    @Test
    void never_puts_two_ad_sets_in_a_batch_nor_more_than_ten_ads() {
        shop.carryOut(command(launch("j", 3, 25)));

        assertThat(shop.facebook.count("ads")).isEqualTo(75);
        assertThat(shop.facebook.requests).allSatisfy(request -> {
            assertThat(edges(request.operations(), "adsets")).isLessThanOrEqualTo(1);
            assertThat(edges(request.operations(), "ads")).isLessThanOrEqualTo(10);
        });
        assertThat(shop.created()).hasSize(79);
    }

    @Test
    void fills_only_the_slots_of_the_command_under_parents_that_exist() {
        var campaignId = shop.facebook.add("campaigns", "Summer", "", Commands.LABEL);
        var adSetId = shop.facebook.add("adsets", "Summer / ad set 1", campaignId);

        shop.carryOut(command(launch("j", 0, 0).setCampaign(campaign(campaignId))
                .setAdSets(List.of(adSet(1, adSetId), adSet(2, null))).setAds(List.of(ad(1, 1), ad(2, 2)))));

        assertThat(shop.facebook.count("campaigns")).isEqualTo(1);
        assertThat(shop.facebook.count("adsets")).isEqualTo(2);
        assertThat(shop.facebook.entities.values()).filteredOn(entity -> entity.name().equals("Summer / ad 1"))
                .singleElement().returns(adSetId, FakeFacebook.Entity::parent);
        assertThat(shop.created()).hasSize(3);
    }

    @Test
    void a_command_delivered_twice_creates_once() {
        var worker = shop.worker();
        worker.begin(List.of(command(launch("j", 5, 1)), command(launch("j", 5, 1)))).subscribe();
        shop.pass(Duration.ofMillis(30));
        worker.begin(List.of(command(launch("j", 5, 1)))).subscribe();
        shop.pass(Duration.ofSeconds(40));

        assertThat(shop.facebook.entities).hasSize(11);
        assertThat(shop.ends()).hasSize(1);
    }

    @Test
    void two_creators_sharing_a_command_create_once() {
        shop.worker().begin(List.of(command(launch("j", 5, 1)))).subscribe();
        shop.worker().begin(List.of(command(launch("j", 5, 1)))).subscribe();
        shop.pass(Duration.ofSeconds(40));

        assertThat(shop.facebook.entities).hasSize(11);
        assertThat(shop.ends()).hasSize(1);
    }

    @Test
    void a_superseded_round_creates_nothing() {
        shop.carryOut(command(launch("j", 1, 1).setRound(3)));
        var before = shop.facebook.requests.size();

        shop.carryOut(command(launch("j", 5, 1).setRound(2)));

        assertThat(shop.facebook.requests).hasSize(before);
        assertThat(shop.reports).allMatch(report -> report.getRound() == 3);
    }

    @Test
    void of_two_rounds_in_one_poll_only_the_later_is_carried_out() {
        shop.carryOut(command(launch("j", 1, 1)), command(launch("j", 1, 1).setRound(2)));

        assertThat(shop.facebook.entities).hasSize(3);
        assertThat(shop.reports).allMatch(report -> report.getRound() == 2);
    }

    @Test
    void a_claim_that_failed_is_asked_for_again_and_nothing_is_sent_before() {
        shop.claims.failures = 2;
        var worker = shop.worker();
        worker.begin(List.of(command(launch("j", 1, 1)))).subscribe();

        assertThat(shop.facebook.requests).isEmpty();
        shop.pass(Duration.ofSeconds(40));
        assertThat(shop.facebook.entities).hasSize(3);
    }

    @Test
    void without_a_claim_nothing_is_begun() {
        shop.claims.failures = 100;
        var failure = new AtomicReference<Throwable>();
        shop.worker().begin(List.of(command(launch("j", 1, 1)))).subscribe(_ -> {}, failure::set);
        shop.pass(Duration.ofSeconds(40));

        assertThat(failure.get()).isNotNull();
        assertThat(shop.facebook.requests).isEmpty();
    }

    @Test
    void nothing_is_sent_after_the_lease() {
        shop.facebook.latency = Duration.ofSeconds(4);

        shop.carryOut(command(launch("j", 200, 1)));

        assertThat(shop.facebook.requests).allMatch(request -> request.atMs() < shop.settings.lease().toMillis());
        assertThat(shop.facebook.requests).extracting(FakeFacebook.Request::atMs).last().isEqualTo(12_000L);
        assertThat(shop.created()).hasSize(shop.facebook.entities.size());
        assertThat(shop.ends()).containsExactly(RoundEnd.DONE);
    }

    @Test
    void a_worker_whose_machine_was_suspended_through_its_lease_sends_nothing_more() {
        shop.worker().begin(List.of(command(launch("j", 50, 1)))).subscribe();
        shop.pass(Duration.ofMillis(10));
        shop.suspended = Duration.ofSeconds(20);
        shop.pass(Duration.ofSeconds(40));

        assertThat(shop.facebook.requests).hasSize(1);
        assertThat(shop.created()).hasSize(1);
    }

    @Test
    void the_time_of_a_lease_counts_from_before_the_claim_was_asked_for() {
        shop.claims.failures = 3;
        shop.facebook.latency = Duration.ofSeconds(3);
        shop.carryOut(command(launch("j", 200, 1)));

        var row = shop.claims.rows.values().iterator().next();
        assertThat(shop.facebook.requests).allMatch(request -> request.atMs() < row.leaseUntil().toEpochMilli());
        assertThat(shop.facebook.requests)
                .anyMatch(request -> request.atMs() > row.leaseUntil().toEpochMilli() - 4_000);
    }

    @Test
    void a_dead_workers_claim_is_reported_interrupted_when_lease_and_time_out_are_over() {
        var worker = shop.worker();
        worker.begin(List.of(command(launch("j", 5, 1)))).subscribe();
        shop.pass(Duration.ofMillis(20));
        worker.dispose();
        var sweep = shop.sweep();

        shop.pass(Duration.ofMillis(24_979));
        assertThat(shop.reports).isEmpty();
        shop.pass(Duration.ofMillis(300));
        assertThat(shop.reports).singleElement().satisfies(report -> {
            assertThat(report.getEnd()).isEqualTo(RoundEnd.INTERRUPTED);
            assertThat(report.getRound()).isEqualTo(1);
            assertThat(report.getQuietAt()).isEqualTo(Instant.ofEpochSecond(25));
        });
        shop.pass(Duration.ofSeconds(60));
        assertThat(shop.reports).hasSize(1);
        sweep.dispose();
    }

    @Test
    void the_command_says_how_long_a_round_may_send_and_a_request_may_take_whatever_the_creator_is_set_to() {
        shop.facebook.latency = Duration.ofSeconds(2);

        shop.carryOut(command(launch("j", 200, 1).setLeaseMs(5_000).setRequestTimeoutMs(3_000)));

        assertThat(shop.facebook.requests).extracting(FakeFacebook.Request::atMs).last().isEqualTo(4_000L);
        assertThat(shop.facebook.requestTimeouts).containsExactly(Duration.ofSeconds(3));
    }

    @Test
    void a_creator_that_is_set_otherwise_judges_another_ones_round_by_the_limits_of_its_command() {
        var worker = shop.worker();
        worker.begin(List.of(command(launch("j", 5, 1).setLeaseMs(60_000).setRequestTimeoutMs(30_000)))).subscribe();
        shop.pass(Duration.ofMillis(20));
        worker.dispose();
        var sweep = shop.sweep();

        shop.pass(Duration.ofMillis(89_979));
        assertThat(shop.reports).isEmpty();
        shop.pass(Duration.ofMillis(300));
        assertThat(shop.reports).singleElement().returns(Instant.ofEpochSecond(90), CreationReported::getQuietAt);
        sweep.dispose();
    }

    @Test
    void a_finished_round_is_never_reported_as_interrupted() {
        var sweep = shop.sweep();
        shop.carryOut(command(launch("j", 5, 1)));
        shop.pass(Duration.ofMinutes(2));

        assertThat(shop.ends()).containsExactly(RoundEnd.DONE);
        sweep.dispose();
    }

    @Test
    void reports_again_until_the_broker_is_back_and_in_order() {
        shop.reportFailures = 5;
        shop.facebook.latency = Duration.ofMillis(400);

        shop.carryOut(command(launch("j", 5, 1)));

        assertThat(shop.reports).extracting(CreationReported::getEnd).containsExactly(RoundEnd.NOT_YET, RoundEnd.DONE);
        assertThat(shop.created()).hasSize(11);
    }

    @Test
    void a_round_that_cannot_be_reported_is_left_to_the_sweep() {
        shop.reportFailures = 60;
        var sweep = shop.sweep();
        var worker = shop.worker();
        worker.begin(List.of(command(launch("j", 1, 1)))).subscribe();
        shop.pass(Duration.ofMinutes(3));

        assertThat(shop.ends()).containsExactly(RoundEnd.INTERRUPTED);
        assertThat(worker.roundsInProgress()).isZero();
        sweep.dispose();
    }

    @Test
    void the_most_urgent_command_of_a_poll_is_sent_first() {
        shop.carryOut(command(launch("later", 0, 0).setPriority(1)), command(launch("first", 0, 0).setPriority(9)
                .setCampaign(new PlannedEntity(1, 0, "Urgent", null, 0))));

        assertThat(shop.facebook.requests.getFirst().operations().getFirst().parameters()).containsEntry("name",
                "Urgent");
    }

    private static long edges(List<GraphOperation> operations, String edge) {
        return operations.stream().filter(operation -> operation.path().endsWith("/" + edge)).count();
    }
}
