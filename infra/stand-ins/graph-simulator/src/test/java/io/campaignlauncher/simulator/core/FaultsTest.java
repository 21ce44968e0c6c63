package io.campaignlauncher.simulator.core;

import io.campaignlauncher.simulator.core.WorldView.Count;
import io.campaignlauncher.standin.Commit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import static io.campaignlauncher.simulator.core.Api.ACCOUNT;
import static io.campaignlauncher.simulator.core.Api.campaignOf;
import static io.campaignlauncher.simulator.core.Api.names;
import static io.campaignlauncher.simulator.core.Api.outcome;
import static io.campaignlauncher.simulator.core.Api.outcomes;
import static org.assertj.core.api.Assertions.assertThat;

class FaultsTest {

    private static final Duration LATE = Duration.ofSeconds(20);

    private final Api api = new Api();
    private final String campaign = api.campaign("Sale");

    private void once(FaultTarget on, FaultEffect effect) {
        api.simulator.faults().add(Fault.once(on, effect));
    }

    private void has(int adSets, int ads) {
        assertThat(api.simulator.world().count(ACCOUNT, "Sale")).isEqualTo(new Count(1, adSets, ads, 0));
    }

    @Test
    void refuses_pages_that_are_too_large_and_no_others() {
        api.simulator.faults().add(Fault.always(FaultTarget.READ_EDGE, new FaultEffect.TooMuchData(100, "adsets")));

        var refused = api.get(campaign + "/adsets", "limit", "101");
        assertThat(refused.status()).isEqualTo(500);
        assertThat(outcome(refused)).isEqualTo("1");
        assertThat(refused.json().toString()).contains("Please reduce the amount of data");
        assertThat(outcome(api.get(campaign + "/adsets", "limit", "100"))).isEqualTo("ok");
        assertThat(outcome(api.get(campaign + "/ads", "limit", "500"))).isEqualTo("ok");
    }

    @Test
    void loses_a_request_before_anything_happened() {
        once(FaultTarget.CREATE_AD, FaultEffect.requestLost());
        assertThat(outcome(api.branch(campaign, "1"))).isEqualTo("CONNECTION_CLOSED");
        has(0, 0);
    }

    @Test
    void loses_the_reply_of_a_whole_batch_that_took_effect() {
        once(FaultTarget.BATCH, FaultEffect.timeout());
        assertThat(outcome(api.branch(campaign, "1"))).isEqualTo("SILENCE");
        has(1, 1);
        assertThat(api.simulator.counters().unanswered()).isEqualTo(1);
    }

    @Test
    void commits_a_whole_batch_after_the_client_gave_up() {
        once(FaultTarget.BATCH, FaultEffect.committedLate(LATE));
        assertThat(outcome(api.branch(campaign, "1"))).isEqualTo("SILENCE");
        assertThat(api.simulator.nextEffectAt()).contains(api.now.plus(LATE));
        api.passes(LATE.minusMillis(1));
        has(0, 0);
        api.passes(Duration.ofMillis(1));
        has(1, 1);
        assertThat(api.simulator.nextEffectAt()).isEmpty();
        assertThat(api.simulator.world().adSets(campaign).getFirst().createdTime()).isEqualTo(api.now);
    }

    @Test
    void commits_a_single_call_late_and_shows_it_to_whoever_looks_then() {
        once(FaultTarget.CREATE_CAMPAIGN, FaultEffect.committedLate(LATE));
        assertThat(outcome(api.post(ACCOUNT + "/campaigns", campaignOf("Late")))).isEqualTo("SILENCE");
        assertThat(names(api.get(ACCOUNT + "/campaigns", "fields", "name"))).containsExactly("Sale");
        api.now = api.now.plus(LATE);
        assertThat(names(api.get(ACCOUNT + "/campaigns", "fields", "name"))).containsExactly("Late", "Sale");
    }

    @Test
    void drops_a_late_commit_whose_campaign_is_gone_by_then() {
        once(FaultTarget.CREATE_AD_SET, FaultEffect.committedLate(LATE));
        api.branch(campaign, "1");
        api.delete(campaign);
        api.passes(LATE);
        assertThat(api.simulator.world().count(ACCOUNT, ObjectKind.AD_SET)).isZero();
    }

