package io.campaignlauncher.job.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.access.model.Scope;
import io.campaignlauncher.job.webhook.WebhookRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Webhooks as people register them, on a real database; answers are compared with what the description says of them. */
class WebhookRoutesIT {

    private static final Principal ANN = somebody("acme", "ann", Role.ADVERTISER);
    private static final Principal BOB = somebody("acme", "bob", Role.ADVERTISER, Role.MODERATOR);
    private static final Principal ADA = somebody("acme", "ada", Role.ADMIN);
    private static final Principal NAMESAKE = somebody("other", "ann", Role.ADMIN);
    private static final Principal ROOT = somebody("other", "root", Role.SUPER_ADMIN);
    private static final Principal ANNS_KEY = new Principal("acme", "ann", "ann", Set.of(Role.ADVERTISER),
            new Principal.Key(new UUID(2, 2), Set.of(Scope.JOBS_LAUNCH)));
    private static final String URL = "https://example.com/hook";

    private static HttpApi api;

    private static Principal somebody(String tenant, String subject, Role... roles) {
        return new Principal(tenant, subject, subject, Set.of(roles), new Principal.Session(new UUID(1, 1)));
    }

    @BeforeAll
    static void start() {
        api = new HttpApi("webhook_routes", HttpSettings.defaults());
    }

    @AfterAll
    static void stop() {
        api.live.stop();
    }

    @BeforeEach
    void nothing_is_registered() {
        new JdbcTemplate(api.dataSource).execute("delete from webhooks");
        api.asking = ANN;
    }

    @Test
    void shows_the_secret_once_where_it_is_made() {
        var made = json(register(URL).expectStatus().isCreated());
        var id = made.path("webhookId").stringValue();
        assertThat(made.path("secret").stringValue()).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(made.path("url").stringValue()).isEqualTo(URL);
        assertThat(made.path("tenant").stringValue() + "/" + made.path("owner").stringValue()).isEqualTo("acme/ann");

        var again = json(register(URL).expectStatus().isOk());
        assertThat(again.path("webhookId").stringValue()).isEqualTo(id);
        assertThat(again.has("secret")).isFalse();
        assertThat(list("").toString()).contains(id, URL).doesNotContain("whsec_", "secret");
    }

