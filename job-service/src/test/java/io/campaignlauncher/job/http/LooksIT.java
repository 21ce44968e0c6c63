package io.campaignlauncher.job.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.Graph;
import io.campaignlauncher.graph.GraphBatchAnswer;
import io.campaignlauncher.graph.GraphOperation;
import io.campaignlauncher.graph.GraphResult;
import io.campaignlauncher.graph.GraphSettings;
import io.campaignlauncher.graph.GraphUsage;
import io.campaignlauncher.graph.HttpGraph;
import io.campaignlauncher.job.model.CreatedSlot;
import io.campaignlauncher.job.model.CreationReport;
import io.campaignlauncher.job.model.EntityType;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.RollbackPolicy;
import io.campaignlauncher.job.model.RoundEnd;
import io.campaignlauncher.job.model.SlotId;
import io.campaignlauncher.messaging.CredentialName;
import io.campaignlauncher.readmodel.ScriptedJob;
import io.campaignlauncher.simulator.Simulator;
import io.campaignlauncher.standin.Commit;
import io.campaignlauncher.simulator.core.Fault;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import io.campaignlauncher.simulator.core.RateLimit;
import io.campaignlauncher.testing.GraphFake;
import io.campaignlauncher.worker.calls.CalledFor;
import io.campaignlauncher.worker.calls.JobCalls;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Looks at a simulated Facebook, on which things happen that nobody here knows of. */
class LooksIT {

    private static final AccessToken TOKEN = new AccessToken("somebody");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static HttpApi api;
    private Simulator simulator;
    private HttpGraph facebook;
    private final AtomicInteger requests = new AtomicInteger();
    private final Map<SlotId, String> ids = new HashMap<>();
    private ScriptedJob job;
    private String account;

    @BeforeAll
    static void open() {
        api = new HttpApi("looks", HttpSettings.defaults());
    }

    @AfterAll
    static void close() {
        api.live.stop();
    }

    @BeforeEach
    void start() {
        simulator = Simulator.start();
        facebook = HttpGraph.over(GraphSettings.towards(simulator.baseUrl()), null);
        api.shown = counting(facebook);
        account = "act_" + Math.abs(UUID.randomUUID().getMostSignificantBits() % 1_000_000_000);
        job = made(3).completed();
        store(job);
    }

    @AfterEach
    void stop() {
        api.calledFor = JobCalls.NONE;
        api.asking = Principal.LOCAL_OPERATOR;
        facebook.close();
        simulator.close();
    }

    private Graph counting(Graph graph) {
        return new GraphFake() {

            @Override
            public Mono<GraphBatchAnswer> batch(AccessToken token, List<GraphOperation> operations) {
                requests.incrementAndGet();
                return graph.batch(token, operations);
            }
        };
    }

    @Test
    void all_is_in_order_in_one_request_and_nobody_has_looked_before() {
        assertThat(latest(job).path("state").asString()).isEqualTo("none");
        requests.set(0);

        var seen = looked(job);

        assertThat(seen.path("differing").asInt()).as(seen.toString()).isZero();
        assertThat(seen.path("slots")).hasSize(7).allSatisfy(slot -> {
            assertThat(slot.path("facebook").path("state").asString()).isEqualTo("there");
            assertThat(slot.path("tables")).isEqualTo(slot.path("known"));
        });
        assertThat(seen.path("by").asString()).isEqualTo("local-operator");
        assertThat(seen.path("readsLagUntil").isNull()).isTrue();
        assertThat(requests).hasValue(1);
        assertThat(latest(job).path("look")).isEqualTo(seen);
        assertThat(requests).hasValue(1);
    }

