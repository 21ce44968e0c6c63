package io.campaignlauncher.job.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.job.letters.TestLetters;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.testing.TestBroker;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Dead letters over HTTP, on a real broker and in a real database. */
class DeadLetterRoutesIT {

    private static final String COMMANDS = Topic.CAMPAIGN_COMMANDS.topicName();
    private static final String SECRET = "EAAverySecretToken123";
    private static HttpApi api;
    private TestLetters letters;
    private WebTestClient client;

    @BeforeAll
    static void database() {
        api = new HttpApi("dead_letter_routes", HttpSettings.defaults());
    }

    @BeforeEach
    void start() {
        TestBroker.shared().emptied();
        letters = TestLetters.on(api.dataSource);
        client = WebTestClient.bindToRouterFunction(api.operatorRoutes(letters, HttpSettings.defaults()))
                .webFilter(api.asking()).configureClient().filter(HttpApi.checkingAnswers()).build();
    }

    @AfterEach
    void stop() {
        letters.close();
        api.asking = Principal.LOCAL_OPERATOR;
    }

    @Test
    void letters_are_listed_by_reason_and_one_by_one_with_what_to_do_about_them() {
        parked("acme", "credentialId is not stored");
        parked("acme", "credentialId is not stored");
        var record = parked("other", "the idempotency key was used for another request");

        var answer = get("/v1/dead-letters");

        assertThat(answer.path("groups")).hasSize(2);
        var group = answer.path("groups").path(0);
        assertThat(group.path("topic").asString()).isEqualTo(COMMANDS);
        assertThat(group.path("count").asInt()).isEqualTo(2);
        assertThat(group.path("advice").asString()).startsWith("Store the access token");
        assertThat(answer.path("letters")).hasSize(3);
        assertThat(get("/v1/dead-letters?jobId=" + record.key()).path("letters")).singleElement()
                .satisfies(letter -> assertThat(letter.path("about").asString()).isEqualTo(record.key()));
        var page = get("/v1/dead-letters?limit=2");
        assertThat(get("/v1/dead-letters?limit=2&after=" + page.path("next").asString()).path("letters")).hasSize(1);
    }

    @Test
    void admins_have_those_of_their_tenant_and_of_no_tenant_only_super_admins() {
        parked("acme", "a reason");
        parked("other", "a reason");
        letters.park(new ConsumerRecord<>(COMMANDS, 0, 0, UUID.randomUUID().toString(), new byte[]{ 1 }), "no tenant");
        letters.upToDate();

        assertThat(get("/v1/dead-letters").path("letters")).hasSize(3);
        api.asking = admin("acme");
        assertThat(get("/v1/dead-letters").path("letters")).singleElement()
                .satisfies(letter -> assertThat(letter.path("tenant").asString()).isEqualTo("acme"));
        assertThat(get("/v1/dead-letters").path("groups")).singleElement()
                .satisfies(group -> assertThat(group.path("count").asInt()).isEqualTo(1));
        client.get().uri("/v1/dead-letters/" + COMMANDS + "/0/1").exchange().expectStatus().isNotFound();
        post("{\"letter\":{\"topic\":\"" + COMMANDS + "\",\"partition\":0,\"offset\":1},\"reason\":\"r\"}")
                .expectStatus().isNotFound();
        assertThat(redriven("{\"filter\":{\"topic\":\"" + COMMANDS + "\"},\"reason\":\"r\"}").path("letters"))
                .singleElement().satisfies(one -> assertThat(one.path("offset").asInt()).isZero());
        assertThat(TestBroker.shared().all(COMMANDS)).hasSize(1);
    }

    @Test
    void no_answer_holds_a_text_of_a_value() {
        letters.park(letters.request("local", SECRET), "userId is wrong, access_token=" + SECRET);
        letters.upToDate();
        var place = "/v1/dead-letters/" + COMMANDS + "/0/0";

        assertThat(get(place).has("value")).isFalse();
        assertThat(get(place).path("headers").path("ce_type").asString()).isEqualTo("CreateCampaign");
        assertThat(get(place + "?view=masked").path("value").path("userId").asString())
                .isEqualTo("*** (21 characters)");
        for (var address : List.of("/v1/dead-letters", place, place + "?view=masked")) {
            assertThat(get(address).toString()).doesNotContain(SECRET);
        }
        client.get().uri(place + "?view=raw").exchange().expectStatus().isBadRequest();
    }

