package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.CreatedEntity;
import io.campaignlauncher.schemas.SlotsCreated;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import io.campaignlauncher.simulator.core.RateLimit;
import io.campaignlauncher.standin.Commit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** What else the Graph API is known to do. All launches run side by side, each on an account of its own. */
@OnRunningSystem
class GraphFaultsIT {

    private static final int AD_SETS = 10;

    private final RunningSystem system;

    GraphFaultsIT(RunningSystem system) {
        this.system = system;
    }

    /** One way to go wrong. */
    private record PlannedFault(FaultTarget on, FaultEffect effect, int from, int times) {}

    private record Case(String name, List<PlannedFault> troubles) {

        static Case of(String name, FaultTarget on, FaultEffect effect, int from, int times) {
            return new Case(name, List.of(new PlannedFault(on, effect, from, times)));
        }

        Case and(FaultTarget on, FaultEffect effect, int from, int times) {
            var all = new ArrayList<>(troubles);
            all.add(new PlannedFault(on, effect, from, times));
            return new Case(name, all);
        }
    }

    private record Launched(Case trouble, CreateCampaign request) {}

    @TestFactory
    List<DynamicContainer> a_launch_that() {
        return List.of(completesAlthough(), completesInSpiteOfWhatFacebookShows(), rollsBackAlthough(),
                saysWhatIsLeftWhere());
    }

    private DynamicContainer completesAlthough() {
        var never = Commit.never();
        var made = Commit.atOnce();
        return launches("completes although", "completed", Stream.of(
                Case.of("a batch entry is null and its ad set was made", FaultTarget.CREATE_AD_SET,
                        new FaultEffect.NullElement(made), 4, 2),
                Case.of("a batch entry is null and its ad set was not made", FaultTarget.CREATE_AD_SET,
                        new FaultEffect.NullElement(never), 4, 2),
                Case.of("a batch entry is null and its ad was made", FaultTarget.CREATE_AD,
                        new FaultEffect.NullElement(made), 4, 2),
                Case.of("a batch entry is null and its ad was not made", FaultTarget.CREATE_AD,
                        new FaultEffect.NullElement(never), 4, 2),
                Case.of("a batch entry is aborted and its ad set was made", FaultTarget.CREATE_AD_SET,
                        new FaultEffect.Aborted(made), 4, 2),
                Case.of("a batch entry is aborted and its ad set was not made", FaultTarget.CREATE_AD_SET,
                        new FaultEffect.Aborted(never), 4, 2),
                Case.of("a batch runs out of time", FaultTarget.CREATE_AD_SET, new FaultEffect.BatchCutShort(never), 4,
                        2),
                Case.of("a batch runs out of time and takes effect", FaultTarget.CREATE_AD_SET,
                        new FaultEffect.BatchCutShort(made), 4, 2),
                Case.of("a server error hides an ad set", FaultTarget.CREATE_AD_SET,
                        new FaultEffect.ServerError(made), 4, 2),
                Case.of("a server error denies an ad set", FaultTarget.CREATE_AD_SET,
                        new FaultEffect.ServerError(never), 4, 2),
                Case.of("a server error hides the campaign", FaultTarget.CREATE_CAMPAIGN,
                        new FaultEffect.ServerError(made), 1, 1),
                Case.of("a server error denies the campaign", FaultTarget.CREATE_CAMPAIGN,
                        new FaultEffect.ServerError(never), 1, 1),
                Case.of("an error comes with status 200 and hides the campaign", FaultTarget.CREATE_CAMPAIGN,
                        new FaultEffect.ErrorAt200(made), 1, 1),
                Case.of("an error comes with status 200 and hides an ad set", FaultTarget.CREATE_AD_SET,
                        new FaultEffect.ErrorAt200(made), 4, 2),
                Case.of("a page of HTML hides a batch", FaultTarget.CREATE_AD_SET, new FaultEffect.HtmlPage(made, 500),
                        4, 2),
                Case.of("a page of HTML with status 200 stands for a batch", FaultTarget.CREATE_AD_SET,
                        new FaultEffect.HtmlPage(never, 200), 4, 2),
                Case.of("the campaign's answer is null", FaultTarget.CREATE_CAMPAIGN,
                        new FaultEffect.NullElement(made), 1, 1)));
    }

