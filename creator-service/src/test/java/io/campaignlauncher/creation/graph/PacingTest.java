package io.campaignlauncher.creation.graph;

import static io.campaignlauncher.creation.Commands.ad;
import static io.campaignlauncher.creation.Commands.campaign;
import static io.campaignlauncher.creation.Commands.command;
import static io.campaignlauncher.creation.Commands.launch;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.creation.Commands;
import io.campaignlauncher.creation.graph.FakeFacebook.Fate;
import io.campaignlauncher.creation.model.CreationSettings;
import io.campaignlauncher.graph.GraphError;
import io.campaignlauncher.graph.GraphError.Kind;
import io.campaignlauncher.graph.GraphOperation;
import io.campaignlauncher.graph.GraphUsage;
import io.campaignlauncher.schemas.EntityType;
import io.campaignlauncher.schemas.RoundEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** How fast a round sends, and when it leaves an account alone. */
class PacingTest {

    private static final GraphError PERMANENT = FakeFacebook.error(Kind.PERMANENT, false, 200, null);
    private static final GraphError LIMIT = FakeFacebook.error(Kind.RATE_LIMIT, false, 17, null);
    private final Workshop shop = new Workshop();

    @Test
    void a_rate_limit_ends_the_round_with_the_time_and_tells_the_other_creators() {
        shop.facebook.fate = operation -> isAdSet(operation, 31) ? new Fate.Refused(LIMIT) : new Fate.Done();

        shop.worker().begin(List.of(command(launch("j", 200, 1)))).subscribe();
        shop.pass(Duration.ofSeconds(5));

        assertThat(shop.last().getEnd()).isEqualTo(RoundEnd.RATE_LIMITED);
        assertThat(shop.last().getResumeAt()).isEqualTo(Instant.ofEpochMilli(80 + 60_000));
        assertThat(shop.facebook.requests).hasSizeLessThan(120);
        var sent = shop.facebook.requests.size();
        var report = shop.last();

        shop.worker().begin(List.of(command(launch("other", 1, 1)))).subscribe();
        shop.pass(Duration.ofSeconds(5));
        assertThat(shop.facebook.requests).hasSize(sent);
        assertThat(shop.last().getJobId()).isEqualTo(Commands.jobId("other"));
        assertThat(shop.last().getEnd()).isEqualTo(RoundEnd.RATE_LIMITED);
        assertThat(shop.last().getResumeAt()).isEqualTo(report.getResumeAt());
    }

    @Test
    void stops_on_a_full_account_although_everything_sent_succeeded() {
        shop.facebook.usage = number -> number == 1 ? new GraphUsage(100, Duration.ofSeconds(30)) : GraphUsage.NONE;

        shop.carryOut(command(launch("j", 5, 1)));

        assertThat(shop.facebook.requests).hasSize(1);
        assertThat(shop.last().getEnd()).isEqualTo(RoundEnd.RATE_LIMITED);
        assertThat(shop.last().getResumeAt()).isEqualTo(Instant.ofEpochMilli(40 + 30_000));
    }

    @Test
    void a_full_account_after_the_last_request_leaves_nothing_to_wait_for() {
        shop.facebook.usage = number -> number == 2 ? new GraphUsage(100, Duration.ofSeconds(30)) : GraphUsage.NONE;

        shop.carryOut(command(launch("j", 1, 1)));

        assertThat(shop.last().getEnd()).isEqualTo(RoundEnd.DONE);
        assertThat(shop.claims.resumeAt).containsKey(Commands.ACCOUNT);
    }

    @Test
    void slows_down_when_usage_is_high() {
        shop.facebook.usage = _ -> new GraphUsage(80, Duration.ZERO);

        shop.carryOut(command(launch("j", 50, 1)));

        assertThat(shop.created()).hasSize(101);
        assertThat(mutationsWithin(shop.facebook.writes(), 1_000)).isLessThanOrEqualTo(53);
    }

    @Test
    void slows_down_within_its_pace() {
        var paced = new Workshop(Workshop.capped(40));
        paced.facebook.usage = _ -> new GraphUsage(80, Duration.ZERO);

        paced.carryOut(command(launch("j", 50, 1)));

        assertThat(paced.created()).hasSize(101);
        assertThat(mutationsWithin(paced.facebook.writes(), 1_000)).isLessThanOrEqualTo(24);
    }