    @Test
    void answers_a_server_error_with_and_without_taking_effect() {
        once(FaultTarget.CREATE_AD, new FaultEffect.ServerError(Commit.atOnce()));
        var reply = api.branch(campaign, "1");
        assertThat(outcomes(reply)).containsExactly("ok", "2");
        assertThat(reply.json().get(1).path("code").asInt()).isEqualTo(500);
        assertThat(Api.body(reply.json().get(1)).path("error").path("is_transient").asBoolean()).isTrue();
        has(1, 1);
        api.simulator.faults().clear();
        once(FaultTarget.CREATE_AD, new FaultEffect.ServerError(Commit.never()));
        assertThat(outcomes(api.branch(campaign, "2"))).containsExactly("ok", "2");
        has(2, 1);
    }

    @Test
    void answers_an_error_with_status_200() {
        once(FaultTarget.CREATE_CAMPAIGN, new FaultEffect.ErrorAt200(Commit.atOnce()));
        var reply = api.post(ACCOUNT + "/campaigns", campaignOf("Odd"));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(outcome(reply)).isEqualTo("2");
        assertThat(api.simulator.world().campaigns(ACCOUNT, "Odd")).hasSize(1);
    }

    @Test
    void answers_null_with_without_and_before_taking_effect() {
        once(FaultTarget.CREATE_AD, new FaultEffect.NullElement(Commit.atOnce()));
        assertThat(outcomes(api.branch(campaign, "1"))).containsExactly("ok", "null");
        has(1, 1);
        once(FaultTarget.CREATE_AD, new FaultEffect.NullElement(Commit.never()));
        assertThat(outcomes(api.branch(campaign, "2"))).containsExactly("ok", "null");
        has(2, 1);
        once(FaultTarget.CREATE_AD, new FaultEffect.NullElement(Commit.after(LATE)));
        assertThat(outcomes(api.branch(campaign, "3"))).containsExactly("ok", "null");
        has(3, 1);
        api.passes(LATE);
        has(3, 2);
    }

    @Test
    void aborts_what_hangs_below_a_null_element() {
        once(FaultTarget.CREATE_AD_SET, new FaultEffect.NullElement(Commit.atOnce()));
        assertThat(outcomes(api.branch(campaign, "1"))).containsExactly("null", "960");
        has(1, 0);
    }

    @Test
    void answers_960_with_and_without_taking_effect() {
        once(FaultTarget.CREATE_AD_SET, new FaultEffect.Aborted(Commit.atOnce()));
        assertThat(outcomes(api.branch(campaign, "1"))).containsExactly("960", "960");
        has(1, 0);
        once(FaultTarget.CREATE_AD_SET, new FaultEffect.Aborted(Commit.never()));
        assertThat(outcomes(api.branch(campaign, "2"))).containsExactly("960", "960");
        has(1, 0);
    }

    @Test
    void cuts_a_batch_short_and_does_or_does_not_do_the_rest() {
        once(FaultTarget.CREATE_AD, new FaultEffect.BatchCutShort(Commit.never()));
        assertThat(outcomes(api.branch(campaign, "1"))).containsExactly("ok", "null");
        has(1, 0);
        once(FaultTarget.BATCH, new FaultEffect.BatchCutShort(Commit.atOnce()));
        assertThat(outcomes(api.branch(campaign, "2"))).containsExactly("ok", "null");
        has(2, 1);
        once(FaultTarget.BATCH, new FaultEffect.BatchCutShort(Commit.after(LATE)));
        assertThat(outcomes(api.branch(campaign, "3"))).containsExactly("ok", "null");
        has(3, 1);
        api.passes(LATE);
        has(3, 2);
    }

    @Test
    void answers_one_error_in_place_of_a_whole_batch() {
        once(FaultTarget.BATCH, new FaultEffect.ServerError(Commit.atOnce()));
        var failed = api.branch(campaign, "1");
        assertThat(failed.status()).isEqualTo(500);
        assertThat(outcome(failed)).isEqualTo("2");
        has(1, 1);
        once(FaultTarget.BATCH, new FaultEffect.Refused(400, 1, 99, "unknown"));
        assertThat(outcome(api.branch(campaign, "2"))).isEqualTo("1/99");
        once(FaultTarget.BATCH, new FaultEffect.TokenRefused(460));
        assertThat(outcome(api.branch(campaign, "3"))).isEqualTo("190/460");
        once(FaultTarget.BATCH, new FaultEffect.NullElement(Commit.atOnce()));
        assertThat(api.branch(campaign, "4").json().isNull()).isTrue();
        once(FaultTarget.BATCH, new FaultEffect.ErrorAt200(Commit.never()));
        assertThat(api.branch(campaign, "5").status()).isEqualTo(200);
        has(2, 2);
    }

