package io.campaignlauncher.simulation;

import io.campaignlauncher.schemas.AdSetSpec;
import io.campaignlauncher.schemas.AdSpec;
import io.campaignlauncher.schemas.CampaignSpec;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.DuplicateName;
import io.campaignlauncher.schemas.JobIds;
import io.campaignlauncher.schemas.ListedAd;
import io.campaignlauncher.schemas.ListedAdSet;
import io.campaignlauncher.schemas.RollbackPolicy;
import io.campaignlauncher.schemas.Strategy;
import io.campaignlauncher.simulation.engine.SeededRandom;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A launch that somebody asks for.
 *
 * @param label what the job's campaign is marked with on Facebook
 */
record Order(CreateCampaign request, String jobId, String label, int adSets, int ads) {

    private static final long DAILY_BUDGET = 2_000;
    private static final String TARGETING = "{\"geo_locations\":{\"countries\":[\"US\"]}}";
    /** The list of pages does not have it. The creative names another one, so nothing stands in the way of the launch. */
    static final String UNLISTED_PAGE = "1000000002";
    static final String CREATIVE = "{\"object_story_spec\":{\"page_id\":\"1000000001\","
            + "\"link_data\":{\"link\":\"https://example.com\",\"message\":\"Hello\"}}}";

    static Order drawn(SeededRandom random, int number, String account, boolean large) {
        var strategy = random.oneOf(Strategy.FOR_ALL, Strategy.AS_LISTED, Strategy.ONE_FIFTY_ONE, Strategy.FOR_ADS);
        int adSets = strategy == Strategy.FOR_ADS ? 1 : large ? 50 : random.between(1, 3);
        var listed = strategy == Strategy.AS_LISTED ? listed(number, adSets) : List.<ListedAdSet>of();
        int ads = switch (strategy) {
            case FOR_ADS -> large ? 50 : random.between(1, 4);
            case AS_LISTED -> listed.stream().mapToInt(adSet -> adSet.getAds().size()).sum();
            default -> adSets;
        };
        var request = CreateCampaign.newBuilder()
                .setIdempotencyKey("order-" + number)
                .setUserId("u-1")
                .setAdAccountId(account)
                .setCredentialId("c-" + number)
                .setStrategy(strategy)
                .setAdSetCount(strategy == Strategy.FOR_ADS ? null : adSets)
                .setAdSets(listed)
                .setAdCount(strategy == Strategy.FOR_ADS ? ads : null)
                .setPageId(random.oneOrNone("1000000001", "1000000001", UNLISTED_PAGE, null))
                .setPixelId("2000000001")
                .setCampaign(
                        new CampaignSpec(named("Sale " + (random.chance(0.1) ? 0 : number), number), "OUTCOME_SALES",
                                List.of(),
                                Map.of()))
                .setAdSet(new AdSetSpec(DAILY_BUDGET, "IMPRESSIONS", "OFFSITE_CONVERSIONS", TARGETING, Map.of()))
                .setAd(new AdSpec(CREATIVE, Map.of()))
                .setRollbackPolicy(random.oneOrNone(null, RollbackPolicy.AUTOMATIC, RollbackPolicy.CONFIRM))
                .setDuplicateName(random.oneOrNone(null, DuplicateName.REJECT, DuplicateName.WARN))
                .setRetryBudget(random.oneOrNone(null, null, 0, 1, 3, 20))
                .setPriority(random.upTo(10))
                .build();
        var jobId = JobIds.of(request).toString();
        return new Order(request, jobId, "campaign-launcher-job-" + jobId, adSets, ads);
    }

    /** The same, to begin then. */
    Order startingAt(String startAt) {
        return asking(CreateCampaign.newBuilder(request).setStartAt(startAt).build());
    }

    /** The same asked for in another way. */
    Order asking(CreateCampaign other) {
        return new Order(other, jobId, label, adSets, ads);
    }

    /** One to three ads in each; every other ad set with a budget, every other ad with a name of its own. */
    private static List<ListedAdSet> listed(int number, int adSets) {
        return IntStream.rangeClosed(1, adSets).mapToObj(i -> ListedAdSet.newBuilder().setName(named("Set " + i, i))
                .setDailyBudget(i % 2 == 0 ? null : 1_000L + i)
                .setAds(IntStream.rangeClosed(1, 1 + (number + i) % 3)
                        .mapToObj(k -> new ListedAd(k == 1 ? "First of " + i : null, null, Map.of())).toList())
                .build()).toList();
    }

    /** As people type it: now and then with blanks around it, which Facebook does not keep. */
    private static String named(String name, int number) {
        return number % 2 == 0 ? " " + name + "\u3000" : name;
    }

    String account() {
        return request.getAdAccountId();
    }

    /** What the ad set of this number is to spend, as Facebook tells it. */
    String dailyBudget(int number) {
        var listed = request.getAdSets();
        var own = listed.isEmpty() ? null : listed.get(number - 1).getDailyBudget();
        return Long.toString(Objects.requireNonNullElse(own, DAILY_BUDGET));
    }

    /** Tells the order apart from others in a trace. */
    String shortName() {
        return request.getIdempotencyKey();
    }
}
