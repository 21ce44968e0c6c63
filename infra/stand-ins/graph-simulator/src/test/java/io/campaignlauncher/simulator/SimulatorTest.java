package io.campaignlauncher.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.simulator.core.Fault;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SimulatorTest {

    private static final String CAMPAIGN = "objective=OUTCOME_SALES&special_ad_categories=%5B%5D&status=PAUSED"
            + "&is_adset_budget_sharing_enabled=false&name=";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static Simulator simulator;

    @BeforeAll
    static void start() {
        simulator = Simulator.start();
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @BeforeEach
    void no_faults() {
        simulator.faults().clear();
    }

    @Test
    void takes_a_form_with_a_bearer_token() throws Exception {
        var answer = post("/v24.0/act_2001/campaigns", "application/x-www-form-urlencoded", CAMPAIGN + "Form+sale");
        assertThat(json(answer).path("id").asString()).hasSize(18);
        assertThat(answer.headers().firstValue("x-ad-account-usage")).isPresent();
        assertThat(simulator.world().campaigns("act_2001", "Form sale")).hasSize(1);
    }

    @Test
    void takes_json_and_a_token_in_the_body() throws Exception {
        var body = "{\"access_token\":\"t\",\"name\":\"Json sale\",\"objective\":\"OUTCOME_SALES\",\"special_ad_categories\":[],"
                + "\"is_adset_budget_sharing_enabled\":false}";
        var answer = send(request("/act_2001/campaigns").header("Content-Type", "application/json").POST(
                HttpRequest.BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(simulator.world().campaigns("act_2001", "Json sale")).hasSize(1);
    }

    @Test
    void takes_multipart() throws Exception {
        var body = new StringBuilder();
        for (var part : (CAMPAIGN + "Multipart sale&access_token=t").replace("%5B%5D", "[]").split("&")) {
            int equals = part.indexOf('=');
            body.append("--xyz\r\nContent-Disposition: form-data; name=\"").append(part, 0, equals).append("\"\r\n\r\n")
                    .append(
                            part.substring(equals + 1))
                    .append("\r\n");
        }
        body.append("--xyz--\r\n");
        var answer = send(
                request("/v24.0/act_2001/campaigns").header("Content-Type", "multipart/form-data; boundary=xyz")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
        assertThat(answer.body()).contains("\"id\"");
        assertThat(simulator.world().campaigns("act_2001", "Multipart sale")).hasSize(1);
    }

    @Test
    void closes_the_connection_after_committing_when_told_to_lose_a_reply() throws Exception {
        simulator.faults().add(Fault.once(FaultTarget.CREATE_CAMPAIGN, FaultEffect.replyLost()).inAccount("act_2002"));
        assertThatThrownBy(() -> post("/act_2002/campaigns", "application/x-www-form-urlencoded", CAMPAIGN + "Lost"))
                .isInstanceOf(IOException.class);
        await().untilAsserted(() -> assertThat(simulator.world().campaigns("act_2002", "Lost")).hasSize(1));
    }

    @Test
    void stays_silent_when_told_to_time_out() {
        simulator.faults().add(Fault.once(FaultTarget.CREATE_CAMPAIGN, FaultEffect.timeout()).inAccount("act_2003"));
        var request = request("/act_2003/campaigns").header("Authorization", "Bearer t").header("Content-Type",
                "application/x-www-form-urlencoded").timeout(Duration.ofMillis(300))
                .POST(HttpRequest.BodyPublishers.ofString(
                        CAMPAIGN + "Silent"));
        assertThatThrownBy(() -> send(request)).isInstanceOf(java.net.http.HttpTimeoutException.class);
        await().untilAsserted(() -> assertThat(simulator.world().campaigns("act_2003", "Silent")).hasSize(1));
    }

    @Test
    void finds_the_token_in_the_body_of_a_deletion() throws Exception {
        var id = json(post("/act_2004/campaigns", "application/x-www-form-urlencoded", CAMPAIGN + "Gone")).path("id")
                .asString();
        var body = "--xyz\r\nContent-Disposition: form-data; name=\"access_token\"\r\n\r\nt\r\n--xyz--\r\n";
        var answer = send(
                request("/v24.0/" + id + "/").header("Content-Type", "multipart/form-data; boundary=xyz").method(
                        "DELETE", HttpRequest.BodyPublishers.ofString(body)));
        assertThat(answer.body()).isEqualTo("{\"success\":true}");
        assertThat(simulator.world().campaigns("act_2004")).isEmpty();
    }

    @Test
    void takes_an_uploaded_file_and_names_its_image_after_it() throws Exception {
        var body = "--xyz\r\nContent-Disposition: form-data; name=\"access_token\"\r\n\r\nt\r\n--xyz\r\nContent-Disposition: "
                + "form-data; name=\"file\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n"
                + "GIF89a\1\0\1\0bytes\r\n--xyz--\r\n";
        var answer = send(
                request("/act_2004/adimages").header("Content-Type", "multipart/form-data; boundary=xyz").POST(
                        HttpRequest.BodyPublishers.ofString(body)));
        assertThat(json(answer).path("images").path("a.png").path("hash").asString()).hasSize(32);
    }

    @Test
    void follows_a_double_slash_and_a_next_address() throws Exception {
        var first = json(post("/act_2005/campaigns", "application/x-www-form-urlencoded", CAMPAIGN + "One")).path("id")
                .asString();
        post("/act_2005/campaigns", "application/x-www-form-urlencoded", CAMPAIGN + "Two");
        assertThat(json(send(request("/v24.0//?access_token=t&ids=" + first).GET())).has(first)).isTrue();
        var page = json(send(request("/v24.0/act_2005/campaigns?access_token=t&fields=name&limit=1").GET()));
        var next = page.path("paging").path("next").asString();
        assertThat(next).startsWith(simulator.baseUrl() + "/v24.0/");
        var last = json(send(HttpRequest.newBuilder(URI.create(next)).GET()));
        assertThat(last.path("data").get(0).path("name").asString()).isEqualTo("One");
        assertThat(last.path("paging").has("next")).isFalse();
    }

    @Test
    void compresses_long_answers_for_those_who_ask() throws Exception {
        for (int i = 0; i < 25; i++) {
            post("/act_2006/campaigns", "application/x-www-form-urlencoded",
                    CAMPAIGN + "A+rather+long+name+of+a+campaign+" + i);
        }
        var edge = "/act_2006/campaigns?access_token=t&fields=name,status,objective";
        var compressed = send(request(edge).header("Accept-Encoding", "gzip").GET());
        assertThat(compressed.headers().firstValue("content-encoding")).contains("gzip");
        assertThat(send(request(edge).GET()).headers().firstValue("content-encoding")).isEmpty();
        var small = send(request("/act_2006?access_token=t").header("Accept-Encoding", "gzip").GET());
        assertThat(small.headers().firstValue("content-encoding")).isEmpty();
    }

    @Test
    void answers_304_to_those_who_have_read_the_same_before() throws Exception {
        var id = json(post("/act_2009/campaigns", "application/x-www-form-urlencoded", CAMPAIGN + "Read")).path("id")
                .asString();
        var address = "/" + id + "?access_token=t&fields=name,status";
        var tag = send(request(address).GET()).headers().firstValue("etag").orElseThrow();
        assertThat(tag).matches("\"[0-9a-f]{40}\"");
        var again = send(request(address).header("If-None-Match", tag).GET());
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().firstValue("x-ad-account-usage")).isPresent();
        post("/" + id, "application/x-www-form-urlencoded", "name=Other");
        var changed = send(request(address).header("If-None-Match", tag).GET());
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.body()).contains("Other");
    }

    @Test
    void answers_late_without_holding_up_others() throws Exception {
        simulator.faults()
                .add(Fault.once(FaultTarget.READ_NODE, new FaultEffect.Slow(Duration.ofMillis(400))).inAccount(
                        "act_2007"));
        long before = System.nanoTime();
        var slow = CLIENT.sendAsync(request("/act_2007?access_token=t").GET().build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(send(request("/act_2008?access_token=t").GET()).statusCode()).isEqualTo(200);
        assertThat(slow.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(400));
    }

    @Test
    void refuses_a_body_that_does_not_fit_its_content_type() throws Exception {
        assertThat(post("/act_2001/campaigns", "application/json", "{").statusCode()).isEqualTo(400);
        assertThat(post("/act_2001/campaigns", "multipart/form-data", "x").statusCode()).isEqualTo(400);
    }

    private static HttpResponse<String> post(String path, String type, String body) throws Exception {
        return send(request(path).header("Authorization", "Bearer t").header("Content-Type", type).POST(
                HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(simulator.baseUrl() + path)).version(HttpClient.Version.HTTP_1_1);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}