    @Test
    void limits_an_account_from_a_whole_batch_on() {
        once(FaultTarget.BATCH, new FaultEffect.RateLimited(RateLimit.BUSINESS, Duration.ofMinutes(3)));
        assertThat(outcomes(api.branch(campaign, "1"))).containsExactly("80004", "960");
        has(0, 0);
    }

    @Test
    void answers_a_page_of_html() {
        once(FaultTarget.CREATE_CAMPAIGN, new FaultEffect.HtmlPage(Commit.atOnce(), 200));
        var reply = api.post(ACCOUNT + "/campaigns", campaignOf("Html"));
        assertThat(reply.contentType()).startsWith("text/html");
        assertThat(new String(reply.bytes(), java.nio.charset.StandardCharsets.UTF_8)).contains("Service Unavailable");
        assertThat(api.simulator.world().campaigns(ACCOUNT, "Html")).hasSize(1);
    }

    @Test
    void answers_late() {
        once(FaultTarget.READ, new FaultEffect.Slow(Duration.ofSeconds(9)));
        assertThat(api.get(ACCOUNT).delay()).isEqualTo(Duration.ofSeconds(9));
        assertThat(api.get(ACCOUNT).delay()).isZero();
        var slow = new Api(GraphRules.DEFAULTS.withLatency(Duration.ofMillis(30), Duration.ofMillis(120)));
        assertThat(slow.get(ACCOUNT).delay()).isEqualTo(Duration.ofMillis(30));
        assertThat(slow.branch(campaign, "x").delay()).isEqualTo(Duration.ofMillis(120));
    }

    @Test
    void pretends_a_deletion() {
        once(FaultTarget.DELETE, new FaultEffect.SilentFailure());
        assertThat(outcome(api.delete(campaign))).isEqualTo("ok");
        assertThat(api.simulator.world().campaigns(ACCOUNT)).hasSize(1);
    }

    @Test
    void pretends_the_deletion_of_one_kind_only() {
        api.branch(campaign, "1");
        var world = api.simulator.world();
        var adSet = world.adSets(campaign).getFirst().id();
        var ad = world.ads(campaign).getFirst().id();
        once(FaultTarget.DELETE_AD, new FaultEffect.SilentFailure());
        once(FaultTarget.DELETE_AD_SET, new FaultEffect.SilentFailure());
        once(FaultTarget.DELETE_CAMPAIGN, new FaultEffect.SilentFailure());
        for (var id : List.of(ad, adSet, campaign)) {
            assertThat(outcome(api.delete(id))).isEqualTo("ok");
            assertThat(world.object(id).orElseThrow().effectiveStatus()).isNotEqualTo("DELETED");
            assertThat(outcome(api.delete(id))).isEqualTo("ok");
            assertThat(world.object(id).orElseThrow().effectiveStatus()).isEqualTo("DELETED");
        }
    }

    @Test
    void pretends_only_the_ad_of_a_branch() {
        once(FaultTarget.CREATE_AD, new FaultEffect.SilentFailure());
        assertThat(outcomes(api.branch(campaign, "1"))).containsExactly("ok", "ok");
        has(1, 0);
    }

    @Test
    void refuses_the_token_in_the_middle_of_the_work() {
        api.simulator.faults().add(Fault.always(FaultTarget.ANY, new FaultEffect.TokenRefused(463)).from(3));
        assertThat(outcomes(api.branch(campaign, "1"))).containsExactly("ok", "ok");
        assertThat(outcomes(api.branch(campaign, "2"))).containsExactly("190/463", "960");
        assertThat(outcome(api.get(ACCOUNT))).isEqualTo("190/463");
    }

    @Test
    void turns_an_accounts_status_and_blocks_by_policy_for_a_while() {
        once(FaultTarget.CREATE_AD_SET, new FaultEffect.PolicyBlock(Duration.ofHours(1)));
        assertThat(outcomes(api.branch(campaign, "1"))).containsExactly("368", "960");
        assertThat(outcome(api.get(ACCOUNT))).isEqualTo("ok");
        api.passes(Duration.ofHours(1));
        once(FaultTarget.CREATE_AD_SET, new FaultEffect.AccountTurns(3));
        assertThat(outcomes(api.branch(campaign, "1"))).containsExactly("200", "960");
        assertThat(api.get(ACCOUNT, "fields", "account_status").json().path("account_status").asInt()).isEqualTo(3);
    }