    @Test
    void its_requests_are_noted_for_the_job_also_where_it_comes_to_nothing() {
        var noted = new CopyOnWriteArrayList<CalledFor>();
        api.calledFor = work -> (_, _) -> noted.add(work);
        looked(job);
        assertThat(noted).hasSize(1);

        simulator.faults().add(Fault.always(FaultTarget.BATCH, new FaultEffect.HtmlPage(Commit.atOnce(), 502)));
        assertThat(look(job, 200).path("state").asString()).isEqualTo("failed");

        assertThat(noted).hasSizeGreaterThan(1)
                .containsOnly(CalledFor.look(job.jobId().toString(), "local", "local"));
    }

    @Test
    void a_note_that_fails_changes_nothing() {
        api.calledFor = _ -> (_, _) -> {
            throw new IllegalStateException("no notes today");
        };

        assertThat(looked(job).path("differing").asInt()).isZero();
    }

    @Test
    void what_somebody_deleted_renamed_turned_on_and_added_is_told() {
        post(id(EntityType.CAMPAIGN, 1), Map.of("status", "ACTIVE"));
        post(id(EntityType.AD_SET, 2), Map.of("name", "Mine now"));
        facebook.batch(TOKEN, List.of(GraphOperation.delete(id(EntityType.AD, 3)))).block();
        var extra = ad(id(EntityType.AD_SET, 1), "somebody's");

        var seen = looked(job);

        assertThat(differences(seen)).containsExactly("campaign 1 status ACTIVE PAUSED",
                "ad_set 2 name Mine now Sale " + account + " / ad set 2",
                "ad 3 missing - Sale " + account + " / ad 3");
        assertThat(seen.path("others")).singleElement().satisfies(other -> {
            assertThat(other.path("id").asString()).isEqualTo(extra);
            assertThat(other.path("hint").asString()).isEqualTo("no name of the job's");
        });
        assertThat(seen.path("differing").asInt()).isEqualTo(4);
    }

    @Test
    void a_row_that_is_not_as_the_events_say_is_told() {
        var jdbc = new JdbcTemplate(api.dataSource);
        jdbc.update("update entity_creation_slots set status = 'failed' where facebook_id = ?",
                id(EntityType.AD, 1));
        jdbc.update("delete from entity_creation_slots where facebook_id = ?", id(EntityType.AD, 2));

        var seen = looked(job);

        assertThat(differences(seen)).containsExactly("ad 1 tables status null", "ad 2 tables null null");
        assertThat(seen.path("slots").path(4).path("tables").path("status").asString()).isEqualTo("failed");
    }

    @Test
    void what_reads_may_miss_yet_is_not_called_missing() {
        var fresh = begun(1, Instant.now().plus(Duration.ofHours(1)));
        store(fresh);
        facebook.batch(TOKEN, List.of(GraphOperation.delete(id(EntityType.AD, 1)))).block();

        var seen = looked(fresh);

        assertThat(seen.path("readsLagUntil").asString()).isNotEmpty();
        assertThat(seen.path("settled").asBoolean()).isFalse();
        assertThat(seen.path("slots").path(2).path("facebook").path("state").asString()).isEqualTo("not_shown_yet");
        assertThat(differences(seen)).singleElement().asString().startsWith("ad 1 not_shown_yet");
    }

    @Test
    void a_facebook_that_is_away_leaves_the_look_before_as_it_was() {
        var before = looked(job);
        simulator.faults().add(Fault.always(FaultTarget.BATCH, new FaultEffect.HtmlPage(Commit.atOnce(), 502)));

        var answer = look(job, 200);

        assertThat(answer.path("state").asString()).isEqualTo("failed");
        assertThat(answer.path("reason").asString()).startsWith("Facebook did not answer");
        assertThat(answer.path("look")).isEqualTo(before);
    }

    @Test
    void a_token_that_is_dead_and_one_that_is_not_there_are_told_and_never_shown() {
        simulator.faults().add(Fault.always(FaultTarget.ANY, new FaultEffect.TokenRefused(463)));

        assertThat(look(job, 200).path("reason").asString())
                .startsWith("Facebook does not take the access token of the credential default any more");

        api.credentials.remove(CredentialName.local("default")).block();
        assertThat(look(job, 200).path("reason").asString()).startsWith("The credential default is not stored");
        api.credentials.store(CredentialName.local("default"), "token").block();
    }

