package io.campaignlauncher.job.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.job.view.TestInfrastructure;
import io.campaignlauncher.messaging.KafkaRecordPublisher;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.KillSwitch;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.testing.TestBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;

/** A request over HTTP arrives on the real topic. */
class HttpKafkaIT {

    private static final String BODY = """
            {"userId":"u","adAccountId":"act_1","credentialId":"default","strategy":"FOR_ADS","adCount":2,
             "campaign":{"name":"n","objective":"OUTCOME_SALES"},
             "adSet":{"dailyBudget":2000,"billingEvent":"IMPRESSIONS","optimizationGoal":"REACH","targeting":{"a":1}},
             "ad":{"creative":{"b":1}}}""";

    @BeforeAll
    static void start() {
        TestBroker.shared().emptied();
    }

    @Test
    void what_is_answered_with_202_while_the_intake_is_off_is_on_the_topic() throws Exception {
        TestInfrastructure.createTopic(Topic.CAMPAIGN_COMMANDS);
        var records = new LaunchRecords();
        try (var publisher = new KafkaRecordPublisher(
                KafkaSettings.of("test", TestInfrastructure.kafka(), (short) -1, TestBroker.CLIENT_SETTINGS));
                var consumer = new KafkaConsumer<>(
                        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, TestInfrastructure.kafka(),
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest", ConsumerConfig.GROUP_ID_CONFIG,
                                "test"),
                        new StringDeserializer(), new ByteArrayDeserializer())) {
            var api = new HttpApi("http_kafka", HttpSettings.defaults());
            api.publishTo(publisher);
            api.switches.turn(KillSwitch.INTAKE, false, null).block();
            api.client.post().uri("/v1/jobs").header("Idempotency-Key", "k").contentType(MediaType.APPLICATION_JSON)
                    .bodyValue(BODY).exchange().expectStatus().isAccepted();
            consumer.subscribe(List.of(Topic.CAMPAIGN_COMMANDS.topicName()));
            var received = new ArrayList<LaunchRecords.Received>();
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> received.add(records.read(record)));
                return !received.isEmpty();
            });
            assertThat(received).singleElement().satisfies(one -> {
                assertThat(one.envelope().source()).isEqualTo("/job-service/http");
                assertThat(one.envelope().subject()).isEqualTo(one.envelope().id());
                assertThat(((CreateCampaign) one.message()).getAdCount()).isEqualTo(2);
            });
        }
    }
}