    private DynamicContainer completesInSpiteOfWhatFacebookShows() {
        var lag = RunningSystem.READ_LAG.minusMillis(50);
        return launches("completes in spite of what Facebook shows", "completed", Stream.of(
                Case.of("edges lag behind", FaultTarget.ANY_CREATE, new FaultEffect.EdgeLag(lag), 1, 0),
                Case.of("edges lag behind and answers are lost", FaultTarget.ANY_CREATE, new FaultEffect.EdgeLag(lag),
                        1, 0).and(FaultTarget.CREATE_AD_SET, FaultEffect.replyLost(), 4, 2),
                Case.of("new objects cannot be read by id at first", FaultTarget.ANY_CREATE,
                        new FaultEffect.HiddenById(lag), 1, 0),
                Case.of("new objects cannot be seen at all at first", FaultTarget.ANY_CREATE,
                        new FaultEffect.HiddenById(lag), 1, 0).and(FaultTarget.ANY_CREATE,
                                new FaultEffect.EdgeLag(lag), 1, 0),
                Case.of("ads are disapproved", FaultTarget.CREATE_AD,
                        new FaultEffect.Reviewed("DISAPPROVED", Duration.ZERO), 1, 0),
                Case.of("objects have a status nobody has heard of", FaultTarget.ANY_CREATE,
                        new FaultEffect.UnknownStatus("NOT_SEEN_BEFORE"), 1, 0),
                Case.of("creatives are used again", FaultTarget.ANY_CREATE, new FaultEffect.CreativeReused(), 1, 0),
                Case.of("pages are too much for every edge", FaultTarget.READ_EDGE,
                        new FaultEffect.TooMuchData(100, null), 1, 0),
                Case.of("pages of ads are too much", FaultTarget.READ_EDGE, new FaultEffect.TooMuchData(3, "ads"), 1,
                        0),
                Case.of("pages of ads are too much and answers are lost", FaultTarget.READ_EDGE,
                        new FaultEffect.TooMuchData(3, "ads"), 1, 0)
                        .and(FaultTarget.CREATE_AD_SET, FaultEffect.replyLost(), 4, 1),
                Case.of("answers are slow", FaultTarget.ANY_CREATE, new FaultEffect.Slow(Duration.ofSeconds(1)), 1, 0),
                Case.of("the user's limit is met", FaultTarget.CREATE_AD_SET,
                        new FaultEffect.RateLimited(RateLimit.USER_CALLS, Duration.ofSeconds(1)), 4, 1),
                Case.of("the limit is met at the campaign", FaultTarget.CREATE_CAMPAIGN,
                        new FaultEffect.RateLimited(RateLimit.ACCOUNT_CALLS, Duration.ofSeconds(1)), 1, 1),
                Case.of("the limit of changes is met", FaultTarget.CREATE_AD_SET,
                        new FaultEffect.RateLimited(RateLimit.MUTATIONS, Duration.ofSeconds(1)), 4, 1),
                Case.of("the limit is told within entries alone", FaultTarget.CREATE_AD_SET,
                        new FaultEffect.RateLimited(RateLimit.ACCOUNT_CALLS, Duration.ofSeconds(1)), 4, 1)
                        .and(FaultTarget.BATCH, new FaultEffect.UsageInsideOnly(), 1, 0),
                Case.of("others are limited", FaultTarget.ANY,
                        new FaultEffect.UsageOfOthers(Duration.ofMinutes(15)), 1, 0),
                Case.of("the limit is met before anything else", FaultTarget.READ,
                        new FaultEffect.RateLimited(RateLimit.ACCOUNT_CALLS, Duration.ofSeconds(1)), 1, 1)));
    }