    @Test
    void a_token_that_a_look_was_refused_with_needs_somebody_until_it_is_taken_or_another_is_stored() {
        var other = made(1).completed();
        store(other);
        var dead = Fault.always(FaultTarget.ANY, new FaultEffect.TokenRefused(463));
        simulator.faults().add(dead);
        look(job, 200);

        assertThat(dead()).containsExactly("default");
        api.asking = new Principal("other", "eve", "eve", Set.of(Role.ADMIN), new Principal.Session(UUID.randomUUID()));
        assertThat(dead()).isEmpty();
        api.asking = Principal.LOCAL_OPERATOR;
        simulator.faults().clear();
        simulator.faults().add(Fault.always(FaultTarget.BATCH, new FaultEffect.HtmlPage(Commit.atOnce(), 502)));
        look(job, 200);
        assertThat(dead()).as("what failed for something else tells nothing").containsExactly("default");

        simulator.faults().clear();
        looked(other);
        assertThat(dead()).as("it was taken since").isEmpty();

        simulator.faults().add(dead);
        look(other, 200);
        assertThat(dead()).containsExactly("default");
        new JdbcTemplate(api.dataSource).update("update job_looks set token_told_at = cast(? as timestamptz)"
                + " - case when token_taken then interval '2 seconds' else interval '1 second' end",
                HttpApi.NOW.atOffset(ZoneOffset.UTC));
        assertThat(dead()).as("another was stored since").isEmpty();
    }

    /** Credentials that need somebody because Facebook does not take their token. */
    private static List<String> dead() {
        return JsonMapper.shared().readTree(api.client.get().uri("/v1/attention").exchange().expectStatus().isOk()
                .expectBody(byte[].class).returnResult().getResponseBodyContent()).path("matters").valueStream()
                .filter(matter -> matter.path("kind").asString().equals("credential"))
                .flatMap(matter -> matter.path("items").valueStream())
                .filter(item -> item.path("detail").asString().startsWith("Facebook does not take"))
                .map(item -> item.path("id").asString()).toList();
    }

    @Test
    void a_limit_that_is_met_is_told_to_all_who_work_on_the_account_and_not_met_again() {
        simulator.faults().add(Fault.once(FaultTarget.ANY, new FaultEffect.RateLimited(RateLimit.BUSINESS,
                Duration.ofMinutes(5))));

        var limited = look(job, 200);

        assertThat(limited.path("state").asString()).as(limited.toString()).isEqualTo("failed");
        assertThat(Instant.parse(limited.path("retryAt").asString())).isAfter(Instant.now());
        assertThat(api.paces.pausedFor(account).block()).isPositive();
        requests.set(0);
        var again = look(job, 200);
        assertThat(again.path("reason").asString()).startsWith("The ad account is left alone for now");
        assertThat(again.path("retryAt").isNull()).isFalse();
        assertThat(requests).hasValue(0);
    }

    @Test
    void a_look_ends_where_most_of_the_limit_is_used_up_and_says_what_it_did_not_read() {
        facebook.batch(TOKEN, List.of(GraphOperation.delete(id(EntityType.AD, 3)))).block();
        var graph = facebook;
        api.shown = counting(new GraphFake() {

            @Override
            public Mono<GraphBatchAnswer> batch(AccessToken token, List<GraphOperation> operations) {
                return graph.batch(token, operations)
                        .map(answer -> new GraphBatchAnswer(answer.results(), new GraphUsage(80, Duration.ZERO)));
            }
        });
        requests.set(0);

        var seen = looked(job);

        assertThat(requests).hasValue(1);
        assertThat(seen.path("slots").path(6).path("facebook").path("state").asString()).isEqualTo("not_readable");
        assertThat(seen.path("notRead").path(0).asString()).contains("80 %");
        assertThat(seen.path("differing").asInt()).isZero();
        assertThat(api.paces.pausedFor(account).block()).isZero();
    }

