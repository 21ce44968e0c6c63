package io.campaignlauncher.simulator.core;

import io.campaignlauncher.standin.Fate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import static io.campaignlauncher.simulator.core.Api.ACCOUNT;
import static io.campaignlauncher.simulator.core.Api.adOf;
import static io.campaignlauncher.simulator.core.Api.adSetOf;
import static io.campaignlauncher.simulator.core.Api.campaignOf;
import static io.campaignlauncher.simulator.core.Api.error;
import static io.campaignlauncher.simulator.core.Api.id;
import static io.campaignlauncher.simulator.core.Api.operation;
import static io.campaignlauncher.simulator.core.Api.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import tools.jackson.databind.JsonNode;

class AsyncTest {

    private static final String COUNTS = "total_count,initial_count,in_progress_count,success_count,error_count,"
            + "canceled_count,is_completed";

    private final Api api = new Api();
    private final String adSet = api.adSet(api.campaign("C"), "S");

    @Test
    void makes_one_ad_after_the_other() {
        var set = order(ad("One"), ad("Two"), ad("Three"));
        assertThat(counts(set)).containsExactly(3, 2, 1, 0, 0, 0);
        api.passes(Duration.ofMillis(500));
        assertThat(counts(set)).containsExactly(3, 1, 1, 1, 0, 0);
        assertThat(api.get(set, "fields", "is_completed").json().path("is_completed").asBoolean()).isFalse();
        api.passes(Duration.ofSeconds(1));
        assertThat(counts(set)).containsExactly(3, 0, 0, 3, 0, 0);
        assertThat(api.simulator.world().ads(adSet)).extracting(Existing::name).containsExactly("One", "Two", "Three");
        assertThat(api.get(set, "fields", "is_completed").json().path("is_completed").asBoolean()).isTrue();
    }

    @Test
    void tells_what_each_request_came_to() {
        api.simulator.faults().add(Fault.always(FaultTarget.CREATE_AD, new FaultEffect.Refused(400, 368, null, "No"))
                .named("Two"));
        var set = order(ad("One"), ad("Two"));
        assertThat(api.get(set + "/requests", "fields", "status,result").json().path("data").toString()).doesNotContain(
                "result").contains("IN_PROGRESS", "INITIAL");
        api.passes(Duration.ofSeconds(1));
        var requests = api.get(set + "/requests", "fields", "status,result,input,async_request_set").json()
                .path("data");
        assertThat(requests.valueStream().map(each -> each.path("status").asString())).containsExactly("SUCCESS",
                "ERROR");
        var made = requests.path(0).path("result").path("id").asString();
        assertThat(api.simulator.world().object(made)).map(Existing::name).contains("One");
        assertThat(requests.path(1).path("result").path("code").asString()).isEqualTo("368");
        assertThat(requests.path(1).path("input").path("name").asString()).isEqualTo("Two");
        assertThat(requests.toString()).doesNotContain("secret-token");
        assertThat(requests.path(1).path("async_request_set").path("id").asString()).isEqualTo(set);
        var refused = api.get(set + "/requests", "statuses", "[\"ERROR\"]").json().path("data");
        assertThat(refused.size()).isEqualTo(1);
    }

    @Test
    void makes_nothing_of_what_was_cancelled_in_time() {
        var set = order(ad("One"), ad("Two"), ad("Three"));
        api.passes(Duration.ofMillis(500));
        assertThat(api.delete(set).status()).isEqualTo(200);
        api.passes(Duration.ofMinutes(1));
        assertThat(counts(set)).containsExactly(3, 0, 0, 1, 0, 2);
        assertThat(api.simulator.world().ads(adSet)).hasSize(1);
    }

