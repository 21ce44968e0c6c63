package io.campaignlauncher.job.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.job.webhook.TestWebhooks;
import io.campaignlauncher.messaging.CredentialName;
import io.campaignlauncher.messaging.KillSwitch;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Launches where everybody shows who they are: they name webhooks that their owner has registered, or none. */
class LaunchesWithWebhooksIT {

    private static final Principal ANN = somebody("acme", "ann");
    private static final Principal BOB = somebody("acme", "bob");
    private static final Principal NAMESAKE = somebody("other", "ann");
    private static final String URL = "https://example.com/hook";
    private static final String BODY = """
            {"userId":"ann","adAccountId":"act_1001","credentialId":"default","strategy":"ONE_FIFTY_ONE","adSetCount":3,
             "pageId":"1000000001","pixelId":"2000000001",
             "campaign":{"name":"Summer sale","objective":"OUTCOME_SALES"},
             "adSet":{"dailyBudget":2000,"billingEvent":"IMPRESSIONS","optimizationGoal":"OFFSITE_CONVERSIONS",
                      "targeting":{"geo_locations":{"countries":["US"]}}},
             "ad":{"creative":{"object_story_spec":{"page_id":"1000000001",
                      "link_data":{"link":"https://example.com","message":"Hello"}}}},
             "notify":{"webhook":"https://example.com/hook"}}""";

    private static HttpApi api;

    private static Principal somebody(String tenant, String subject) {
        return new Principal(tenant, subject, subject, Set.of(Role.ADVERTISER),
                new Principal.Session(new UUID(1, 1)));
    }

    @BeforeAll
    static void start() {
        api = HttpApi.ofRegisteredWebhooks("launches_with_registered_webhooks");
        api.credentials.store(new CredentialName("acme", "default"), "token").block();
    }

    @AfterAll
    static void stop() {
        api.live.stop();
    }

    @BeforeEach
    void nothing_is_registered() {
        new JdbcTemplate(api.dataSource).execute("delete from webhooks");
        api.forget();
        api.asking = ANN;
        intake(true);
    }

    @Test
    void refuses_a_launch_that_names_a_webhook_which_its_owner_has_not_registered() {
        api.webhooks.registered(BOB, URL);
        api.webhooks.registered(NAMESAKE, URL);
        api.webhooks.registered(ANN, URL + "/other");

        refused(launch("key-1"));
        intake(false);
        refused(launch("key-1"));

        assertThat(api.taken).isEmpty();
        assertThat(api.published).isEmpty();
        api.webhooks.registered(ANN, URL);
        intake(true);
        launch("key-1").expectStatus().isAccepted();
        assertThat(api.taken).hasSize(1);
    }

    @Test
    void takes_a_launch_that_names_none() {
        launch("key-2", BODY.replace("https://example.com/hook", "").replace("{\"webhook\":\"\"}", "{}"))
                .expectStatus().isAccepted();
    }

    @Test
    void a_launch_that_was_taken_stays_taken_whatever_became_of_its_webhook() {
        var id = api.webhooks.registered(ANN, URL).webhook().id();
        launch("key-3").expectStatus().isAccepted();
        intake(false);
        launch("key-4").expectStatus().isAccepted();
        api.webhooks.registry().delete(Visibility.asAdmin(ANN), id, TestWebhooks.caller(ANN));

        launch("key-4").expectStatus().isAccepted();
        intake(true);
        launch("key-3").expectStatus().isAccepted();
        refused(launch("key-5"));
        assertThat(api.published).hasSize(1);
        assertThat(api.taken).hasSize(1);
    }

    private static void refused(ResponseSpec answer) {
        answer.expectStatus().isBadRequest().expectBody().jsonPath("$.errors.length()").isEqualTo(1)
                .jsonPath("$.errors[0].field").isEqualTo("notify.webhook")
                .jsonPath("$.errors[0].message").value(String.class,
                        message -> assertThat(message).startsWith("is not registered by the owner of the job"));
    }

    private static void intake(boolean on) {
        api.switches.turn(KillSwitch.INTAKE, on, null).block();
    }

    private static ResponseSpec launch(String key) {
        return launch(key, BODY);
    }

    private static ResponseSpec launch(String key, String body) {
        return api.client.post().uri("/v1/jobs").header(IdempotencyKey.HEADER, key)
                .contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange();
    }
}
