package io.campaignlauncher.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.simulator.core.GraphRules;
import io.campaignlauncher.simulator.core.ObjectKind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.json.JsonMapper;

/** Prints how many batches of an ad set and its ad the simulator takes a second; only their effect is asserted. */
class ThroughputTest {

    private static final int CAMPAIGNS = Integer.getInteger("simulator.campaigns", 20);
    private static final int BRANCHES = 100;
    private static final int CONNECTIONS = 32;

    @Test
    void takes_branches_from_many_connections_at_once() {
        var settings = SimulatorSettings.DEFAULTS.withRules(GraphRules.DEFAULTS.withoutLimits());
        var pool = ConnectionProvider.create("throughput", CONNECTIONS);
        try (var simulator = Simulator.start(settings)) {
            var client = HttpClient.create(pool).baseUrl(simulator.baseUrl().toString()).headers(headers -> headers.set(
                    "Authorization", "Bearer t").set("Content-Type", "application/x-www-form-urlencoded"));
            var campaigns = new ArrayList<String>();
            for (int i = 0; i < CAMPAIGNS; i++) {
                var answer = String.valueOf(post(client, "/v24.0/act_3001/campaigns", "name=C" + i
                        + "&objective=OUTCOME_SALES&special_ad_categories=%5B%5D&is_adset_budget_sharing_enabled=false")
                        .block(
                                Duration.ofSeconds(10)));
                campaigns.add(JsonMapper.shared().readTree(answer).path("id").asString());
            }
            for (int round = 1; round <= 2; round++) {
                long before = System.nanoTime();
                branches(client, campaigns, round);
                double seconds = (System.nanoTime() - before) / 1e9;
                System.out.printf("round %d: %.0f batches of 2 operations a second%n", round,
                        CAMPAIGNS * BRANCHES / seconds);
            }
            assertThat(simulator.world().count("act_3001", ObjectKind.AD)).isEqualTo(2 * CAMPAIGNS * BRANCHES);
        } finally {
            pool.disposeLater().block(Duration.ofSeconds(5));
        }
    }

    private static void branches(HttpClient client, List<String> campaigns, int round) {
        Flux.range(0, CAMPAIGNS * BRANCHES)
                .flatMap(i -> post(client, "/", "include_headers=false&batch=" + encoded(branch(
                        campaigns.get(i % CAMPAIGNS), "S" + round + "-" + i))), CONNECTIONS)
                .blockLast(Duration.ofMinutes(2));
    }

    private static String branch(String campaign, String name) {
        var adSet = "name=" + name + "&campaign_id=" + campaign + "&billing_event=IMPRESSIONS&optimization_goal="
                + "OFFSITE_CONVERSIONS&daily_budget=2000&status=PAUSED&targeting=" + encoded(
                        "{\"geo_locations\":{\"countries\":[\"US\"]}}")
                + "&promoted_object=" + encoded(
                        "{\"pixel_id\":\"2000000001\",\"custom_event_type\":\"PURCHASE\"}");
        var ad = "name=" + name + "&status=PAUSED&adset_id=" + encoded("{result=set:$.id}") + "&creative=" + encoded(
                "{\"object_story_spec\":{\"page_id\":\"1000000001\",\"link_data\":{\"link\":\"https://example.com\"}}}");
        return "[{\"method\":\"POST\",\"relative_url\":\"v24.0/act_3001/adsets\",\"name\":\"set\","
                + "\"omit_response_on_success\":false,\"body\":\"" + adSet + "\"},"
                + "{\"method\":\"POST\",\"relative_url\":\"v24.0/act_3001/ads\",\"body\":\"" + ad + "\"}]";
    }

    private static Mono<String> post(HttpClient client, String uri, String body) {
        return client.post().uri(uri).send(ByteBufFlux.fromString(Mono.just(body))).responseContent().aggregate()
                .asString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