    /** What is refused stays refused: on a busy machine the first refusal may be in a batch whose answer is given up. */
    private DynamicContainer rollsBackAlthough() {
        var refused = new FaultEffect.Refused(400, 100, null, "Invalid parameter");
        return launches("rolls back although", "rolled_back", Stream.of(
                Case.of("nothing else goes wrong", FaultTarget.CREATE_AD_SET, refused, 6, 0),
                Case.of("the first ad set is refused", FaultTarget.CREATE_AD_SET, refused, 1, 0),
                Case.of("the campaign is refused", FaultTarget.CREATE_CAMPAIGN, refused, 1, 0),
                Case.of("the token is refused on the way", FaultTarget.CREATE_AD_SET, new FaultEffect.TokenRefused(463),
                        6, 0),
                Case.of("answers to creations were lost", FaultTarget.CREATE_AD_SET, refused, 8, 0)
                        .and(FaultTarget.CREATE_AD_SET, FaultEffect.replyLost(), 3, 2),
                Case.of("answers to deletions are lost", FaultTarget.CREATE_AD_SET, refused, 6, 0)
                        .and(FaultTarget.DELETE, FaultEffect.replyLost(), 3, 2),
                Case.of("deletions are lost", FaultTarget.CREATE_AD_SET, refused, 6, 0)
                        .and(FaultTarget.DELETE, FaultEffect.requestLost(), 3, 2),
                Case.of("deletions have null entries", FaultTarget.CREATE_AD_SET, refused, 6, 0)
                        .and(FaultTarget.DELETE, new FaultEffect.NullElement(Commit.never()), 2, 4),
                Case.of("deletions of ads only seem to succeed", FaultTarget.CREATE_AD_SET, refused, 6, 0)
                        .and(FaultTarget.DELETE_AD, new FaultEffect.SilentFailure(), 2, 3),
                Case.of("deletions of ad sets only seem to succeed", FaultTarget.CREATE_AD_SET, refused, 6, 0)
                        .and(FaultTarget.DELETE_AD_SET, new FaultEffect.SilentFailure(), 2, 3),
                Case.of("the deletion of the campaign only seems to succeed", FaultTarget.CREATE_AD_SET, refused, 6, 0)
                        .and(FaultTarget.DELETE_CAMPAIGN, new FaultEffect.SilentFailure(), 1, 2),
                Case.of("no deletion succeeds at first, though all seem to", FaultTarget.CREATE_AD_SET, refused, 6, 0)
                        .and(FaultTarget.DELETE, new FaultEffect.SilentFailure(), 1, 11),
                Case.of("deletions meet server errors", FaultTarget.CREATE_AD_SET, refused, 6, 0)
                        .and(FaultTarget.DELETE, new FaultEffect.ServerError(Commit.never()), 2, 3),
                Case.of("deletions meet a rate limit", FaultTarget.CREATE_AD_SET, refused, 6, 0)
                        .and(FaultTarget.DELETE, new FaultEffect.RateLimited(RateLimit.ACCOUNT_CALLS,
                                Duration.ofSeconds(1)), 2, 1),
                Case.of("the account may not be changed for a while", FaultTarget.CREATE_AD_SET,
                        new FaultEffect.PolicyBlock(Duration.ofMillis(800)), 6, 0)));
    }

    /** Below a campaign that stays, what is said to be deleted and is not is left too. */
    private DynamicContainer saysWhatIsLeftWhere() {
        var refused = new FaultEffect.Refused(400, 100, null, "Invalid parameter");
        return launches("says what is left where", "failed", Stream.of(
                Case.of("the campaign is never deleted, though it seems to be", FaultTarget.CREATE_AD_SET, refused, 6,
                        0)
                        .and(FaultTarget.DELETE_CAMPAIGN, new FaultEffect.SilentFailure(), 1, 0),
                Case.of("nothing is ever deleted, though it seems to be", FaultTarget.CREATE_AD_SET, refused, 6, 0)
                        .and(FaultTarget.DELETE, new FaultEffect.SilentFailure(), 1, 0)));
    }

    /** By itself: an answer that does not come in time, as on a busy machine, is looked for on the edges, and their lag is longer than allowed for. */
    @Test
    void completes_although_edges_lag_far_behind_where_reads_by_id_do_not() {
        var launched = launched(Case.of("edges lag far behind", FaultTarget.ANY_CREATE,
                new FaultEffect.EdgeLag(Duration.ofSeconds(30)), 1, 0));
        system.publish(launched.request());

        ended(launched, "completed");
    }

