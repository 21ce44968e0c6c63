package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.CreationRoundEnded;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import io.campaignlauncher.simulator.core.RateLimit;
import io.campaignlauncher.standin.Commit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What was sent to Facebook can be seen, and launches go on where it cannot. */
@OnRunningSystem
class GraphCallsIT {

    private final RunningSystem system;

    GraphCallsIT(RunningSystem system) {
        this.system = system;
    }

    private JsonNode calls(CreateCampaign request) {
        return system.http().get("/v1/jobs/" + RunningSystem.jobId(request) + "/calls?limit=500").body();
    }

    private static List<JsonNode> of(JsonNode calls, String service) {
        return calls.path("calls").valueStream().filter(call -> call.path("service").asString().equals(service))
                .toList();
    }

    private static List<JsonNode> entries(JsonNode calls) {
        return calls.path("calls").valueStream().flatMap(call -> call.path("entries").valueStream()).toList();
    }

    /** As many as creators say that they have sent. */
    private JsonNode allNoted(CreateCampaign request) {
        var sent = system.published().eventsOf(RunningSystem.jobId(request), CreationRoundEnded.class).stream()
                .mapToInt(CreationRoundEnded::getHttpCalls).sum();
        assertThat(sent).isPositive();
        return await("every request of the creator is noted").atMost(RunningSystem.PATIENCE)
                .until(() -> calls(request), calls -> of(calls, "creator-service").size() == sent
                        && of(calls, "verifier-service").size() >= 2);
    }