    @Test
    void says_where_the_new_one_is() {
        var answer = register(URL).expectStatus().isCreated().expectBody(String.class).returnResult();
        var id = JsonMapper.shared().readTree(answer.getResponseBody()).path("webhookId").stringValue();
        assertThat(answer.getResponseHeaders().getFirst("Location")).isEqualTo("/v1/webhooks/" + id);
        assertThat(answer.getResponseHeaders().getCacheControl()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{\"url\":\"\"}", "{\"url\":1}", "{\"url\":\"http://example.com/s3cret\"}",
        "{\"url\":\"https://127.0.0.1/s3cret\"}", "{\"url\":\"https://u:s3cret@example.com/\"}" })
    void refuses_an_address_that_no_launch_could_name(String body) {
        var answer = post("/v1/webhooks", body).expectStatus().isBadRequest().expectBody(String.class).returnResult()
                .getResponseBody();
        assertThat(JsonMapper.shared().readTree(answer).path("errors").get(0).path("field").stringValue())
                .isEqualTo("url");
        assertThat(answer).doesNotContain("s3cret");
        assertThat(list("").path("webhooks").size()).isZero();
    }

    @Test
    void refuses_a_field_that_it_does_not_know() {
        post("/v1/webhooks", "{\"url\":\"" + URL + "\",\"secret\":\"mine\"}").expectStatus().isBadRequest()
                .expectBody().jsonPath("$.errors[0].field").isEqualTo("secret");
    }

    @Test
    void a_new_secret_is_shown_once_with_the_time_until_which_the_one_before_signs() {
        var made = json(register(URL).expectStatus().isCreated());

        var rotated = json(rotate(made.path("webhookId").stringValue()).expectStatus().isOk());

        assertThat(rotated.path("secret").stringValue()).startsWith("whsec_")
                .isNotEqualTo(made.path("secret").stringValue());
        assertThat(rotated.path("formerSecretUntil").stringValue())
                .isEqualTo(HttpApi.NOW.plus(Duration.ofHours(24)).toString());
        assertThat(rotated.path("url").stringValue()).isEqualTo(URL);
    }

    @Test
    void refuses_one_more_than_there_may_be() {
        for (int i = 0; i < WebhookRegistry.WEBHOOKS_MAX; i++) {
            register(URL + i).expectStatus().isCreated();
        }
        register(URL).expectStatus().isEqualTo(409).expectBody().jsonPath("$.title").isEqualTo("Too many webhooks");
        var id = list("").path("webhooks").get(0).path("webhookId").stringValue();
        for (int i = 1; i < WebhookRegistry.SECRETS_MAX; i++) {
            rotate(id).expectStatus().isOk();
        }
        rotate(id).expectStatus().isEqualTo(409).expectBody().jsonPath("$.title").isEqualTo("Too many secrets");
        delete(id).expectStatus().isNoContent();
        register(URL).expectStatus().isCreated();
    }

    @Test
    void a_foreign_webhook_is_like_one_that_there_is_not() {
        var anns = json(register(URL).expectStatus().isCreated()).path("webhookId").stringValue();
        var unknown = UUID.randomUUID().toString();
        for (var foreign : List.of(BOB, NAMESAKE)) {
            api.asking = foreign;
            var expected = notFound(delete(unknown));
            for (var id : List.of(anns, unknown, "x", "1-1-1-1-1", "x".repeat(36))) {
                assertThat(notFound(delete(id))).isEqualTo(expected);
                assertThat(notFound(rotate(id))).isEqualTo(expected);
            }
            assertThat(list("").path("webhooks").size()).isZero();
        }
        for (var insider : List.of(ADA, ROOT, ANNS_KEY)) {
            api.asking = insider;
            assertThat(list("").path("webhooks").size()).as(insider.subject()).isEqualTo(1);
            rotate(anns).expectStatus().isOk();
        }
        api.asking = ADA;
        delete(anns).expectStatus().isNoContent();
        notFound(delete(anns));
    }

    @Test
    void lists_page_by_page() {
        for (int i = 0; i < 5; i++) {
            register(URL + i).expectStatus().isCreated();
        }
        var found = new ArrayList<String>();
        String next = "";
        while (next != null) {
            var page = list("?limit=2" + (next.isEmpty() ? "" : "&after=" + next));
            assertThat(page.path("webhooks").size()).isLessThanOrEqualTo(2);
            page.path("webhooks").forEach(one -> found.add(one.path("url").stringValue()));
            next = page.path("next").isNull() ? null : page.path("next").stringValue();
        }
        assertThat(found).containsExactlyInAnyOrder(URL + 0, URL + 1, URL + 2, URL + 3, URL + 4);
        for (var wrong : List.of("limit=0", "after=x")) {
            api.client.get().uri(URI.create("/v1/webhooks?" + wrong)).exchange().expectStatus().isBadRequest()
                    .expectBody().jsonPath("$.errors[0].field").isEqualTo(wrong.substring(0, wrong.indexOf('=')));
        }
    }

    @Test
    void shows_no_secret_where_the_database_does_not_answer() {
        var jdbc = new JdbcTemplate(api.dataSource);
        jdbc.execute("alter table webhook_secrets rename to hidden");
        try {
            var answer = register(URL).expectStatus().is5xxServerError().expectBody(String.class).returnResult()
                    .getResponseBody();
            assertThat(answer).doesNotContain("whsec_", "hook");
        } finally {
            jdbc.execute("alter table hidden rename to webhook_secrets");
        }
        register(URL).expectStatus().isCreated();
    }

    /** Without what is different each time. */
    private static String notFound(ResponseSpec answer) {
        return String.valueOf(answer.expectStatus().isNotFound().expectBody(String.class).returnResult()
                .getResponseBody()).replaceAll("\"traceId\":\"\\w+\"", "");
    }

    private static JsonNode json(ResponseSpec answer) {
        return JsonMapper.shared().readTree(answer.expectBody(String.class).returnResult().getResponseBody());
    }

    private static JsonNode list(String query) {
        return json(api.client.get().uri(URI.create("/v1/webhooks" + query)).exchange().expectStatus().isOk());
    }

    private static ResponseSpec register(String url) {
        return post("/v1/webhooks", "{\"url\":\"" + url + "\"}");
    }

    private static ResponseSpec post(String path, String body) {
        return api.client.post().uri(URI.create(path)).contentType(MediaType.APPLICATION_JSON).bodyValue(body)
                .exchange();
    }

    private static ResponseSpec rotate(String id) {
        return api.client.method(HttpMethod.POST).uri(URI.create("/v1/webhooks/" + id + "/rotate")).exchange();
    }

    private static ResponseSpec delete(String id) {
        return api.client.delete().uri(URI.create("/v1/webhooks/" + id)).exchange();
    }
}