    @Test
    void tries_an_ad_again_that_facebook_refuses_for_the_moment() {
        var request = flakyFrom(3, 1);

        var job = system.launch(request);

        assertThat(job.path("status").asString()).as(job::toPrettyString).isEqualTo("completed");
        assertThat(job.path("retryCount").asInt()).isZero();
        Invariants.hold(system, RunningSystem.jobId(request));
        assertThat(adsAskedFor(request)).isEqualTo(AD_SETS + 1);
    }

    @Test
    void rolls_back_where_facebook_refuses_an_ad_each_time() {
        var request = flakyFrom(AD_SETS, 0);

        var job = system.launch(request);

        assertThat(job.path("status").asString()).as(job::toPrettyString).isEqualTo("rolled_back");
        assertThat(job.path("rollback").path("reason").asString()).contains("refused 4 times", "subcode 1487390");
        Invariants.hold(system, RunningSystem.jobId(request));
        assertThat(adsAskedFor(request)).isEqualTo(AD_SETS + 3);
    }

    /** A launch without retries whose ads are refused from this one on so many times (0: always), as often passes. */
    private CreateCampaign flakyFrom(int from, int times) {
        var request = Requests.oneFiftyOne(system.freshAccount(), AD_SETS).setRetryBudget(0).build();
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_AD,
                new FaultEffect.Refused(400, 100, 1487390, "Invalid parameter"), from, times);
        return request;
    }

    private long adsAskedFor(CreateCampaign request) {
        return system.simulator().faults().list().stream()
                .filter(firing -> ("act_" + firing.fault().account()).equals(request.getAdAccountId()))
                .mapToLong(firing -> firing.seen()).sum();
    }

    private DynamicContainer launches(String name, String end, Stream<Case> cases) {
        var launched = cases.map(this::launched).toList();
        launched.forEach(launch -> system.publish(launch.request()));
        return DynamicContainer.dynamicContainer(name, launched.stream().map(launch -> DynamicTest.dynamicTest(
                launch.trouble().name(), () -> ended(launch, end))));
    }

    private void ended(Launched launch, String end) {
        var jobId = RunningSystem.jobId(launch.request());
        var job = system.settled(jobId);
        assertThat(job.path("status").asString()).as(job::toPrettyString).isEqualTo(end);
        Invariants.hold(system, jobId);
        facebookShowsById(jobId, job);
        var account = launch.request().getAdAccountId();
        assertThat(system.simulator().faults().list()).as("it did go wrong")
                .filteredOn(firing -> ("act_" + firing.fault().account()).equals(account))
                .hasSameSizeAs(launch.trouble().troubles())
                .allMatch(firing -> firing.fired() > 0);
    }

    /** By id, which shows what its parent hides from the edges. */
    private void facebookShowsById(String jobId, JsonNode job) {
        var made = system.published().eventsOf(jobId, SlotsCreated.class).stream()
                .flatMap(event -> event.getSlots().stream())
                .map(CreatedEntity::getFacebookId)
                .toList();
        var left = made.stream()
                .filter(id -> system.simulator().world().object(id)
                        .filter(entity -> !entity.effectiveStatus().equals("DELETED")).isPresent())
                .toList();
        assertThat(left).as("what is there by id").containsExactlyInAnyOrderElementsOf(
                Invariants.filledIds(system, jobId));
        if (job.path("status").asString().equals("failed")) {
            assertThat(left).isNotEmpty();
            var reasons = job.path("lastError").asString("");
            assertThat(reasons).as(job::toPrettyString).contains("rolled back in part only",
                    "what is left, or may be: campaign " + left.getFirst());
        }
    }

    /** Retries in plenty: many launches together may make a service's circuit breaker pause for some seconds. */
    private Launched launched(Case trouble) {
        var request = Requests.oneFiftyOne(system.freshAccount(), AD_SETS).setRetryBudget(100).build();
        trouble.troubles().forEach(each -> system.fault(request.getAdAccountId(), each.on(), each.effect(), each.from(),
                each.times()));
        return new Launched(trouble, request);
    }
}
