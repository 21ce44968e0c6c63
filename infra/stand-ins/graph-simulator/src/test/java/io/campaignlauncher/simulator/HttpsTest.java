package io.campaignlauncher.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class HttpsTest {

    private static Simulator simulator;
    private static HttpClient trusting;

    @BeforeAll
    static void start() throws Exception {
        simulator = Simulator.start(SimulatorMain.settings("--https=true", "--port=0"));
        trusting = HttpClient.newBuilder().sslContext(Trust.in(simulator).tls()).version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    @AfterAll
    static void stop() {
        trusting.close();
        simulator.close();
    }

    @Test
    void answers_those_who_trust_its_certificate_by_address_and_by_name() throws Exception {
        var port = simulator.baseUrl().getPort();
        for (var host : List.of("127.0.0.1", "localhost")) {
            assertThat(get(trusting, "https://" + host + ":" + port + "/act_5001?access_token=t").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void is_refused_by_those_who_do_not() {
        try (var stranger = HttpClient.newHttpClient()) {
            assertThatThrownBy(() -> get(stranger, simulator.baseUrl() + "/act_5001?access_token=t")).isInstanceOf(
                    SSLHandshakeException.class);
        }
    }

    @Test
    void leads_to_the_next_page_over_https() throws Exception {
        var page = get(trusting, simulator.baseUrl() + "/act_1003/campaigns?access_token=t&limit=1");
        assertThat(JsonMapper.shared().readTree(page.body()).path("paging").path("next").asString()).startsWith(
                simulator.baseUrl() + "/v24.0/");
    }

    @Test
    void has_no_certificate_over_http() {
        try (var plain = Simulator.start()) {
            assertThat(plain.baseUrl().getScheme()).isEqualTo("http");
            assertThat(plain.certificate()).isEmpty();
        }
    }

    private static HttpResponse<String> get(HttpClient client, String address) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