    @Test
    void a_redrive_answers_for_each_letter_and_stands_in_the_audit_with_its_reason() {
        parked("local", "credentialId is not stored");
        parked("local", "credentialId is not stored");
        var filter = "{\"filter\":{\"reasonKind\":\"credentialId is not stored\"},\"count\":%d,\"again\":%s,"
                + "\"reason\":\"it is stored, EAAverySecretToken123EAAverySecretToken123\"}";

        post(filter.formatted(3, false)).expectStatus().isEqualTo(409);
        assertThat(TestBroker.shared().all(COMMANDS)).isEmpty();
        assertThat(redriven(filter.formatted(2, false)).path("letters").valueStream()
                .map(one -> one.path("result").asString())).containsExactly("redriven", "redriven");
        assertThat(redriven(filter.formatted(0, false)).path("letters")).isEmpty();
        assertThat(redriven("{\"letter\":{\"topic\":\"" + COMMANDS
                + "\",\"partition\":0,\"offset\":0},\"reason\":\"r\"}").path("letters").path(0).path("result")
                .asString())
                .isEqualTo("already");
        assertThat(get("/v1/dead-letters").path("letters")).isEmpty();
        assertThat(get("/v1/dead-letters?redriven=true").path("letters")).hasSize(2)
                .allSatisfy(letter -> assertThat(letter.path("redrivenAt").isNull()).isFalse());

        assertThat(JdbcClient.create(api.dataSource)
                .sql("select subject || ': ' || outcome from audit where action = 'dead-letters.redrive'")
                .query(String.class).list()).contains("reason credentialId is not stored: ok: it is stored, ***",
                        COMMANDS + "/0/0: ok: r");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "{\"reason\":\"r\"}|filter", "{\"filter\":{},\"reason\":\"r\"}|filter",
        "{\"filter\":{\"topic\":\"campaign.commands\"}}|reason",
        "{\"filter\":{\"topic\":\"x\"},\"reason\":\"r\"}|filter.topic",
        "{\"filter\":{\"jobId\":\"x\"},\"reason\":\"r\"}|filter.jobId",
        "{\"letter\":{\"topic\":\"campaign.commands\"},\"reason\":\"r\"}|letter",
        "{\"letter\":{},\"filter\":{\"topic\":\"campaign.commands\"},\"reason\":\"r\"}|letter" })
    void a_redrive_of_all_at_once_or_of_nothing_is_refused(String body, String field) {
        parked("local", "a reason");

        post(body).expectStatus().isBadRequest().expectBody().jsonPath("$.errors[0].field").isEqualTo(field);

        assertThat(TestBroker.shared().all(COMMANDS)).isEmpty();
    }

    @Test
    void what_is_in_the_table_is_told_while_kafka_is_away_and_nothing_is_redriven() {
        parked("local", "a reason");
        var away = WebTestClient.bindToRouterFunction(
                api.operatorRoutes(TestLetters.without(api.dataSource), HttpSettings.defaults()))
                .webFilter(api.asking()).configureClient().filter(HttpApi.checkingAnswers())
                .responseTimeout(Duration.ofSeconds(60)).build();

        away.get().uri("/v1/dead-letters").exchange().expectStatus().isOk().expectBody().jsonPath("$.letters[0]")
                .exists();
        away.get().uri("/v1/dead-letters/" + COMMANDS + "/0/0").exchange().expectStatus().isEqualTo(503);
        away.post().uri("/v1/dead-letters/redrive").contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"filter\":{\"topic\":\"" + COMMANDS + "\"},\"reason\":\"r\"}").exchange().expectStatus()
                .isEqualTo(503);
        assertThat(get("/v1/dead-letters").path("letters")).hasSize(1);
    }

    @Test
    void what_waits_there_waits_for_admins() {
        parked("acme", "a reason");

        api.asking = admin("acme");
        assertThat(get("/v1/attention").path("matters").valueStream().map(one -> one.path("kind").asString()))
                .containsExactly("dead_letters");
        for (var other : List.of(admin("other"), session("acme", Role.ADVERTISER), session("acme", Role.MODERATOR))) {
            api.asking = other;
            assertThat(get("/v1/attention").path("total").asInt()).as(other.toString()).isZero();
        }
    }

    private static Principal admin(String tenant) {
        return session(tenant, Role.ADMIN);
    }

    private static Principal session(String tenant, Role role) {
        return new Principal(tenant, "ada", "ada", Set.of(role), new Principal.Session(new UUID(1, 1)));
    }

    private ConsumerRecord<String, byte[]> parked(String tenant, String reason) {
        var record = letters.request(tenant, "u");
        letters.park(record, reason);
        letters.upToDate();
        return record;
    }

    private JsonNode get(String address) {
        return read(client.get().uri(address).exchange());
    }

    private JsonNode redriven(String body) {
        return read(post(body));
    }

    private WebTestClient.ResponseSpec post(String body) {
        return client.post().uri("/v1/dead-letters/redrive").contentType(MediaType.APPLICATION_JSON).bodyValue(body)
                .exchange();
    }

    private static JsonNode read(WebTestClient.ResponseSpec response) {
        return JsonMapper.shared().readTree(
                response.expectStatus().isOk().expectBody(byte[].class).returnResult().getResponseBodyContent());
    }
}