    @Test
    void a_facebook_that_talks_about_something_else_is_not_believed() {
        var graph = facebook;
        api.shown = new GraphFake() {

            @Override
            public Mono<GraphBatchAnswer> batch(AccessToken token, List<GraphOperation> operations) {
                return graph.batch(token, operations).map(answer -> new GraphBatchAnswer(operations.stream()
                        .<GraphResult>map(_ -> new GraphResult.Success(
                                JsonMapper.shared().readTree("{\"id\":\"7\",\"name\":\"x\",\"data\":[]}")))
                        .toList(), answer.usage()));
            }
        };

        assertThat(look(job, 200).path("state").asString()).isEqualTo("failed");
    }

    @Test
    void two_who_ask_at_once_get_one_look_and_who_does_not_wait_finds_it_later() {
        var held = Sinks.<Boolean>one();
        var graph = facebook;
        api.shown = counting(new GraphFake() {

            @Override
            public Mono<GraphBatchAnswer> batch(AccessToken token, List<GraphOperation> operations) {
                return held.asMono().then(graph.batch(token, operations));
            }
        });
        requests.set(0);

        var two = List.of(CompletableFuture.supplyAsync(() -> look(job, 202)),
                CompletableFuture.supplyAsync(() -> look(job, 202)));
        assertThat(two).allSatisfy(answer -> assertThat(answer.join().path("state").asString()).isEqualTo("looking"));

        held.tryEmitValue(true);
        await().atMost(PATIENCE).until(() -> latest(job).path("state").asString().equals("looked"));
        assertThat(requests).hasValue(1);
    }

    @Test
    void no_more_than_some_are_made_at_a_time_and_their_places_come_back() {
        var held = Sinks.<Boolean>one();
        var graph = facebook;
        api.shown = new GraphFake() {

            @Override
            public Mono<GraphBatchAnswer> batch(AccessToken token, List<GraphOperation> operations) {
                return held.asMono().then(graph.batch(token, operations));
            }
        };
        var others = new ArrayList<ScriptedJob>();
        for (int i = 0; i < 4; i++) {
            others.add(made(1).completed());
            store(others.getLast());
        }
        var asked = others.stream().map(other -> CompletableFuture.runAsync(() -> ask(other))).toList();
        await().atMost(PATIENCE).until(() -> others.stream()
                .allMatch(other -> latest(other).path("state").asString().equals("looking")));

        assertThat(look(job, 429).path("detail").asString()).contains("4 looks");

        held.tryEmitValue(true);
        asked.forEach(CompletableFuture::join);
        await().atMost(PATIENCE).until(() -> others.stream()
                .allMatch(other -> latest(other).path("state").asString().equals("looked")));
        assertThat(looked(job).path("differing").asInt()).isZero();
    }

    @Test
    void a_look_whose_maker_died_says_so_and_may_be_asked_for_again() {
        looked(job);
        new JdbcTemplate(api.dataSource).update("update job_looks set state = 'LOOKING',"
                + " leased_until = now() - interval '1 second' where job_id = ?", job.jobId());

        var left = latest(job);
        assertThat(left.path("state").asString()).isEqualTo("failed");
        assertThat(left.path("reason").asString()).contains("in the midst of the look");
        assertThat(left.path("look").isNull()).isFalse();

        assertThat(look(job, 200).path("state").asString()).isEqualTo("looked");
    }

    private ScriptedJob made(int adSets) {
        return begun(adSets, Instant.parse("2026-01-01T00:00:00Z"));
    }

