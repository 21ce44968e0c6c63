package io.campaignlauncher.standalone;

import static io.campaignlauncher.standalone.People.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.market.tables.LedgerCheck;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.TargetKeys;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Targets on Facebook in the whole system: from a draft to the end of the launch and of its money. */
@OnRunningSystem
class LaunchTargetsIT {

    private static final FaultEffect REFUSED = new FaultEffect.Refused(400, 100, null, "Invalid parameter");

    private final RunningSystem system;
    private final LaunchTargets targets;

    LaunchTargetsIT(RunningSystem system) {
        this.system = system;
        targets = new LaunchTargets(system.standalone());
    }

    @AfterEach
    void the_books_are_sound() {
        assertThat(new LedgerCheck(system.databaseOfAdministrator(), "market", Duration.ofSeconds(30)).run()).isEmpty();
    }

    @Test
    void an_approved_launch_is_made_once_and_its_price_is_the_marketplaces() {
        var target = targets.approved(system.freshAccount(), Map.of());

        reaches(target, "posted");
        await().atMost(RunningSystem.PATIENCE).until(() -> target.escrow().equals("released"));

        var made = system.facebook().campaign(target.account());
        assertThat(made.adSets()).hasSize(2);
        assertThat(made.ads()).hasSize(2);
        assertThat(target.read().path("postJob").path("messageId").asString()).isEqualTo(made.itself().id());
        assertThat(target.read().path("postJob").path("launchJobId").asString()).isEqualTo(target.jobId());
        assertThat(target.wallet()).containsExactly("90.00", "0.00");
        Invariants.hold(system, target.jobId());
        assertThat(ok(target.advertiser().http().get("/v1/jobs/" + target.jobId()), 200).path("status").asString())
                .as("the advertiser follows the job").isEqualTo("completed");

        var request = request(target);
        system.publish(new ProducerRecord<>(request.topic(), null, request.key(), request.value(), request.headers()));
        system.allCommandsRead();
        assertThat(system.facebook().campaigns(target.account())).as("the feed says it again").hasSize(1);
        assertThat(system.published().deadLetters()).noneMatch(letter -> target.jobId().equals(letter.key()));
    }

    @Test
    void nobody_takes_the_place_of_a_target_by_its_key() {
        var ann = new People(system.standalone()).registered();
        var request = Requests.forAll(system.freshAccount(), 1).setUserId(ann.userId())
                .setIdempotencyKey(TargetKeys.of(UUID.randomUUID())).build();

        assertThat(ok(ann.http().post("/v1/jobs", Requests.body(request),
                Map.of("Idempotency-Key", request.getIdempotencyKey())), 400).path("errors").path(0).path("field")
                .asString()).isEqualTo("Idempotency-Key");
        system.publish(request);
        await().atMost(RunningSystem.PATIENCE).until(() -> system.published().deadLetters().stream()
                .anyMatch(letter -> RunningSystem.jobId(request).equals(letter.key())));
        assertThat(system.published().deadLetters()).filteredOn(
                letter -> RunningSystem.jobId(request).equals(letter.key())).allSatisfy(letter -> {
                    assertThat(PublishedRecords.header(letter, "dlt-reason")).contains("idempotencyKey");
                    system.published().takeAway(letter);
                });
    }

    @Test
    void a_launch_that_is_rolled_back_is_refunded() {
        var account = system.freshAccount();
        system.fault(account, FaultTarget.CREATE_AD_SET, REFUSED, 2, 0);

        var target = targets.approved(account, Map.of());

        reaches(target, "refunded");
        assertThat(system.facebook().campaigns(account)).isEmpty();
        assertThat(target.wallet()).containsExactly("100.00", "0.00");
        Invariants.hold(system, target.jobId());
    }

    @Test
    void a_launch_without_a_token_fails_before_anything_is_created_and_is_refunded() {
        var target = targets.approved(system.freshAccount(), Map.of("credentialId", "nobody-has-stored-it"));

        reaches(target, "refunded");

        assertThat(target.read().path("postJob").path("failure").asString()).contains("credentialId");
        assertThat(system.job(target.jobId()).path("status").asString()).isEqualTo("failed");
        assertThat(system.facebook().campaigns(target.account())).isEmpty();
        assertThat(target.wallet()).containsExactly("100.00", "0.00");
        assertThat(system.published().deadLetters()).noneMatch(letter -> target.jobId().equals(letter.key()));
    }

    @Test
    void while_a_job_waits_for_a_person_its_money_waits_and_what_is_kept_is_for_a_person_too() {
        var account = system.freshAccount();
        system.fault(account, FaultTarget.CREATE_AD_SET, FaultEffect.accountDisabled(), 2, 1);
        var target = targets.approved(account, Map.of("rollbackPolicy", "CONFIRM"));
        var rollback = "/v1/jobs/" + target.jobId() + "/rollback";
        await("the job waits for a person").atMost(RunningSystem.PATIENCE).ignoreExceptions().until(
                () -> target.advertiser().http().get(rollback).body().path("awaitingConfirmation").asBoolean(false));
        assertThat(List.of(target.status(), target.escrow())).containsExactly("approved", "held");

        ok(target.advertiser().http().post(rollback, Map.of("decision", "DECLINE", "reason", "keep it")), 202);

        await().atMost(RunningSystem.PATIENCE)
                .until(() -> target.read().path("postJob").path("doubt").asString("").contains("declined"));
        assertThat(target.escrow()).isEqualTo("held");
        ok(targets.admin().post("/api/admin/posts/" + target.id() + "/decide",
                Map.of("posted", false, "reason", "half a launch is none")), 200);
        assertThat(target.status()).isEqualTo("refunded");
        assertThat(target.wallet()).containsExactly("100.00", "0.00");
    }

    private void reaches(LaunchTargets.Target target, String status) {
        await("the target is " + status).atMost(RunningSystem.PATIENCE).until(() -> target.status().equals(status));
    }

    /** As the change feed has published it. */
    private ConsumerRecord<String, byte[]> request(LaunchTargets.Target target) {
        var settings = system.kafka(Map.of("group.id", "app-" + UUID.randomUUID(), "auto.offset.reset", "earliest"));
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(Topic.CAMPAIGN_COMMANDS.topicName()));
            return await().atMost(RunningSystem.PATIENCE).until(() -> {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    if (record.key().equals(target.jobId())
                            && new LaunchRecords().read(record).message() instanceof CreateCampaign) {
                        return record;
                    }
                }
                return null;
            }, record -> record != null);
        }
    }
}