    @Test
    void pages_through_requests_and_lists_sets() {
        var set = order(ad("One"), ad("Two"), ad("Three"));
        var first = api.get(set + "/requests", "limit", "2").json();
        assertThat(first.path("data").size()).isEqualTo(2);
        var after = first.path("paging").path("cursors").path("after").asString();
        assertThat(api.get(set + "/requests", "limit", "2", "after", after).json().path("data").size()).isEqualTo(1);
        assertThat(api.get(ACCOUNT + "/asyncadrequestsets", "fields", "name").json().path("data").valueStream().map(
                each -> each.path("name").asString())).containsExactly("Ordered");
        assertThat(api.get("act_1/asyncadrequestsets").json().path("data").size()).isZero();
    }

    @Test
    void refuses_an_order_without_ads_and_fields_that_it_does_not_have() {
        assertThat(outcome(api.post(ACCOUNT + "/asyncadrequestsets", "name", "None", "ad_specs", "[]"))).isEqualTo(
                "100");
        assertThat(outcome(api.post(ACCOUNT + "/asyncadrequestsets", "ad_specs", "[{}]"))).isEqualTo("100");
        var set = order(ad("One"));
        assertThat(error(api.get(set, "fields", "colour")).path("message").asString()).contains("AdAsyncRequestSet");
        assertThat(outcome(api.get(set + "/ads"))).isEqualTo("100/33");
    }

    @Test
    void runs_a_batch_later_and_keeps_what_each_operation_answered() {
        var operations = List.of(operation("POST", ACCOUNT + "/campaigns", campaignOf("Late"), "campaign"),
                operation("POST", ACCOUNT + "/adsets", adSetOf("{result=campaign:$.id}", "Late set"), "set"),
                operation("GET", "1234567890123456", Map.of(), "nothing"));
        var sessions = later(operations);
        assertThat(api.simulator.world().campaigns(ACCOUNT, "Late")).isEmpty();
        assertThat(session(sessions, 0).path("status").asString()).isEqualTo("IN_PROGRESS");
        api.passes(Duration.ofSeconds(2));
        var campaign = api.simulator.world().campaigns(ACCOUNT, "Late").getFirst();
        assertThat(session(sessions, 0).path("result").asString()).isEqualTo("{\"id\":\"" + campaign.id() + "\"}");
        assertThat(api.simulator.world().adSets(campaign.id())).hasSize(1);
        assertThat(session(sessions, 2).path("status").asString()).isEqualTo("ERROR");
        assertThat(session(sessions, 2).path("error_code").asInt()).isEqualTo(100);
    }

    @Test
    void loses_the_answer_of_a_late_batch_but_not_its_work() {
        api.simulator.faults().add(Fault.once(FaultTarget.BATCH, FaultEffect.replyLost()));
        var reply = api.post("/", "asyncbatch", "[" + operation("POST", ACCOUNT + "/campaigns", campaignOf("Late"), "")
                + "]");
        assertThat(reply.fate()).isEqualTo(Fate.CONNECTION_CLOSED);
        api.passes(Duration.ofSeconds(2));
        assertThat(api.simulator.world().campaigns(ACCOUNT, "Late")).hasSize(1);
    }

    private String order(JsonNode... ads) {
        var specs = Json.array();
        specs.addAll(List.of(ads));
        return id(api.post(ACCOUNT + "/asyncadrequestsets", "name", "Ordered", "ad_specs", Json.write(specs)));
    }

    private JsonNode ad(String name) {
        var spec = Json.object();
        adOf(adSet, name).forEach(spec::put);
        spec.put("access_token", "secret-token");
        return spec;
    }

    private List<Integer> counts(String set) {
        var node = api.get(set, "fields", COUNTS).json();
        return List.of(COUNTS.split(",")).stream().filter(each -> each.endsWith("count"))
                .map(each -> node.path(each).asInt(-1)).toList();
    }

    private JsonNode later(List<String> operations) {
        return api.post("/", "asyncbatch", "[" + String.join(",", operations) + "]").json().path("async_sessions");
    }

    private JsonNode session(JsonNode sessions, int index) {
        return api.get(sessions.path(index).path("id").asString(), "fields", "status,result,error_code").json();
    }
}
