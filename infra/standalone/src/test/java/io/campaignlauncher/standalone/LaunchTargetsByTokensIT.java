package io.campaignlauncher.standalone;

import static io.campaignlauncher.standalone.People.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.JobRolledBack;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.testing.TestBroker;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** Targets on Facebook in mode {@code tokens}: marketplace and job-service believe each other by their signatures alone. */
class LaunchTargetsByTokensIT {

    private static final String CREATION = "/v1/kill-switches/creation";

    @Test
    void a_launch_is_made_and_paid_for_and_an_end_that_no_service_has_signed_moves_nothing() throws Exception {
        try (var system = Standalone.start("--no-demo", "--server.port=0", TestBroker.SERVICE_ARGUMENT,
                "--launch.security.mode=tokens")) {
            var targets = new LaunchTargets(system);
            ok(targets.admin().put("/v1/credentials/" + RunningSystem.CREDENTIAL,
                    Map.of("accessToken", RunningSystem.TOKEN)), 204);
            ok(targets.admin().put(CREATION, Map.of("enabled", false, "reason", "until somebody has lied")), 200);
            var target = targets.approved("act_1001", Map.of());
            await().atMost(RunningSystem.PATIENCE).until(() -> target.advertiser().http()
                    .get("/v1/jobs/" + target.jobId()).status() == 200);

            lie(system, target.jobId());

            assertThat(target.status()).isEqualTo("approved");
            ok(targets.admin().put(CREATION, Map.of("enabled", true, "reason", "over")), 200);
            await().atMost(RunningSystem.PATIENCE).until(() -> target.escrow().equals("released"));
            assertThat(target.wallet()).containsExactly("90.00", "0.00");
        }
    }

    /** Returns once the marketplace has given it up. */
    private static void lie(Standalone system, String jobId) throws Exception {
        var settings = system.kafka().client("test");
        try (var published = PublishedRecords.follow(settings);
                var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new LaunchRecords().record(Topic.JOB_EVENTS, jobId, new JobRolledBack(jobId, "a lie"),
                    Envelope.of(UUID.randomUUID().toString(), "JobRolledBack", "/job-service", jobId, Instant.now())
                            .ownedBy("local", "somebody")))
                    .get();
            await().atMost(RunningSystem.PATIENCE).until(() -> published.deadLetters().stream()
                    .anyMatch(letter -> jobId.equals(letter.key()) && PublishedRecords.header(letter, "dlt-consumer")
                            .equals("moderation-service-launches")));
        }
    }
}
