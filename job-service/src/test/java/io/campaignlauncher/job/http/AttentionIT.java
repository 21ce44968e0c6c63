package io.campaignlauncher.job.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.job.model.Check;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.Ownership;
import io.campaignlauncher.job.model.RollbackPolicy;
import io.campaignlauncher.job.model.VerificationOutcome;
import io.campaignlauncher.messaging.CredentialName;
import io.campaignlauncher.messaging.KillSwitch;
import io.campaignlauncher.messaging.NewCredential;
import io.campaignlauncher.readmodel.ScriptedJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What waits for a person, on jobs whose right answers are known. */
class AttentionIT {

    private static final Principal ANN = session("acme", "ann", Role.ADVERTISER);
    private static final Principal ADA = session("acme", "ada", Role.ADMIN);
    private static final Instant NOW = HttpApi.NOW;
    private static HttpApi api;
    private static ScriptedJob asks;
    private static ScriptedJob quiet;
    private static ScriptedJob left;
    private static ScriptedJob planned;

    private static Principal session(String tenant, String subject, Role role) {
        return new Principal(tenant, subject, subject, Set.of(role), new Principal.Session(new UUID(1, 1)));
    }

    @BeforeAll
    static void start() {
        api = new HttpApi("attention", HttpSettings.defaults());
        asks = job("asks", NOW.minusSeconds(90)).preVerified().suspendedHalfWay();
        quiet = job("quiet", NOW.minus(HttpApi.STUCK_AFTER).minusSeconds(60)).preVerified();
        left = job("left", NOW.minusSeconds(90)).preVerified().suspendedHalfWay()
                .put(new JobCommand.DecideRollback(false, "ann", "keep"));
        planned = ScriptedJob.accepted(ScriptedJob.request("u", "planned", 2, RollbackPolicy.CONFIRM)
                .ownedBy(new Ownership("acme", "ann")).startingAt("2026-01-05T12:00:00Z"), NOW.minusSeconds(60))
                .preVerification(VerificationOutcome.PASSED, null,
                        new Check("campaign_name_free", Check.Outcome.WARNED, "another campaign has this name"));
        var others = job("bobs", NOW.minusSeconds(90), "bob").preVerified().suspendedHalfWay();
        var well = List.of(job("goes-on", NOW.minusSeconds(90)).preVerified(),
                job("done", NOW.minusSeconds(90)).completed(),
                ScriptedJob.accepted(ScriptedJob.request("u", "later", 2, RollbackPolicy.CONFIRM)
                        .ownedBy(new Ownership("acme", "ann")).startingAt("2026-01-05T12:00:00Z"),
                        NOW.minus(Duration.ofHours(2))).preVerified());
        var all = new ArrayList<>(List.of(asks, quiet, left, planned, others));
        all.addAll(well);
        api.readModel.store(all);
        api.readModel.apply(all.toArray(ScriptedJob[]::new));
        api.credentials.store(credential("ends", "ann", NOW.plus(Duration.ofDays(6)))).block();
        api.credentials.store(credential("over", "ann", NOW.minus(Duration.ofDays(1)))).block();
        api.credentials.store(credential("good", "ann", NOW.plus(Duration.ofDays(8)))).block();
        api.credentials.store(credential("of-bob", "bob", NOW.minus(Duration.ofDays(1)))).block();
        var webhooks = List.of("https://fails.example/secret", "https://works.example/x").stream()
                .map(address -> api.webhooks.registered(ANN, address).webhook().id()).toList();
        sql("update webhooks set last_failed_at = now(), last_delivered_at = now() - interval '1 hour',"
                + " last_error = 'status 500' where webhook_id = ?", webhooks.getFirst());
        sql("update webhooks set last_failed_at = now() - interval '1 hour', last_delivered_at = now()"
                + " where webhook_id = ?", webhooks.getLast());
    }

    private static ScriptedJob job(String key, Instant at) {
        return job(key, at, "ann");
    }

    private static ScriptedJob job(String key, Instant at, String owner) {
        return ScriptedJob.accepted(ScriptedJob.request("u", key, 2, RollbackPolicy.CONFIRM)
                .ownedBy(new Ownership("acme", owner)), at);
    }

    private static NewCredential credential(String id, String owner, Instant endsAt) {
        return new NewCredential(new CredentialName("acme", id), "t", owner, owner, Set.of(), NOW, endsAt);
    }

    private static void sql(String statement, Object... values) {
        JdbcClient.create(api.dataSource).sql(statement).params(values).update();
    }

