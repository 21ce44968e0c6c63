package io.campaignlauncher.job.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.access.model.Scope;
import io.campaignlauncher.graph.GraphAnswer;
import io.campaignlauncher.graph.GraphResult;
import io.campaignlauncher.graph.GraphUsage;
import io.campaignlauncher.messaging.CredentialName;
import io.campaignlauncher.messaging.StoredCredential;
import io.campaignlauncher.testing.GraphFake;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CredentialRoutesIT {

    private static final Principal ANN = somebody("acme", "ann", Role.ADVERTISER);
    private static final Principal BOB = somebody("acme", "bob", Role.ADVERTISER, Role.MODERATOR);
    private static final Principal ADA = somebody("acme", "ada", Role.ADMIN);
    private static final Principal NAMESAKE = somebody("other", "ann", Role.ADVERTISER, Role.ADMIN);
    private static final Principal ROOT = somebody("other", "root", Role.SUPER_ADMIN);
    private static final Principal ANNS_KEY = new Principal("acme", "ann", "ann", Set.of(Role.ADVERTISER),
            new Principal.Key(new UUID(2, 2), Set.of(Scope.CREDENTIALS_WRITE)));

    private static HttpApi api;

    private static Principal somebody(String tenant, String subject, Role... roles) {
        return new Principal(tenant, subject, subject, Set.of(roles), new Principal.Session(new UUID(1, 1)));
    }

    @BeforeAll
    static void start() {
        api = new HttpApi("credential_routes", HttpSettings.defaults());
    }

    @AfterAll
    static void stop() {
        api.live.stop();
    }

    @BeforeEach
    void nothing_is_stored() {
        api.asking = Principal.LOCAL_OPERATOR;
        api.credentials.publication = Mono.empty();
        api.ready = Mono.empty();
        api.facebook = HttpApi.NO_ANSWER;
        api.credentials.list(_ -> true, null, Integer.MAX_VALUE)
                .forEach(one -> api.credentials.remove(one.name()).block());
    }

    @Test
    void stores_a_credential_and_never_shows_it_again() {
        put("cred-1", "{\"accessToken\":\"EAABsecret\"}").expectStatus().isNoContent().expectBody().isEmpty();
        assertThat(api.credentials.accessToken(CredentialName.local("cred-1"))).hasValue("EAABsecret");
        for (var body : new String[]{ "{\"accessToken\":\"EAAB secret\"}", "{\"accessToken\":\"EAABsecret\",\"x\":1}",
            "{}",
            "{\"accessToken\":EAABsecret}", "{\"accessToken\":[\"EAABsecret\"]}", "{\"accessToken\":\"\"}",
            "{\"accessToken\":\"" + "EAAB".repeat(1025) + "\"}" }) {
            var answer = put("cred-2", body).expectStatus().isBadRequest().expectBody(String.class).returnResult();
            assertThat(answer.getResponseBody()).doesNotContain("EAAB");
        }
        for (var id : new String[]{ "a b", "a%2Fb", "%00", "x".repeat(101) }) {
            put(id, "{\"accessToken\":\"EAABsecret\"}").expectStatus().isBadRequest();
        }
        api.credentials.publication = Mono.error(new IllegalStateException("cannot store EAABsecret"));
        var answer = put("cred-2", "{\"accessToken\":\"EAABsecret\"}").expectStatus().isEqualTo(503)
                .expectBody(String.class)
                .returnResult();
        assertThat(answer.getResponseBody()).doesNotContain("EAAB");
        assertThat(api.credentials.find(CredentialName.local("cred-2"))).isEmpty();
    }

    @Test
    void tells_what_is_stored_and_never_the_token() {
        api.asking = ANN;
        put("mine", "{\"accessToken\":\"EAABsecret\",\"adAccountIds\":[\"act_2\",\"act_1\"]}").expectStatus()
                .isNoContent();

        var answer = get("/v1/credentials").expectStatus().isOk().expectBody(String.class).returnResult()
                .getResponseBody();
        assertThat(JsonMapper.shared().readTree(answer)).isEqualTo(JsonMapper.shared().readTree("""
                {"credentials":[{"credentialId":"mine","tenant":"acme","owner":"ann","storedAt":"2026-01-01T12:00:00Z",
                  "storedBy":"ann","lastUsedAt":null,"adAccountIds":["act_1","act_2"],"readable":true,
                  "check":{"result":"not_checked"}}],"next":null}"""));
    }

    @Test
    void tells_when_it_was_used_last_until_it_is_removed() {
        stored(ANN, "mine");
        api.readModel.jdbc.update("insert into credential_uses values ('acme', 'mine', '2026-01-01T11:00:00Z'),"
                + " ('local', 'mine', '2025-01-01T11:00:00Z')");
        assertThat(page("/v1/credentials").path("credentials").path(0).path("lastUsedAt").stringValue())
                .isEqualTo("2026-01-01T11:00:00Z");

        removed(ANN, "mine", 204);
        stored(ANN, "mine");
        assertThat(page("/v1/credentials").path("credentials").path(0).path("lastUsedAt").isNull()).isTrue();
    }

    @Test
    void each_sees_and_removes_their_own_and_admins_those_of_their_tenant() {
        stored(ANN, "anns");
        stored(BOB, "bobs");
        stored(NAMESAKE, "anns");
        api.credentials.store(new CredentialName("acme", "old"), "t").block();

        assertThat(seenBy(ANN)).containsExactly("acme/anns");
        assertThat(seenBy(ANNS_KEY)).containsExactly("acme/anns");
        assertThat(seenBy(BOB)).as("a moderator, too").containsExactly("acme/bobs");
        assertThat(seenBy(ADA)).containsExactly("acme/anns", "acme/bobs", "acme/old");
        assertThat(seenBy(NAMESAKE)).containsExactly("other/anns");
        assertThat(seenBy(ROOT)).containsExactly("acme/anns", "acme/bobs", "acme/old", "other/anns");

        var unknown = removed(BOB, "unknown", 404);
        assertThat(removed(BOB, "anns", 404)).isEqualTo(unknown);
        assertThat(removed(BOB, "old", 404)).isEqualTo(unknown);
        assertThat(removed(NAMESAKE, "bobs", 404)).isEqualTo(unknown);
        assertThat(removed(NAMESAKE, "bobs?tenant=acme", 404)).isEqualTo(unknown);
        removed(ANNS_KEY, "anns", 204);
        removed(ADA, "bobs", 204);
        removed(ROOT, "old?tenant=acme", 204);
        assertThat(seenBy(ROOT)).containsExactly("other/anns");
        assertThat(removed(ANN, "anns", 404)).isEqualTo(unknown);
    }

    @Test
    void nobody_replaces_somebody_elses_but_an_admin_whose_it_does_not_become() {
        stored(ANN, "default");
        api.asking = BOB;
        put("default", "{\"accessToken\":\"bobs-token\"}").expectStatus().isEqualTo(409).expectBody()
                .jsonPath("$.title").isEqualTo("The id is taken");
        assertThat(api.credentials.accessToken(new CredentialName("acme", "default"))).hasValue("token-of-ann");

        stored(ADA, "default");
        assertThat(found("default")).hasValueSatisfying(one -> {
            assertThat(one.owner()).isEqualTo("ann");
            assertThat(one.storedBy()).isEqualTo("ada");
        });
        stored(ANN, "default");
        assertThat(api.credentials.accessToken(new CredentialName("acme", "default"))).hasValue("token-of-ann");
    }

    @Test
    void what_belongs_to_nobody_belongs_to_who_replaces_it() {
        api.credentials.store(new CredentialName("acme", "old"), "t").block();
        stored(BOB, "old");
        assertThat(found("old").map(StoredCredential::owner)).hasValue("bob");
    }

    @Test
    void lists_page_by_page() {
        for (int i = 0; i < 5; i++) {
            stored(ANN, "c" + i);
        }
        api.asking = ANN;
        var found = new ArrayList<String>();
        String next = "";
        while (next != null) {
            var page = page("/v1/credentials?limit=2" + (next.isEmpty() ? "" : "&after=" + next));
            assertThat(page.path("credentials").size()).isLessThanOrEqualTo(2);
            page.path("credentials").forEach(one -> found.add(one.path("credentialId").stringValue()));
            next = page.path("next").isNull() ? null : page.path("next").stringValue();
        }
        assertThat(found).containsExactly("c0", "c1", "c2", "c3", "c4");
        for (var wrong : List.of("limit=0", "limit=501", "after=c1")) {
            get("/v1/credentials?" + wrong).expectStatus().isBadRequest().expectBody().jsonPath("$.errors[0].field")
                    .isEqualTo(wrong.substring(0, wrong.indexOf('=')));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
        "{'is_valid':false,'app_id':'77','error':{'message':'Session of EAABsecret has expired'}} | is not valid, says Facebook: Session of ••• has expired",
        "{'is_valid':true,'app_id':'77','expires_at':1767268800,'scopes':['ads_management']} | expired at 2026-01-01T12:00:00Z",
        "{'is_valid':true,'app_id':'78','scopes':['ads_management']} | is of another app than this one",
        "{'is_valid':true,'app_id':'77','scopes':['ads_read']} | lacks the permission ads_management" })
    void does_not_store_a_token_with_which_nothing_can_be_created(String said, String reason) {
        says("{'data':" + said + "}");
        var answer = put("useless", "{\"accessToken\":\"EAABsecret\"}").expectStatus().isEqualTo(422)
                .expectBody(String.class).returnResult().getResponseBody();
        assertThat(JsonMapper.shared().readTree(answer).path("errors")).isEqualTo(JsonMapper.shared().createArrayNode()
                .add(JsonMapper.shared().createObjectNode().put("field", "accessToken").put("message", reason)));
        assertThat(answer).doesNotContain("EAAB");
        assertThat(api.credentials.find(CredentialName.local("useless"))).isEmpty();
    }

    @Test
    void tells_every_reason_at_once() {
        says("{'data':{'is_valid':false,'app_id':'78','expires_at':1,'scopes':['ads_read']}}");
        put("useless", "{\"accessToken\":\"t\"}").expectStatus().isEqualTo(422).expectBody()
                .jsonPath("$.errors.length()").isEqualTo(3);
    }

    @Test
    void tells_what_facebook_said_of_a_good_token() {
        says("{'data':{'is_valid':true,'app_id':'77','expires_at':1772323200,'scopes':['ads_management']}}");
        put("good", "{\"accessToken\":\"t\"}").expectStatus().isNoContent();
        says("{'data':{'is_valid':true,'app_id':'77','expires_at':0}}");
        put("for-ever", "{\"accessToken\":\"t\"}").expectStatus().isNoContent();

        var found = page("/v1/credentials").path("credentials");
        assertThat(found.path(1).path("check")).isEqualTo(JsonMapper.shared().readTree(
                "{\"result\":\"passed\",\"at\":\"2026-01-01T12:00:00Z\",\"tokenExpiresAt\":\"2026-03-01T00:00:00Z\"}"));
        assertThat(found.path(0).path("check").path("tokenExpiresAt").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "{'data':{}}", "{}", "{'data':{'is_valid':'yes'}}" })
    void stores_unchecked_what_facebook_says_nothing_about(String said) {
        says(said);
        put("unchecked", "{\"accessToken\":\"t\"}").expectStatus().isNoContent();
        assertThat(page("/v1/credentials").path("credentials").path(0).path("check").path("result").stringValue())
                .isEqualTo("not_checked");
    }

    /** Facebook with its hands full, the app token refused: as if it were away. */
    @Test
    void stores_unchecked_while_facebook_does_not_answer() {
        api.facebook = HttpApi.NO_ANSWER;
        put("unchecked", "{\"accessToken\":\"t\"}").expectStatus().isNoContent();
        assertThat(api.credentials.find(CredentialName.local("unchecked")).orElseThrow().checkedAt()).isNull();
    }

    @Test
    void asks_nobody_where_no_app_token_is_set_and_shows_none() {
        var unset = new CredentialCheck(new GraphFake() {}, new CredentialCheckSettings(""), Clock.systemUTC());
        assertThat(unset.of("t").block()).isEqualTo(new CredentialCheck.NotChecked());
        assertThat(new CredentialCheckSettings(HttpApi.APP_TOKEN).toString()).doesNotContain("secret");
        for (var wrong : List.of("the-app-secret", "77|", "x|the-app-secret", "77|the app secret")) {
            assertThatThrownBy(() -> new CredentialCheckSettings(wrong))
                    .hasMessageContaining("launch.credentials.app-token").hasMessageNotContaining("the-app");
        }
    }

    private static void says(String body) {
        api.facebook = Mono.just(new GraphAnswer(new GraphResult.Success(JsonMapper.shared()
                .readTree(body.replace('\'', '"'))), GraphUsage.NONE));
    }

    @Test
    void refuses_ad_accounts_that_are_none_and_names_the_field() {
        for (var wrong : List.of("[]", "[\"1001\"]", "[\"act_1\",\"act_x\"]", "\"act_1\"", "[1]",
                "[\"act_1\"" + ",\"act_1\"".repeat(500) + "]")) {
            put("default", "{\"accessToken\":\"t\",\"adAccountIds\":" + wrong + "}").expectStatus().isBadRequest()
                    .expectBody().jsonPath("$.errors[0].field").isEqualTo("adAccountIds");
        }
        put("default", "{\"accessToken\":\"t\",\"adAccountIds\":null}").expectStatus().isNoContent();
    }

    /** Before the topic was read nobody knows whose they are. */
    @Test
    void changes_and_tells_nothing_before_it_knows_what_is_stored() {
        var settings = new HttpSettings(1 << 20, 1 << 19, Duration.ofMillis(50), 8, 1000, 50, 500);
        var starting = new HttpApi("credential_routes_starting", settings);
        starting.ready = Mono.never();
        starting.client.get().uri("/v1/credentials").exchange().expectStatus().isEqualTo(503);
        starting.client.delete().uri("/v1/credentials/default").exchange().expectStatus().isEqualTo(503);
        starting.client.put().uri("/v1/credentials/default").contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"accessToken\":\"other\"}").exchange().expectStatus().isEqualTo(503);
        assertThat(starting.credentials.accessToken(CredentialName.local("default"))).hasValue("token");
        starting.live.stop();
    }

    @Test
    void says_so_where_kafka_does_not_take_a_removal() {
        stored(ANN, "anns");
        api.credentials.publication = Mono.error(new IllegalStateException("EAABsecret"));
        assertThat(removed(ANN, "anns", 503)).doesNotContain("EAAB");
        assertThat(seenBy(ANN)).hasSize(1);
    }

    private static void stored(Principal who, String id) {
        api.asking = who;
        put(id, "{\"accessToken\":\"token-of-" + who.subject() + "\"}").expectStatus().isNoContent();
    }

    private static Optional<StoredCredential> found(String id) {
        return api.credentials.find(new CredentialName("acme", id));
    }

    private static List<String> seenBy(Principal who) {
        api.asking = who;
        return page("/v1/credentials").path("credentials").valueStream()
                .map(one -> one.path("tenant").stringValue() + "/" + one.path("credentialId").stringValue()).toList();
    }

    /** Without what is different each time. */
    private static String removed(Principal who, String id, int status) {
        api.asking = who;
        var body = api.client.delete().uri(URI.create("/v1/credentials/" + id)).exchange().expectStatus()
                .isEqualTo(status).expectBody(String.class).returnResult().getResponseBody();
        return body == null ? "" : body.replaceAll("\"traceId\":\"\\w+\"", "");
    }

    private static JsonNode page(String path) {
        return JsonMapper.shared().readTree(get(path).expectStatus().isOk().expectBody(String.class).returnResult()
                .getResponseBody());
    }

    private static ResponseSpec get(String path) {
        return api.client.get().uri(URI.create(path)).exchange();
    }

    private static ResponseSpec put(String id, String body) {
        return api.client.put().uri(URI.create("/v1/credentials/" + id.replace(" ", "%20")))
                .contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange();
    }
}