    /** All of it exists on Facebook. */
    private ScriptedJob begun(int adSets, Instant at) {
        var key = account + (ids.isEmpty() ? "" : "-" + UUID.randomUUID());
        var template = ScriptedJob.request("u-1", key, adSets, RollbackPolicy.AUTOMATIC);
        var scripted = ScriptedJob.accepted(onAccount(template), at).preVerified();
        ids.clear();
        for (var planned : scripted.state().plan().slots()) {
            ids.put(planned.id(), switch (planned.id().type()) {
                case CAMPAIGN -> make("campaigns", Map.of("name", planned.name(), "objective", "OUTCOME_SALES",
                        "status", "PAUSED", "special_ad_categories", "[]", "is_adset_budget_sharing_enabled", "false",
                        "adlabels", "[{\"name\":\"" + scripted.state().terms().label() + "\"}]"));
                case AD_SET -> make("adsets", Map.of("name", planned.name(), "campaign_id", id(EntityType.CAMPAIGN, 1),
                        "status", "PAUSED", "daily_budget", "2000", "billing_event", "IMPRESSIONS",
                        "optimization_goal", "REACH", "targeting", "{\"geo_locations\":{\"countries\":[\"US\"]}}"));
                case AD -> ad(id(EntityType.AD_SET, planned.adSetNumber()), planned.name());
            });
        }
        return scripted.put(new JobCommand.RecordCreation(new CreationReport(1, scripted.state().unfilled().stream()
                .map(slot -> new CreatedSlot(slot, ids.get(slot), false)).toList(), List.of(), RoundEnd.DONE, null,
                null, 7)));
    }

    private LaunchRequest onAccount(LaunchRequest any) {
        return new LaunchRequest(any.idempotencyKey(), any.userId(), account, any.credentialId(), any.strategy(),
                any.adSetCount(), any.adCount(), any.pageId(), any.pixelId(), any.campaign(), any.adSet(), any.ad(),
                any.retryBudget(), any.rollbackPolicy(), any.duplicateName(), any.webhook(), any.priority());
    }

    private String ad(String adSetId, String name) {
        return make("ads", Map.of("name", name, "adset_id", adSetId, "status", "PAUSED", "creative",
                "{\"object_story_spec\":{\"page_id\":\"1000000001\",\"link_data\":{\"link\":\"https://example.com\"}}}"));
    }

    private String make(String edge, Map<String, String> fields) {
        return ((GraphResult.Success) post(account + "/" + edge, fields)).id();
    }

    private GraphResult post(String path, Map<String, String> fields) {
        var result = facebook.post(TOKEN, path, fields).block().result();
        assertThat(result).isInstanceOf(GraphResult.Success.class);
        return result;
    }

    private String id(EntityType type, int number) {
        return ids.get(new SlotId(type, number));
    }

    private static void store(ScriptedJob job) {
        api.readModel.store(job);
        api.readModel.apply(job);
    }

    private static List<String> differences(JsonNode seen) {
        return seen.path("slots").valueStream().flatMap(slot -> slot.path("differs").valueStream()
                .map(differs -> slot.path("entityType").asString() + " " + slot.path("slotNumber").asInt() + " "
                        + differs.path("what").asString() + " " + text(differs, "is") + " " + text(differs, "should")))
                .toList();
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).isNull() ? "null" : node.path(field).asString();
    }

    private static JsonNode looked(ScriptedJob job) {
        var answer = look(job, 200);
        assertThat(answer.path("state").asString()).as(answer.toString()).isEqualTo("looked");
        return answer.path("look");
    }

    private static JsonNode look(ScriptedJob job, int status) {
        return read(ask(job).expectStatus().isEqualTo(status).expectBody().returnResult());
    }

    private static ResponseSpec ask(ScriptedJob job) {
        return api.client.post().uri("/v1/jobs/" + job.jobId() + "/looks").exchange();
    }

    private static JsonNode latest(ScriptedJob job) {
        return read(api.client.get().uri("/v1/jobs/" + job.jobId() + "/looks").exchange().expectStatus().isOk()
                .expectBody().returnResult());
    }

    private static JsonNode read(EntityExchangeResult<byte[]> answer) {
        return JsonMapper.shared().readTree(answer.getResponseBody());
    }
}