    @Test
    void every_request_of_a_launch_is_shown_with_the_slots_that_it_fills() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 3).build();
        assertThat(system.launch(request).path("status").asString()).isEqualTo("completed");

        var calls = allNoted(request);

        assertThat(of(calls, "verifier-service")).extracting(call -> call.path("purpose").asString())
                .contains("check_account", "verify");
        var filled = of(calls, "creator-service").stream().flatMap(call -> call.path("entries").valueStream())
                .filter(entry -> entry.path("method").asString().equals("POST"))
                .map(entry -> entry.path("entityType").asString() + " " + entry.path("slotNumber").asInt());
        assertThat(filled).containsExactlyInAnyOrder("campaign 1", "ad_set 1", "ad_set 2", "ad_set 3", "ad 1", "ad 2",
                "ad 3");
        assertThat(calls.path("notNoted").asInt()).isZero();
        assertThat(calls.path("calls").valueStream().map(call -> Instant.parse(call.path("begunAt").asString())))
                .isSorted();
        assertThat(calls.toString()).doesNotContain(request.getAdAccountId(), RunningSystem.TOKEN,
                request.getCampaign().getName());
        assertThat(entries(calls)).hasSize(calls.path("totals").path("entries").asInt());
    }

    @Test
    void what_went_wrong_is_shown_for_each_entry() {
        var account = system.freshAccount();
        var request = Requests.oneFiftyOne(account, 12).build();
        system.fault(account, FaultTarget.CREATE_AD_SET, FaultEffect.replyLost(), 2, 1);
        system.fault(account, FaultTarget.CREATE_AD_SET, new FaultEffect.ServerError(Commit.atOnce()), 4, 1);
        system.fault(account, FaultTarget.CREATE_AD_SET, new FaultEffect.NullElement(Commit.never()), 6, 1);
        system.fault(account, FaultTarget.CREATE_AD, FaultEffect.imageNotFetched(), 3, 1);
        system.fault(account, FaultTarget.CREATE_AD_SET, new FaultEffect.SilentFailure(), 11, 1);
        system.fault(account, FaultTarget.CREATE_AD_SET,
                new FaultEffect.RateLimited(RateLimit.ACCOUNT_CALLS, Duration.ofSeconds(1)), 14, 1);
        assertThat(system.launch(request).path("status").asString()).isEqualTo("completed");

        var calls = allNoted(request);

        var refused = entries(calls).stream().filter(entry -> entry.path("outcome").asString().equals("refused"))
                .toList();
        assertThat(refused).anySatisfy(entry -> {
            assertThat(entry.path("entityType").asString()).isEqualTo("ad");
            assertThat(entry.path("code").asInt()).isEqualTo(100);
            assertThat(entry.path("subcode").asInt()).isEqualTo(1487833);
            assertThat(entry.path("message").asString()).contains("Image wasn't downloaded");
        });
        var totals = calls.path("totals");
        assertThat(totals.path("unknown").asInt()).isGreaterThanOrEqualTo(3);
        assertThat(totals.path("limited").asInt()).isPositive();
        assertThat(calls.path("calls").valueStream()).as("without an answer")
                .anySatisfy(call -> assertThat(call.path("httpStatus").isNull()).isTrue());
        assertThat(calls.path("calls").valueStream()).as("for Facebook's support")
                .anySatisfy(call -> assertThat(call.path("fbtraceId").asString()).isNotEmpty());
        assertThat(of(calls, "creator-service")).as("rounds").extracting(call -> call.path("attempt").asInt())
                .contains(1, 2);
        assertThat(of(calls, "creator-service")).extracting(call -> call.path("purpose").asString())
                .contains("look", "create");
    }

    @Test
    void deletions_are_shown() {
        var account = system.freshAccount();
        var request = Requests.oneFiftyOne(account, 2).build();
        system.fault(account, FaultTarget.CREATE_AD, new FaultEffect.Refused(400, 100, null, "Invalid parameter"), 2,
                0);
        assertThat(system.launch(request).path("status").asString()).isEqualTo("rolled_back");

        await("deletions are noted").atMost(RunningSystem.PATIENCE).until(() -> of(calls(request), "rollback-service"),
                calls -> calls.stream().anyMatch(call -> call.path("purpose").asString().equals("delete")
                        && call.path("entries").valueStream()
                                .anyMatch(entry -> entry.path("entityType").asString().equals("campaign"))));
    }

    @Test
    void looks_that_somebody_asked_for_are_shown_behind_what_the_launch_sent() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 3).build();
        assertThat(system.launch(request).path("status").asString()).isEqualTo("completed");
        allNoted(request);
        var looks = "/v1/jobs/" + RunningSystem.jobId(request) + "/looks";

        assertThat(system.http().post(looks, Map.of()).body().path("state").asString()).isEqualTo("looked");

        var first = await("the look is noted").atMost(RunningSystem.PATIENCE).until(() -> calls(request),
                calls -> !of(calls, "job-service").isEmpty());
        assertThat(of(first, "job-service")).singleElement().satisfies(look -> {
            assertThat(look).isEqualTo(first.path("calls").path(first.path("calls").size() - 1));
            assertThat(look.path("purpose").asString()).isEqualTo("look");
            assertThat(look.path("attempt").asInt()).isZero();
            assertThat(look.path("outcome").asString()).isEqualTo("sent");
            assertThat(look.path("entries").valueStream().map(entry -> entry.path("path").asString()))
                    .containsExactly("{account}/campaigns", "{id}", "{id}/adsets", "{id}/ads");
        });
        assertThat(first.toString()).doesNotContain(request.getAdAccountId(), RunningSystem.TOKEN);

        system.fault(request.getAdAccountId(), FaultTarget.ANY, new FaultEffect.TokenRefused(463), 1, 0);
        assertThat(system.http().post(looks, Map.of()).body().path("state").asString()).isEqualTo("failed");

        var second = await("one that failed is noted as well").atMost(RunningSystem.PATIENCE)
                .until(() -> calls(request), calls -> of(calls, "job-service").size() > 1);
        assertThat(of(second, "job-service").getLast().path("outcome").asString()).isEqualTo("refused");
        assertThat(second.path("notNoted").asInt()).isZero();
    }

    @Test
    void while_the_tables_of_requests_are_locked_launches_go_on_and_what_was_noted_comes_later() throws Exception {
        var request = Requests.oneFiftyOne(system.freshAccount(), 3).build();
        try (var lock = system.databaseOfAdministrator().getConnection()) {
            lock.setAutoCommit(false);
            try (var statement = lock.createStatement()) {
                statement.execute("lock table graph_calls, graph_call_works in access exclusive mode");
            }
            assertThat(system.launch(request).path("status").asString()).isEqualTo("completed");
            assertThat(system.http().get("/actuator/health/readiness").status()).isEqualTo(200);
            assertThat(system.http().get("/v1/jobs/" + RunningSystem.jobId(request) + "/calls").status())
                    .isEqualTo(503);
            lock.rollback();
        }

        assertThat(allNoted(request).path("notNoted").asInt()).isZero();
    }

    @Test
    void while_kafka_takes_no_note_launches_go_on_and_looks_are_made() throws Exception {
        var nobody = Stream.of(AclOperation.WRITE, AclOperation.DESCRIBE)
                .map(operation -> new AclBinding(
                        new ResourcePattern(ResourceType.TOPIC, Topic.GRAPH_CALLS.topicName(), PatternType.LITERAL),
                        new AccessControlEntry("User:*", "*", operation, AclPermissionType.DENY)))
                .toList();
        var request = Requests.oneFiftyOne(system.freshAccount(), 3).build();
        try (var admin = Admin.create(system.kafka(Map.of()))) {
            admin.createAcls(nobody).all().get();
            try {
                assertThat(system.launch(request).path("status").asString()).isEqualTo("completed");
                assertThat(system.http().post("/v1/jobs/" + RunningSystem.jobId(request) + "/looks", Map.of()).body()
                        .path("state").asString()).isEqualTo("looked");
            } finally {
                admin.deleteAcls(nobody.stream().map(AclBinding::toFilter).toList()).all().get();
            }
        }

        assertThat(of(calls(request), "creator-service")).isEmpty();
        assertThat(of(calls(request), "job-service")).isEmpty();
    }
}
