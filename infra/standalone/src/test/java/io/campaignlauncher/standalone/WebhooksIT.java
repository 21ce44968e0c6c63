package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.RollbackPolicy;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import io.campaignlauncher.standalone.Services.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whoever asked to be told is told: at the end of a job, and when a rollback waits for a person. */
@OnRunningSystem
class WebhooksIT {

    private final RunningSystem system;
    private final List<JsonNode> told = new CopyOnWriteArrayList<>();
    private final List<Boolean> genuine = new CopyOnWriteArrayList<>();
    /** Of registered webhooks: what Standard Webhooks signs, and the signatures. */
    private final List<StandardSigned> standard = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private HttpServer receiver;

    private record StandardSigned(byte[] signed, String signatures) {}

    WebhooksIT(RunningSystem system) {
        this.system = system;
    }

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            try (exchange) {
                var body = exchange.getRequestBody().readAllBytes();
                var headers = exchange.getRequestHeaders();
                genuine.add(signature(headers.getFirst("Launch-Webhook-Id"),
                        headers.getFirst("Launch-Webhook-Timestamp"), body)
                        .equals(headers.getFirst("Launch-Webhook-Signature")));
                if (headers.containsKey("webhook-signature")) {
                    standard.add(new StandardSigned(signed(headers.getFirst("webhook-id"),
                            headers.getFirst("webhook-timestamp"), body), headers.getFirst("webhook-signature")));
                }
                told.add(JsonMapper.shared().readTree(body));
                exchange.sendResponseHeaders(status, -1);
            }
        });
        receiver.start();
    }

    @AfterEach
    void hangUp() {
        receiver.stop(0);
        assertThat(genuine).as("everything was signed").doesNotContain(false);
    }

    @Test
    void tells_that_a_job_completed() {
        var request = told(Requests.oneFiftyOne(system.freshAccount(), 3));
        assertThat(system.post(request).status()).isEqualTo(202);

        var body = awaitTold("job.completed");

        assertThat(body.path("jobId").asString()).isEqualTo(RunningSystem.jobId(request));
        assertThat(body.path("status").asString()).isEqualTo("completed");
        assertThat(body.path("created").path("adSets").asInt()).isEqualTo(3);
        assertThat(body.path("created").path("ads").asInt()).isEqualTo(3);
        assertThat(body.path("facebookCampaignId").asString())
                .isEqualTo(system.facebook().campaign(request.getAdAccountId()).itself().id());
        assertThat(body.path("campaignName").asString()).isEqualTo(request.getCampaign().getName());
        assertThat(body.path("idempotencyKey").asString()).isEqualTo(request.getIdempotencyKey());
    }

    @Test
    void tells_a_registered_webhook_with_the_standard_headers_and_its_own_secret() {
        var request = told(Requests.oneFiftyOne(system.freshAccount(), 1));
        var made = system.http().post("/v1/webhooks", Map.of("url", request.getWebhook()), Map.of());
        assertThat(made.status()).isEqualTo(201);
        assertThat(system.post(request).status()).isEqualTo(202);

        awaitTold("job.completed");

        var secret = Base64.getDecoder()
                .decode(made.body().path("secret").asString().substring("whsec_".length()));
        assertThat(standard).singleElement().satisfies(got -> assertThat(got.signatures())
                .isEqualTo("v1," + Base64.getEncoder().encodeToString(hmac(secret, got.signed()))));
    }

    @Test
    void tells_that_a_job_failed_and_why() {
        system.publish(told(Requests.oneFiftyOne("act_1002", 3)));

        var body = awaitTold("job.failed");

        assertThat(body.path("status").asString()).isEqualTo("failed");
        assertThat(body.path("reasons").size()).isPositive();
        assertThat(body.path("created").path("adSets").asInt()).isZero();
    }

    @Test
    void tells_that_a_job_was_rolled_back() {
        var request = told(Requests.oneFiftyOne(system.freshAccount(), 4));
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_AD_SET, FaultEffect.accountDisabled(), 3, 0);
        system.publish(request);

        var body = awaitTold("job.rolled_back");

        assertThat(body.path("status").asString()).isEqualTo("rolled_back");
        assertThat(body.path("created").path("adSets").asInt()).isZero();
        assertThat(body.path("reasons").size()).isPositive();
        assertThat(body.path("errors").size()).isPositive();
    }

    @Test
    void tells_that_a_rollback_waits_and_later_what_became_of_it() {
        var request = told(Requests.oneFiftyOne(system.freshAccount(), 4).setRollbackPolicy(RollbackPolicy.CONFIRM));
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_AD_SET, FaultEffect.accountDisabled(), 3, 1);
        var jobId = system.publish(request);

        var body = awaitTold("job.rollback_waiting");

        assertThat(body.path("status").asString()).isEqualTo("in_progress");
        assertThat(body.path("created").path("adSets").asInt()).isPositive();
        assertThat(
                system.http().post("/v1/jobs/" + jobId + "/rollback", Map.of("decision", "CONFIRM", "reason", "told"),
                        Map.of()).status())
                .isEqualTo(202);
        awaitTold("job.rolled_back");
        assertThat(told).extracting(one -> one.path("jobId").asString()).containsOnly(jobId);
    }

    @Test
    void tells_although_the_job_service_was_restarted_before_anybody_listened() {
        status = 500;
        system.publish(told(Requests.oneFiftyOne(system.freshAccount(), 2)));
        awaitTold("job.completed");

        system.services().stop(Service.JOB);
        status = 200;
        int before = told.size();
        system.services().start(Service.JOB);

        await("told again").atMost(RunningSystem.PATIENCE).until(() -> told.size() > before);
        assertThat(told).extracting(one -> one.path("id").asString()).containsOnly(told.getFirst().path("id")
                .asString());
        await("noted").atMost(RunningSystem.PATIENCE).until(() -> system.sql()
                .sql("select status from webhook_deliveries where job_id = cast(? as uuid)")
                .param(told.getFirst().path("jobId").asString()).query(String.class).single().equals("delivered"));
    }

    @Test
    void refuses_over_http_what_nobody_should_call() {
        var answer = system.post(Requests.oneFiftyOne(system.freshAccount(), 1)
                .setWebhook("https://user:password@example.com/").build());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("errors").get(0).path("field").asString()).isEqualTo("notify.webhook");
        assertThat(answer.body().toString()).doesNotContain("password@");
    }

    private CreateCampaign told(CreateCampaign.Builder request) {
        return request.setWebhook("http://127.0.0.1:" + receiver.getAddress().getPort() + "/told").build();
    }

    private JsonNode awaitTold(String kind) {
        return await(kind).atMost(RunningSystem.PATIENCE)
                .until(() -> told.stream().filter(body -> body.path("kind").asString().equals(kind)).findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private String signature(String id, String timestamp, byte[] body) {
        var secret = Base64.getDecoder()
                .decode(system.standalone().properties().get("launch.webhook.secret").toString());
        return "v1=" + HexFormat.of().formatHex(hmac(secret, signed(id, timestamp, body)));
    }

    private static byte[] signed(String id, String timestamp, byte[] body) {
        var head = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(head.length + body.length).put(head).put(body).array();
    }

    private static byte[] hmac(byte[] secret, byte[] signed) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
