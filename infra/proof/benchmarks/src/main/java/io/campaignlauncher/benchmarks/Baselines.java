package io.campaignlauncher.benchmarks;

import io.campaignlauncher.chaos.Launch;
import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.Graph;
import io.campaignlauncher.graph.GraphAnswer;
import io.campaignlauncher.graph.GraphOperation;
import io.campaignlauncher.graph.GraphResult;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the system is held against: the same client towards the same simulator, and nothing else. */
final class Baselines {

    private static final AccessToken TOKEN = new AccessToken(Launch.TOKEN);
    private static final int NAIVE_AT_ONCE = 10;
    private static final int AD_SETS = 50;

    private final Graph graph;
    private final int branchesAtOnce;

    Baselines(Graph graph, int branchesAtOnce) {
        this.graph = graph;
        this.branchesAtOnce = branchesAtOnce;
    }

    /** The HTTP calls that the system makes, at the same parallelism: no Kafka, no database, nothing judged. */
    Mono<Void> bare(Launch launch) {
        return graph.batch(TOKEN, checks(launch))
                .then(graph.post(TOKEN, launch.adAccountId() + "/campaigns", campaign(launch)))
                .map(Baselines::id)
                .flatMap(campaign -> Flux.range(1, launch.adSets())
                        .flatMap(number -> graph.batch(TOKEN, List.of(
                                GraphOperation.post(launch.adAccountId() + "/adsets", adSet(launch, campaign, number))
                                        .named("adset"),
                                GraphOperation.post(launch.adAccountId() + "/ads",
                                        ad(launch, GraphOperation.idOf("adset"), number)))),
                                branchesAtOnce)
                        .then(graph.batch(TOKEN, readBack(launch, campaign))))
                .then();
    }

    /** What an unsafe script does: the campaign first, then every ad set and ad by itself, at most 10 at once. */
    Mono<Void> naive(Launch launch) {
        return graph.post(TOKEN, launch.adAccountId() + "/campaigns", campaign(launch))
                .map(Baselines::id)
                .flatMapMany(campaign -> Flux.range(1, launch.adSets())
                        .flatMap(
                                number -> graph
                                        .post(TOKEN, launch.adAccountId() + "/adsets", adSet(launch, campaign, number))
                                        .map(Baselines::id)
                                        .flatMap(adSet -> graph.post(TOKEN, launch.adAccountId() + "/ads",
                                                ad(launch, adSet, number))),
                                NAIVE_AT_ONCE))
                .then();
    }

    private static List<GraphOperation> checks(Launch launch) {
        var account = launch.adAccountId();
        var count = Map.of("summary", "total_count", "limit", "1", "fields", "id");
        var edges = Stream.of("campaigns", "adsets", "ads")
                .map(edge -> GraphOperation.get(account + "/" + edge, count));
        return Stream.concat(Stream.of(
                GraphOperation.get(account, Map.of("fields", "name,account_status,disable_reason,currency")),
                GraphOperation.get("debug_token", Map.of("input_token", Launch.TOKEN)),
                GraphOperation.get(account + "/campaigns", Map.of("fields", "id,name", "filtering",
                        "[{\"field\":\"name\",\"operator\":\"EQUAL\",\"value\":\"" + launch.name() + "\"}]")),
                GraphOperation.get(account + "/promote_pages", Map.of("fields", "id,name")),
                GraphOperation.get(account + "/adspixels", Map.of("fields", "id,name,is_unavailable"))), edges)
                .toList();
    }

    private static List<GraphOperation> readBack(Launch launch, String campaign) {
        return List.of(GraphOperation.get(campaign, Map.of("fields", "id,name,status,effective_status,adlabels")),
                GraphOperation.get(campaign + "/adsets", Map.of("fields", "id,name", "limit", "500")),
                GraphOperation.get(campaign + "/ads", Map.of("fields", "id,name,adset_id", "limit", "500")),
                GraphOperation.get(launch.adAccountId() + "/campaigns",
                        Map.of("fields", "id,name,adlabels", "filtering",
                                "[{\"field\":\"name\",\"operator\":\"EQUAL\",\"value\":\"" + launch.name() + "\"}]")));
    }

    private static Map<String, String> campaign(Launch launch) {
        return Map.of("name", launch.name(), "objective", "OUTCOME_SALES", "special_ad_categories", "[]",
                "is_adset_budget_sharing_enabled", "false", "status", "PAUSED");
    }

    private static Map<String, String> adSet(Launch launch, String campaign, int number) {
        return Map.of("name", launch.name() + " / ad set " + number, "campaign_id", campaign, "daily_budget", "2000",
                "billing_event", "IMPRESSIONS", "optimization_goal", "OFFSITE_CONVERSIONS", "targeting",
                Launch.TARGETING,
                "promoted_object", "{\"pixel_id\":\"" + Launch.PIXEL + "\",\"custom_event_type\":\"PURCHASE\"}",
                "status", "PAUSED");
    }

    private static Map<String, String> ad(Launch launch, String adSet, int number) {
        return Map.of("name", launch.name() + " / ad " + number, "adset_id", adSet, "creative", Launch.CREATIVE,
                "status", "PAUSED");
    }

    private static String id(GraphAnswer answer) {
        if (answer.result() instanceof GraphResult.Success success && success.id() != null) {
            return success.id();
        }
        throw new IllegalStateException("a baseline's request failed: " + answer.result());
    }

    /** Launches, named so that none meets another. */
    static List<Launch> launches(String stem, int count, int accounts, int firstAccount) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Launch("user-" + i, "act_" + (firstAccount + i % accounts), stem + " " + i, AD_SETS,
                        false))
                .toList();
    }
}
