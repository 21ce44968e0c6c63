package io.campaignlauncher.creation.model;

import static io.campaignlauncher.creation.Commands.ad;
import static io.campaignlauncher.creation.Commands.adSet;
import static io.campaignlauncher.creation.Commands.campaign;
import static io.campaignlauncher.creation.Commands.launch;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.creation.model.CreateResult.Made;
import io.campaignlauncher.creation.model.CreateResult.NotMade;
import io.campaignlauncher.creation.model.CreationStep.NewAdSet;
import io.campaignlauncher.creation.model.SlotOutcome.Filled;
import io.campaignlauncher.creation.model.SlotOutcome.Unfilled;
import io.campaignlauncher.pace.Lease;
import io.campaignlauncher.schemas.CreateEntities;
import io.campaignlauncher.schemas.EntityType;
import io.campaignlauncher.schemas.ErrorKind;
import io.campaignlauncher.schemas.GraphFault;
import io.campaignlauncher.schemas.RoundEnd;
import io.campaignlauncher.schemas.SlotFault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RulesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final GraphFault PERMANENT = fault(ErrorKind.PERMANENT, false);
    private static final GraphFault PASSING = fault(ErrorKind.TEMPORARY, false);
    private static final GraphFault UNKNOWN = fault(ErrorKind.TEMPORARY, true);
    private static final NewAdSet BRANCH = new NewAdSet(adSet(1, null), List.of(ad(1, 1), ad(2, 1)));

    @Test
    void a_branch_that_worked_fills_its_slots() {
        assertThat(branch(new Made("7"), new Made("8"), new Made("9"))).containsExactly(
                new Filled(EntityType.AD_SET, 1, "7", false),
                new Filled(EntityType.AD, 1, "8", false), new Filled(EntityType.AD, 2, "9", false));
    }

    @Test
    void without_its_ad_set_an_ad_was_not_executed_whatever_its_answer() {
        assertThat(branch(no(PERMANENT), no(UNKNOWN), no(PERMANENT)))
                .containsExactly(new Unfilled(EntityType.AD_SET, 1, PERMANENT));
    }

    @Test
    void an_unknown_ad_set_makes_its_ads_unknown_even_if_they_were_refused() {
        assertThat(branch(no(UNKNOWN), no(UNKNOWN), no(PERMANENT))).containsExactly(
                new Unfilled(EntityType.AD_SET, 1, UNKNOWN),
                new Unfilled(EntityType.AD, 1, UNKNOWN), new Unfilled(EntityType.AD, 2, UNKNOWN));
    }

    @Test
    void an_ad_that_came_with_an_id_is_a_fact_even_if_its_ad_set_is_unknown() {
        assertThat(branch(no(UNKNOWN), new Made("8"), no(UNKNOWN))).contains(new Filled(EntityType.AD, 1, "8", false));
    }

    @Test
    void an_ad_that_failed_under_an_ad_set_that_stands_is_told_as_it_is() {
        assertThat(branch(new Made("7"), no(PASSING), no(UNKNOWN))).containsExactly(
                new Filled(EntityType.AD_SET, 1, "7", false),
                new Unfilled(EntityType.AD, 1, PASSING), new Unfilled(EntityType.AD, 2, UNKNOWN));
    }

    @Test
    void an_absent_parent_is_passing_only_if_it_is_from_this_round() {
        var absent = new NotMade(PERMANENT, true);
        var alone = new NewAdSet(adSet(1, null), List.of());

        assertThat(CreateResultRules.outcomes(alone, List.of(absent), true)).singleElement()
                .isEqualTo(new Unfilled(EntityType.AD_SET, 1, fault(ErrorKind.TEMPORARY, false)));
        assertThat(CreateResultRules.outcomes(alone, List.of(absent), false)).singleElement()
                .isEqualTo(new Unfilled(EntityType.AD_SET, 1, PERMANENT));
    }

    @Test
    void a_plan_learns_parents_and_never_asks_twice_for_an_ad() {
        var plan = RoundPlan.of(launch("j", 2, 12).build(), 0);
        assertThat(plan.mutations()).isEqualTo(27);
        assertThat(plan.campaignStep()).isPresent();
        assertThat(plan.newAdSets()).extracting(CreationStep::mutations).containsExactly(11, 11);
        assertThat(plan.moreAds()).isEmpty();

        var later = plan.with(
                List.of(new Filled(EntityType.CAMPAIGN, 1, "1", false), new Filled(EntityType.AD_SET, 1, "2", false),
                        new Filled(EntityType.AD, 1, "3", false), new Unfilled(EntityType.AD, 2, UNKNOWN)));
        assertThat(later.campaignStep()).isEmpty();
        assertThat(later.campaignFresh()).isTrue();
        assertThat(later.newAdSets()).singleElement()
                .satisfies(step -> assertThat(step.adSet().getSlotNumber()).isEqualTo(2));
        assertThat(later.moreAds()).singleElement().satisfies(step -> {
            assertThat(step.ads()).hasSize(10).allMatch(child -> child.adSetId().equals("2") && child.fresh());
            assertThat(step.ads()).noneMatch(child -> child.ad().getSlotNumber() <= 2);
        });
    }

    @Test
    void a_batch_never_holds_more_than_the_account_may_take_in_a_second() {
        var plan = RoundPlan.of(launch("j", 1, 12).build(), 4);

        assertThat(plan.newAdSets()).extracting(CreationStep::mutations).containsExactly(4);
    }

    @Test
    void a_round_goes_on_after_passing_errors_but_not_after_ten() {
        var progress = RoundProgress.begun();
        for (var i = 1; i <= 10; i++) {
            assertThat(progress.mayGoOn()).isTrue();
            progress = progress.after(
                    List.of(new Unfilled(EntityType.AD, i, PASSING), new Unfilled(EntityType.AD, 99, PASSING)), NOW,
                    PAUSE);
        }
        assertThat(progress.mayGoOn()).isFalse();
        assertThat(progress.end()).isEqualTo(RoundEnd.DONE);
    }

    @Test
    void the_latest_time_that_facebook_named_counts() {
        var progress = RoundProgress.begun().after(List.of(limit(NOW.plusSeconds(90)), limit(NOW.plusSeconds(30))), NOW,
                PAUSE);

        assertThat(progress.mayGoOn()).isFalse();
        assertThat(progress.end()).isEqualTo(RoundEnd.RATE_LIMITED);
        assertThat(progress.resumeAt()).isEqualTo(NOW.plusSeconds(90));
    }

    @Test
    void a_limit_without_a_time_has_the_usual_one() {
        assertThat(RoundProgress.begun().after(List.of(limit(null)), NOW, PAUSE).resumeAt()).isEqualTo(NOW.plus(PAUSE));
    }

    @Test
    void a_permanent_error_outweighs_a_limit() {
        var progress = RoundProgress.begun().after(List.of(limit(NOW.plusSeconds(90))), NOW, PAUSE)
                .after(List.of(new Unfilled(EntityType.AD, 1, PERMANENT)), NOW, PAUSE);

        assertThat(progress.end()).isEqualTo(RoundEnd.DONE);
        assertThat(RoundReports.last("j", 1, List.of(), NOW, 0, progress, NOW).getResumeAt()).isNull();
    }

    @Test
    void a_report_names_each_fault_once() {
        var report = RoundReports.notYet("j", 1, List.of(new Unfilled(EntityType.AD, 1, PASSING),
                new Unfilled(EntityType.AD, 2, UNKNOWN), new Unfilled(EntityType.AD, 3, PASSING)), NOW, 2);

        assertThat(report.getFaults()).containsExactly(PASSING, UNKNOWN);
        assertThat(report.getFailed()).extracting(SlotFault::getFault).containsExactly(0, 1, 0);
    }

    @Test
    void a_lease_is_over_when_either_clock_says_so() {
        var lease = Lease.begun(1_000, NOW, Duration.ofSeconds(15));
        var usable = Duration.ofSeconds(15).minus(Lease.MARGIN);

        assertThat(lease.over(1_000 + usable.toNanos() - 1, NOW.plus(usable).minusMillis(1))).isFalse();
        assertThat(lease.over(1_000 + usable.toNanos(), NOW)).isTrue();
        assertThat(lease.over(1_000, NOW.plus(usable))).isTrue();
        assertThat(Lease.begun(Long.MAX_VALUE - 5, NOW, Duration.ofSeconds(15)).over(Long.MAX_VALUE, NOW)).isFalse();
    }

    static List<UnaryOperator<CreateEntities.Builder>> broken() {
        return List.of(
                command -> command.setJobId("no uuid"),
                command -> command.setRound(0),
                command -> command.setAdAccountId("1001"),
                command -> command.setLabel(" "),
                command -> command.setCampaign(campaign(null)).setAdSets(List.of(adSet(1, null), adSet(1, null))),
                command -> command.setAds(List.of(ad(1, 1), ad(1, 1))),
                command -> command.setAds(List.of(ad(1, 9))),
                command -> command.setAds(List.of(ad(0, 1))),
                command -> command.setLeaseMs(999),
                command -> command.setRequestTimeoutMs(0));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void a_command_that_breaks_a_rule_is_told_why(UnaryOperator<CreateEntities.Builder> change) {
        assertThat(CommandRules.brokenBy(launch("j", 1, 1).build())).isEmpty();
        assertThat(CommandRules.brokenBy(change.apply(launch("j", 1, 1)).build())).isPresent();
    }

    private static List<SlotOutcome> branch(CreateResult... results) {
        return CreateResultRules.outcomes(BRANCH, List.of(results), true);
    }

    private static NotMade no(GraphFault fault) {
        return new NotMade(fault, false);
    }

    private static Unfilled limit(@Nullable Instant retryAt) {
        return new Unfilled(EntityType.AD, 1,
                GraphFault.newBuilder().setKind(ErrorKind.RATE_LIMIT).setRetryAt(retryAt).build());
    }

    private static GraphFault fault(ErrorKind kind, boolean unknown) {
        return GraphFault.newBuilder().setKind(kind).setOutcomeUnknown(unknown).build();
    }
}
