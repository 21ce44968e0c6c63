package io.campaignlauncher.telegram.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ControlTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private final TelegramSimulator simulator = TelegramSimulator.start(
            TelegramSimulatorSettings.DEFAULTS.withRules(
                    TelegramSimulatorSettings.DEFAULTS.rules().withoutLimits()));

    @AfterEach
    void stop() {
        simulator.close();
    }

    private HttpResponse<String> call(String method, String path, String body) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(simulator.baseUrl() + path))
                .header("content-type", "application/json")
                .method(method, body.isEmpty() ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body))
                .build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode control(String path, String body) throws Exception {
        var answer = call("POST", "/_simulator/" + path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private JsonNode read(String path) throws Exception {
        return JsonMapper.shared().readTree(call("GET", path, "").body());
    }

    @Test
    void sets_up_bots_channels_and_rights_and_shows_what_is_in_a_channel() throws Exception {
        control("bots", "{\"token\":\"7:other\",\"username\":\"other_bot\"}");
        control("channels", "{\"id\":-1007,\"username\":\"seventh\",\"title\":\"Seventh\"}");
        control("members", "{\"chat\":\"@seventh\",\"userId\":7,\"status\":\"administrator\",\"post\":true}");
        assertThat(call("POST", "/bot7:other/sendMessage", "{\"chat_id\":-1007,\"text\":\"Hello\"}").statusCode())
                .isEqualTo(200);
        int theirs = control("posts", "{\"chat\":\"@seventh\",\"text\":\"theirs\"}").path("messageId").asInt();
        control("edits", "{\"chat\":\"@seventh\",\"messageId\":" + theirs + ",\"text\":\"edited\"}");
        control("pins", "{\"chat\":\"@seventh\",\"messageId\":" + theirs + "}");
        assertThat(call("DELETE", "/_simulator/posts?chat=@seventh&messageId=2", "").statusCode()).isEqualTo(200);

        var chat = read("/_simulator/chats?chat=@seventh");
        assertThat(chat.path("messages")).hasSize(4);
        assertThat(chat.path("messages").get(1).path("deleted").asBoolean()).isTrue();
        assertThat(chat.path("messages").get(1).path("authorId").asInt()).isEqualTo(7);
        assertThat(chat.path("messages").get(2).path("text").asString()).isEqualTo("edited");
        assertThat(chat.path("messages").get(3).path("pinned_message").path("message_id").asInt()).isEqualTo(theirs);
        assertThat(chat.path("members").path("7").path("post").asBoolean()).isTrue();
    }

    @Test
    void takes_faults_counts_their_firings_and_forgets_them() throws Exception {
        control("faults",
                "[{\"kind\":\"RESTART\",\"on\":\"sendMessage\",\"chat\":\"@launch_demo\",\"times\":1,\"commit\":\"NEVER\"}]");
        var send = "{\"chat_id\":\"@launch_demo\",\"text\":\"Hello\"}";
        assertThat(call("POST", "/bot1:test/sendMessage", send).body()).contains("restart");
        assertThat(call("POST", "/bot1:test/sendMessage", send).statusCode()).isEqualTo(200);
        assertThat(read("/_simulator/faults").get(0).path("fired").asInt()).isEqualTo(1);
        var counters = read("/_simulator/state").path("counters");
        assertThat(counters.path("calls").path("sendMessage").path("@launch_demo").asInt()).isEqualTo(2);
        assertThat(counters.path("errors").path("500").asInt()).isEqualTo(1);
        call("DELETE", "/_simulator/faults", "");
        assertThat(read("/_simulator/faults")).isEmpty();
    }

    @Test
    void puts_the_clock_forward_and_lets_happen_what_is_due() throws Exception {
        control("faults", "{\"kind\":\"COMMITTED_LATE\",\"seconds\":120,\"fate\":\"CONNECTION_CLOSED\"}");
        assertThatThrownBy(() -> call("POST", "/bot1:test/sendMessage",
                "{\"chat_id\":\"@launch_demo\",\"text\":\"late\"}")).isInstanceOf(IOException.class);
        assertThat(simulator.world().posts("@launch_demo")).hasSize(1);
        control("clock", "{\"seconds\":120}");
        assertThat(simulator.world().posts("@launch_demo")).hasSize(2);
    }

    @Test
    void tells_what_is_wrong_with_what_it_is_asked() throws Exception {
        for (var odd : List.of(List.of("posts", "{\"chat\":\"@launch_demo\"}", "text is needed"),
                List.of("posts", "{\"chat\":\"@nowhere\",\"text\":\"x\"}", "chat: there is no @nowhere"),
                List.of("members", "{\"chat\":\"@launch_demo\",\"userId\":\"x\"}", "userId must be a whole number"),
                List.of("bots", "{\"token\":\"1:again\",\"username\":\"x\"}", "token: there is a bot 1"),
                List.of("faults", "{\"kind\":\"BAD_LUCK\"}", "kind: no kind of fault"),
                List.of("faults", "{\"kind\":\"SLOW\",\"on\":\"sendPigeon\"}", "on: no method"),
                List.of("faults", "{", "end-of-input"), List.of("clock", "{\"seconds\":-1}", "seconds"))) {
            var answer = call("POST", "/_simulator/" + odd.get(0), odd.get(1));
            assertThat(answer.statusCode()).as("%s", odd).isEqualTo(400);
            assertThat(answer.body()).contains(odd.get(2)).doesNotContain("again");
        }
        assertThat(call("GET", "/_simulator/nowhere", "").statusCode()).isEqualTo(404);
        assertThat(call("GET", "/_simulator/chats", "").statusCode()).isEqualTo(400);
    }

    @Test
    void stands_behind_the_front_door() throws Exception {
        var request = HttpRequest.newBuilder(URI.create(simulator.baseUrl() + "/_simulator/clock"))
                .header("origin", "https://evil.example").header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"seconds\":1}")).build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(403);
        var form = HttpRequest.newBuilder(URI.create(simulator.baseUrl() + "/_simulator/clock"))
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("seconds=1")).build();
        assertThat(client.send(form, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(415);
    }

    @Test
    void records_requests_without_their_tokens() throws Exception {
        call("GET", "/bot1:test/getMe", "");
        call("POST", "/bot1:wrong-secret/sendMessage", "{\"text\":\"x\"}");
        call("POST", "/nowhere/secret", "{}");
        var requests = read("/_simulator/requests");
        assertThat(requests.valueStream().map(entry -> entry.path("path").asString()))
                .containsExactly("/bot1:***/getMe", "/bot1:***/sendMessage", "/bot***/***");
        assertThat(read("/_simulator/state").toString()).doesNotContain("secret").doesNotContain("1:test");
    }

    @Test
    void answers_a_body_that_is_none_with_a_status_alone() throws Exception {
        var answer = call("POST", "/bot1:test/sendMessage", "{");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void says_in_a_header_when_to_ask_again_and_takes_texts_from_a_query() throws Exception {
        control("faults", "{\"kind\":\"TOO_MANY_REQUESTS\",\"retryAfterSeconds\":8,\"commit\":\"NEVER\",\"times\":1}");
        var query = "/bot1:test/sendmessage?chat_id=@launch_demo&text=Hello%20%F0%9F%98%80";
        var refused = call("GET", query, "");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("retry-after")).hasValue("8");
        assertThat(refused.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(read(query).path("result").path("text").asString()).isEqualTo("Hello 😀");
    }

    @ParameterizedTest
    @EnumSource(FaultJson.Kind.class)
    void knows_every_kind_of_fault_with_its_defaults(FaultJson.Kind kind) {
        var fault = FaultJson.fault(JsonMapper.shared().readTree("{\"kind\":\"" + kind + "\"}"));
        assertThat(fault.occasions().from()).isEqualTo(1);
        assertThat(fault.effect()).isNotNull();
    }

    @Test
    void reads_its_options_refuses_unknown_ones_and_stays_on_this_machine() {
        var settings = TelegramSimulatorMain.settings("--port=0", "--latency-ms=5", "--limits=false", "--seed=3");
        assertThat(settings.port()).isZero();
        assertThat(settings.rules().latency()).isEqualTo(Duration.ofMillis(5));
        assertThat(settings.rules().limited()).isFalse();
        assertThat(settings.seed()).isEqualTo(3);
        assertThatThrownBy(() -> TelegramSimulatorMain.settings("--speed=9")).hasMessageContaining("--speed");
        assertThatThrownBy(() -> TelegramSimulatorMain.settings("--port")).hasMessageContaining("--name=value");
        assertThatThrownBy(() -> TelegramSimulatorMain.settings("--host=0.0.0.0")).hasMessageContaining("--host");
    }
}