    @Test
    void a_permanent_error_ends_the_round_at_once_although_others_wait_for_the_pace() {
        var paced = new Workshop(Workshop.capped(10));
        paced.facebook.fate = operation -> isAdSet(operation, 2) ? new Fate.Refused(PERMANENT) : new Fate.Done();

        paced.carryOut(command(launch("j", 50, 1)));

        assertThat(paced.ends()).containsExactly(RoundEnd.DONE);
        assertThat(paced.reportedAt.getLast()).isBefore(Instant.ofEpochMilli(400));
    }

    @Test
    void pacing_never_exceeds_the_cap_in_any_rolling_second() {
        var paced = new Workshop(Workshop.capped(40));
        var one = paced.worker();
        var other = paced.worker();
        one.begin(List.of(command(launch("a", 30, 1)), command(launch("b", 10, 3)))).subscribe();
        paced.pass(Duration.ofMillis(700));
        other.begin(List.of(command(launch("c", 25, 1)))).subscribe();
        paced.facebook.latency = Duration.ofMillis(310);
        paced.pass(Duration.ofSeconds(40));

        assertThat(paced.created()).hasSize(61 + 41 + 51);
        assertThat(mutationsWithin(paced.facebook.writes(), 1_000)).isLessThanOrEqualTo(40).isGreaterThan(20);
    }

    @Test
    void a_grant_that_grew_old_while_others_were_sent_is_asked_for_again() {
        var d = Workshop.capped(100);
        var paced = new Workshop(new CreationSettings(d.lease(), d.requestTimeout(), d.sweepEvery(), d.reportEvery(),
                d.branchesAtOnce(), 40, d.requestsWaitingMax(), d.commandsAtOnce(), d.mutationsPerSecond(),
                d.rateLimitPause()));
        paced.facebook.latencyOf = operations -> operations.getFirst().path().startsWith("act_2/")
                ? Duration.ofSeconds(2)
                : FakeFacebook.LATENCY;
        var busy = paced.worker();
        busy.begin(List.of(command(launch("slow", 40, 1).setAdAccountId("act_2").setCampaign(campaign("4711")))))
                .subscribe();
        busy.begin(List.of(command(launch("held up", 40, 1).setCampaign(campaign("4712"))))).subscribe();
        paced.pass(Duration.ofMillis(1_950));
        paced.worker().begin(List.of(command(launch("other", 40, 1).setCampaign(campaign("4713"))))).subscribe();
        paced.pass(Duration.ofSeconds(20));

        assertThat(paced.created()).hasSize(240);
        var onAccount = paced.facebook.writes().stream()
                .filter(request -> request.operations().getFirst().path().startsWith("act_1001/")).toList();
        assertThat(mutationsWithin(onAccount, 1_000)).isLessThanOrEqualTo(100);
    }

    @Test
    void a_request_as_large_as_the_cap_gets_its_turn_whatever_small_ones_left_of_a_window() {
        var paced = new Workshop(Workshop.capped(4));

        paced.carryOut(command(launch("j", 3, 3)));

        assertThat(paced.created()).hasSize(1 + 3 + 9);
        assertThat(paced.ends()).containsExactly(RoundEnd.DONE);
        assertThat(mutationsWithin(paced.facebook.writes(), 1_000)).isEqualTo(4);
    }

    @Test
    void what_the_pace_leaves_no_time_for_waits_for_a_later_round() {
        var paced = new Workshop(Workshop.capped(2));
        paced.carryOut(command(launch("a", 50, 1)));

        assertThat(paced.last().getEnd()).isEqualTo(RoundEnd.RATE_LIMITED);
        assertThat(paced.last().getResumeAt()).isAfter(paced.reportedAt.getLast());
        assertThat(paced.failed()).isEmpty();
        assertThat(paced.created()).hasSize(paced.facebook.entities.size()).hasSizeBetween(15, 27);
        assertThat(mutationsWithin(paced.facebook.writes(), 1_000)).isEqualTo(2);
    }

    private long created(EntityType type) {
        return shop.created().stream().filter(one -> one.getEntityType() == type).count();
    }

    static int mutationsWithin(List<FakeFacebook.Request> writes, long ms) {
        var most = 0;
        for (var from : new ArrayList<>(writes)) {
            Predicate<FakeFacebook.Request> within = request -> request.atMs() >= from.atMs()
                    && request.atMs() < from.atMs() + ms;
            most = Math.max(most, writes.stream().filter(within).mapToInt(FakeFacebook.Request::mutations).sum());
        }
        return most;
    }

    private static boolean isAdSet(GraphOperation operation, int slot) {
        return ("Summer / ad set " + slot).equals(operation.parameters().get("name"));
    }
}
