package io.campaignlauncher.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.simulator.core.AccountPlace;
import io.campaignlauncher.simulator.core.Pictures;
import io.campaignlauncher.simulator.core.VideoRules;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ControlTest {

    private static final String CAMPAIGN = "access_token=t&objective=OUTCOME_SALES&special_ad_categories=%5B%5D"
            + "&is_adset_budget_sharing_enabled=false&name=";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Simulator simulator = Simulator.start();

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void tells_what_really_exists_of_a_campaign() throws Exception {
        call("POST", "/act_1001/campaigns", CAMPAIGN + "Sale");
        call("POST", "/act_1001/campaigns", CAMPAIGN + "Sale");
        var answer = json(call("GET", "/_simulator/campaigns?account=act_1001&name=Sale&children=true", ""));
        assertThat(answer.path("campaigns")).hasSize(2);
        assertThat(answer.path("count").path("duplicates").asInt()).isEqualTo(1);
        var id = answer.path("campaigns").get(0).path("id").asString();
        assertThat(json(call("DELETE", "/_simulator/objects?id=" + id, "")).path("success").asBoolean()).isTrue();
        assertThat(json(call("GET", "/_simulator/objects?id=" + id, "")).path("status").asString())
                .isEqualTo("DELETED");
        assertThat(call("GET", "/_simulator/campaigns", "").statusCode()).isEqualTo(400);
        assertThat(call("GET", "/_simulator/nowhere", "").statusCode()).isEqualTo(404);
    }

    @Test
    void takes_faults_counts_their_firings_and_forgets_them() throws Exception {
        var added = call("POST", "/_simulator/faults",
                "[{\"kind\":\"REFUSED\",\"on\":\"CREATE_CAMPAIGN\",\"account\":\"act_1001\",\"code\":368,\"times\":1}]");
        assertThat(added.statusCode()).isEqualTo(200);
        assertThat(call("POST", "/act_1001/campaigns", CAMPAIGN + "Sale").body()).contains("\"code\":368");
        assertThat(json(call("GET", "/_simulator/faults", "")).get(0).path("fired").asInt()).isEqualTo(1);
        assertThat(json(call("DELETE", "/_simulator/faults", "")).isEmpty()).isTrue();
        assertThat(call("POST", "/_simulator/faults", "{\"kind\":\"BAD_LUCK\"}").statusCode()).isEqualTo(400);
        assertThat(call("POST", "/_simulator/faults", "{").statusCode()).isEqualTo(400);
        var counters = json(call("GET", "/_simulator/counters", ""));
        assertThat(counters.path("operations").path("CREATE_CAMPAIGN").asInt()).isEqualTo(1);
        assertThat(counters.path("errors").path("368").asInt()).isEqualTo(1);
        assertThat(json(call("GET", "/_simulator/state", "")).path("counters").path("calls").asInt()).isEqualTo(1);
    }

    @Test
    void shows_the_images_and_videos_of_an_account() throws Exception {
        var picture = URLEncoder.encode(Base64.getEncoder().encodeToString(Pictures.png(1)), StandardCharsets.UTF_8);
        call("POST", "/act_1001/adimages", "access_token=t&bytes=" + picture);
        call("POST", "/act_1001/advideos", "access_token=t&upload_phase=start&file_size=2000");
        assertThat(call("GET", "/_simulator/images?account=act_1001", "").body()).matches(
                "\\[\\{\"hash\":\"[0-9a-f]{32}\",\"name\":\"bytes\",\"bytes\":" + Pictures.png(1).length + "}]");
        assertThat(call("GET", "/_simulator/videos?account=act_1001", "").body()).contains("\"title\":\"\"",
                "\"size\":2000", "\"received\":0", "\"status\":\"UPLOADING\"");
        assertThat(call("GET", "/_simulator/videos", "").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @EnumSource(FaultJson.Kind.class)
    void knows_every_kind_of_fault_with_its_defaults(FaultJson.Kind kind) {
        var fault = FaultJson.fault(JsonMapper.shared().readTree("{\"kind\":\"" + kind + "\",\"on\":\"ANY_CREATE\"}"));
        assertThat(fault.from()).isEqualTo(1);
        assertThat(fault.effect()).isNotNull();
    }

    @Test
    void changes_accounts() throws Exception {
        call("POST", "/_simulator/accounts", "{\"account\":\"act_1001\",\"status\":2}");
        assertThat(call("POST", "/act_1001/campaigns", CAMPAIGN + "Sale").statusCode()).isEqualTo(403);
        call("POST", "/_simulator/accounts", "{\"account\":\"act_1001\",\"status\":1,\"mutationsPerSecondMax\":1}");
        assertThat(call("POST", "/act_1001/campaigns", CAMPAIGN + "Sale").statusCode()).isEqualTo(200);
    }

    @Test
    void moves_accounts_to_another_currency_or_time_zone() throws Exception {
        call("POST", "/_simulator/accounts", "{\"account\":\"act_1001\",\"currency\":\"VND\"}");
        call("POST", "/_simulator/accounts", "{\"account\":\"act_1001\",\"timeZone\":\"Asia/Ho_Chi_Minh\"}");
        assertThat(call("GET", "/act_1001?access_token=t&fields=currency,timezone_name", "").body()).isEqualTo(
                "{\"currency\":\"VND\",\"timezone_name\":\"Asia/Ho_Chi_Minh\",\"id\":\"act_1001\"}");
        for (var wrong : List.of("\"currency\":\"XYZ\"", "\"timeZone\":\"Mars\"")) {
            assertThat(call("POST", "/_simulator/accounts", "{\"account\":\"act_1001\"," + wrong + "}").statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void takes_what_changes_something_from_no_page_of_another_site_and_as_nothing_but_json() throws Exception {
        for (var odd : List.of(List.of("403", "origin", "https://evil.example", "content-type", "application/json"),
                List.of("403", "sec-fetch-site", "cross-site", "content-type", "application/json"),
                List.of("415", "content-type", "application/x-www-form-urlencoded"), List.of("415"))) {
            var request = HttpRequest.newBuilder(URI.create(simulator.baseUrl() + "/_simulator/faults"))
                    .POST(HttpRequest.BodyPublishers.ofString("{\"kind\":\"REPLY_LOST\",\"on\":\"CREATE_AD_SET\"}"));
            if (odd.size() > 1) {
                request.headers(odd.subList(1, odd.size()).toArray(String[]::new));
            }
            var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as("%s", odd).isEqualTo(Integer.parseInt(odd.getFirst()));
            assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
        }
        assertThat(json(call("GET", "/_simulator/faults", "")).isEmpty()).isTrue();
    }

    @Test
    void stays_on_this_machine() {
        assertThatThrownBy(() -> SimulatorMain.settings("--host=0.0.0.0")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--host").hasMessageContaining("until there is a log-in");
        assertThat(SimulatorMain.settings("--hosts=graph.test,simulator:8090").door().hosts())
                .containsExactly("graph.test", "simulator:8090");
    }

    @Test
    void reads_its_options_and_refuses_unknown_ones() {
        var settings = SimulatorMain.settings("--port=0", "--latency-ms", "5", "--batch-latency-ms=7",
                "--tier=DEVELOPMENT", "--video-encoding-ms=9", "--video-session-ms=11", "--video-chunk-bytes=13",
                "--currency=EUR", "--time-zone=Europe/Berlin");
        assertThat(settings.rules().newAccounts()).isEqualTo(AccountPlace.of("EUR", "Europe/Berlin"));
        assertThat(settings.rules().videos())
                .isEqualTo(new VideoRules(Duration.ofMillis(9), Duration.ofMillis(11), 13));
        assertThat(settings.port()).isZero();
        assertThat(settings.rules().latency()).isEqualTo(Duration.ofMillis(5));
        assertThat(settings.rules().batchLatency()).isEqualTo(Duration.ofMillis(7));
        assertThatThrownBy(() -> SimulatorMain.settings("--speed=9")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SimulatorMain.settings("--port")).isInstanceOf(IllegalArgumentException.class);
    }

    private HttpResponse<String> call(String method, String path, String body) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(simulator.baseUrl() + path)).header("content-type",
                path.startsWith("/_simulator") ? "application/json" : "application/x-www-form-urlencoded")
                .method(method, body.isEmpty()
                        ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}