    @Test
    void disapproves_an_ad_later_and_says_why_another_has_issues() {
        var adSet = api.adSet(campaign, "Set");
        once(FaultTarget.CREATE_AD, new FaultEffect.Reviewed("DISAPPROVED", Duration.ofMinutes(2)));
        var bad = api.ad(adSet, "Bad");
        once(FaultTarget.CREATE_AD, new FaultEffect.Reviewed("WITH_ISSUES", Duration.ZERO));
        var odd = api.ad(adSet, "Odd");
        assertThat(status(bad)).isEqualTo("PAUSED");
        api.passes(Duration.ofMinutes(2));
        assertThat(status(bad)).isEqualTo("DISAPPROVED");
        assertThat(api.get(bad, "fields", "ad_review_feedback").json().has("ad_review_feedback")).isTrue();
        assertThat(api.get(odd, "fields", "issues_info").json().path("issues_info").get(0).path("error_code").asInt())
                .isEqualTo(1815869);
        api.simulator.world().review(odd, "DISAPPROVED");
        assertThat(status(odd)).isEqualTo("DISAPPROVED");
    }

    @Test
    void shows_a_status_that_no_enum_knows() {
        once(FaultTarget.CREATE_CAMPAIGN, new FaultEffect.UnknownStatus("DREAMING"));
        assertThat(status(api.campaign("New"))).isEqualTo("DREAMING");
    }

    @Test
    void hides_one_object_from_edges_and_another_from_reads_by_id() {
        once(FaultTarget.CREATE_CAMPAIGN, new FaultEffect.EdgeLag(Duration.ofSeconds(9)));
        api.campaign("Lagging");
        assertThat(names(api.get(ACCOUNT + "/campaigns", "fields", "name"))).containsExactly("Sale");
        once(FaultTarget.CREATE_CAMPAIGN, new FaultEffect.HiddenById(Duration.ofSeconds(9)));
        var hidden = api.campaign("Hidden");
        assertThat(outcome(api.get(hidden))).isEqualTo("100/33");
        assertThat(names(api.get(ACCOUNT + "/campaigns", "fields", "name"))).containsExactly("Hidden", "Sale");
        api.passes(Duration.ofSeconds(9));
        assertThat(outcome(api.get(hidden))).isEqualTo("ok");
        assertThat(names(api.get(ACCOUNT + "/campaigns", "fields", "name"))).containsExactly("Hidden", "Lagging",
                "Sale");
    }

    @Test
    void fires_from_the_nth_call_so_many_times_in_one_account_and_for_one_name() {
        api.simulator.faults()
                .add(Fault.once(FaultTarget.CREATE_AD_SET, new FaultEffect.Refused(400, 100, 1, "no")).from(2)
                        .times(2).inAccount("act_1001"));
        var fates = new ArrayList<String>();
        for (int i = 1; i <= 5; i++) {
            fates.add(outcomes(api.branch(campaign, "S" + i)).getFirst());
        }
        assertThat(fates).containsExactly("ok", "100/1", "100/1", "ok", "ok");
        assertThat(api.simulator.faults().list().getFirst().fired()).isEqualTo(2);
        api.simulator.faults().clear();
        api.simulator.faults().add(Fault.always(FaultTarget.ANY, new FaultEffect.Refused(400, 100, 1, "no")).inAccount(
                "act_7"));
        assertThat(outcomes(api.branch(campaign, "S6"))).containsExactly("ok", "ok");
        api.simulator.faults()
                .add(Fault.always(FaultTarget.CREATE_AD, new FaultEffect.Refused(400, 100, 1, "no")).named("s7"));
        assertThat(outcomes(api.branch(campaign, "S7"))).containsExactly("ok", "100/1");
    }

    @Test
    void draws_probabilities_from_the_seed_alone() {
        assertThat(history()).isEqualTo(history()).contains("ok", "2");
    }

    private static List<String> history() {
        var api = new Api();
        var campaign = api.campaign("Sale");
        api.simulator.faults().add(Fault.always(FaultTarget.ANY_WRITE, new FaultEffect.ServerError(Commit.atOnce()))
                .withProbability(0.3));
        var history = new ArrayList<String>();
        for (int i = 0; i < 40; i++) {
            var reply = api.branch(campaign, "S" + i);
            history.addAll(outcomes(reply));
            history.add(reply.json().toString());
        }
        return history;
    }

    private String status(String id) {
        return api.get(id, "fields", "effective_status").json().path("effective_status").asString();
    }
}