    @AfterAll
    static void stop() {
        api.live.stop();
    }

    @AfterEach
    void as_before() {
        api.asking = Principal.LOCAL_OPERATOR;
        sql("update campaign_creation_jobs set rollback_declined_at = now() where job_uuid = ?", left.jobId());
    }

    @Test
    void an_advertiser_is_told_what_waits_among_their_own() {
        api.asking = ANN;

        assertThat(matters()).extracting(AttentionIT::kindAndIds).containsExactly(
                "rollback_decision [" + asks.jobId() + "]", "stuck [" + quiet.jobId() + "]",
                "credential [over, ends]", "planned [" + planned.jobId() + "]", "webhook [" + failing() + "]");
        assertThat(item("planned").path("detail").asString()).contains("another campaign has this name");
        assertThat(item("planned").path("since").asString()).isEqualTo("2026-01-05T12:00:00Z");
        assertThat(item("webhook").toString()).contains("fails.example", "status 500").doesNotContain("/secret");
        assertThat(answer(api).path("total").asInt()).isEqualTo(6);
    }

    @Test
    void admins_are_told_of_their_tenant_and_others_of_nothing() {
        api.asking = ADA;
        assertThat(matters()).extracting(AttentionIT::count).contains("rollback_decision 2", "credential 3");
        api.asking = session("other", "ann", Role.ADMIN);
        assertThat(matters()).isEmpty();
        api.asking = session("acme", "max", Role.MODERATOR);
        assertThat(matters()).extracting(AttentionIT::count)
                .contains("rollback_decision 2").noneMatch(kind -> kind.startsWith("webhook"));
    }

    @Test
    void what_is_left_on_facebook_waits_unless_somebody_decided_to_keep_it() {
        api.asking = ANN;
        assertThat(matters()).extracting(AttentionIT::count).noneMatch(kind -> kind.startsWith("left_on_facebook"));

        sql("update campaign_creation_jobs set rollback_declined_at = null where job_uuid = ?", left.jobId());

        assertThat(matters()).extracting(AttentionIT::kindAndIds)
                .contains("left_on_facebook [" + left.jobId() + "]");
    }

    @Test
    void a_switch_that_is_off_comes_first_and_what_it_holds_up_is_not_called_stuck() {
        var off = new HttpApi("attention_off", HttpSettings.defaults());
        var jobs = List.of(quiet, asks, job("creates", NOW.minusSeconds(90)).preVerified());
        off.readModel.store(jobs);
        off.readModel.apply(jobs.toArray(ScriptedJob[]::new));
        off.asking = ADA;
        assertThat(matters(off)).extracting(AttentionIT::count).contains("stuck 1");

        off.switches.turn(KillSwitch.CREATION, false, "wrong prices", "boss").block();

        assertThat(matters(off)).extracting(AttentionIT::count).containsExactly("switch_off 1", "rollback_decision 1");
        var creation = matters(off).getFirst().path("items").path(0);
        assertThat(creation.path("id").asString()).isEqualTo("creation");
        assertThat(creation.path("name").asString()).isEqualTo("boss");
        assertThat(creation.path("detail").asString()).isEqualTo("wrong prices");
        assertThat(creation.path("count").asInt()).isEqualTo(2);
        off.asking = ANN;
        assertThat(matters(off)).extracting(AttentionIT::count).noneMatch(kind -> kind.startsWith("switch_off"));
        off.live.stop();
    }

    private static UUID failing() {
        return JdbcClient.create(api.dataSource)
                .sql("select webhook_id from webhooks where last_failed_at > last_delivered_at").query(UUID.class)
                .single();
    }

    private static JsonNode item(String kind) {
        return matters().stream().filter(matter -> matter.path("kind").asString().equals(kind)).findFirst()
                .orElseThrow()
                .path("items").path(0);
    }

    private static String kindAndIds(JsonNode matter) {
        return matter.path("kind").asString() + " "
                + matter.path("items").valueStream().map(item -> item.path("id").asString()).toList();
    }

    private static String count(JsonNode matter) {
        return matter.path("kind").asString() + " " + matter.path("count").asInt();
    }

    private static List<JsonNode> matters() {
        return matters(api);
    }

    private static List<JsonNode> matters(HttpApi asked) {
        return answer(asked).path("matters").valueStream().toList();
    }

    private static JsonNode answer(HttpApi asked) {
        return JsonMapper.shared().readTree(asked.client.get().uri("/v1/attention").exchange().expectStatus().isOk()
                .expectBody(byte[].class).returnResult().getResponseBodyContent());
    }
}
