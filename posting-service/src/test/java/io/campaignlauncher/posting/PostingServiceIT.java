package io.campaignlauncher.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.messaging.ManagementPage;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.PostOutcome;
import io.campaignlauncher.schemas.PostReported;
import io.campaignlauncher.schemas.PublishPost;
import io.campaignlauncher.schemas.ResolvePost;
import io.campaignlauncher.schemas.TelegramPost;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.telegram.simulator.TelegramSimulator;
import io.campaignlauncher.telegram.simulator.TelegramSimulatorSettings;
import io.campaignlauncher.telegram.simulator.core.ApiMethod;
import io.campaignlauncher.telegram.simulator.core.Fault;
import io.campaignlauncher.telegram.simulator.core.FaultEffect;
import io.campaignlauncher.telegram.simulator.core.Membership;
import io.campaignlauncher.telegram.simulator.core.Post;
import io.campaignlauncher.telegram.simulator.core.Rights;
import io.campaignlauncher.telegram.simulator.core.TelegramRules;
import io.campaignlauncher.testing.TestBroker;
import io.campaignlauncher.testing.TestDatabase;
import io.campaignlauncher.worker.TopicListener;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The service between a real broker, a real database and the simulated Telegram. */
class PostingServiceIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final long LOG = -1_001_000_000_999L;
    private static final String MARKERS = "go.example.com";
    private static final String TOKEN = "--telegram.token=" + TelegramSimulator.TOKEN;
    private static final String HOST = "--launch.posting.marker-host=" + MARKERS;

    private static TestBroker broker;
    private static TelegramSimulator simulator;
    private static String[] surroundings;
    private static JdbcClient market;
    private static KafkaProducer<String, byte[]> producer;
    private static ConfigurableApplicationContext service;

    private final LaunchRecords records = new LaunchRecords();
    private final UUID job = UUID.randomUUID();
    private final UUID target = UUID.randomUUID();

    @BeforeAll
    static void start() {
        broker = TestBroker.shared().emptied();
        var server = TestDatabase.shared();
        var url = server.createDatabase("posting_service");
        market = JdbcClient.create(new DriverManagerDataSource(url, server.username(), server.password()));
        market.sql("create schema market").update();
        market.sql("create table market.kill_switches (name text primary key, enabled boolean not null)").update();
        turn(true);
        simulator = TelegramSimulator.start(
                TelegramSimulatorSettings.DEFAULTS.withRules(TelegramRules.DEFAULTS.withoutLimits()));
        simulator.world().addChannel(LOG, null, "Log");
        simulator.world().setMembership(String.valueOf(LOG), TelegramSimulator.BOT_ID,
                Membership.administrator(Rights.POST));
        surroundings = new String[]{ "--kafka.bootstrap-servers=" + broker.bootstrapServers(),
            TestBroker.SERVICE_ARGUMENT, "--spring.datasource.url=" + url,
            "--spring.datasource.username=" + server.username(), "--spring.datasource.password=" + server.password(),
            "--launch.credentials.key=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", "--management.server.port=0",
            "--telegram.base-url=" + simulator.baseUrl(), "--telegram.timeout=1s", "--telegram.settle-delay=200ms",
            "--telegram.per-chat-interval=0s", "--telegram.overall-per-second=0", "--telegram.log-channel=" + LOG };
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()), new StringSerializer(),
                new ByteArraySerializer());
        service = service(TOKEN, HOST);
    }

    @AfterAll
    static void stop() {
        service.close();
        producer.close();
        simulator.close();
    }

    @AfterEach
    void switch_on() {
        turn(true);
        simulator.faults().clear();
    }

    private static ConfigurableApplicationContext service(String... further) {
        return PostingService.application()
                .run(Stream.concat(Arrays.stream(surroundings), Arrays.stream(further)).toArray(String[]::new));
    }

    private static void turn(boolean on) {
        market.sql("insert into market.kill_switches values ('telegram_posting', ?)"
                + " on conflict (name) do update set enabled = excluded.enabled").param(on).update();
    }

    private PublishPost.Builder command() {
        return PublishPost.newBuilder().setPostJobId(job.toString()).setTargetId(target.toString())
                .setChatId(TelegramSimulator.CHANNEL_ID)
                .setPost(TelegramPost.newBuilder().setText("Buy a lamp 🙂").setLink("https://shop.example/lamps?id=1")
                        .build())
                .setNotAfter(Instant.now().plus(Duration.ofMinutes(10))).setTenant("acme").setOwner("ann");
    }

    private void publish(SpecificRecord message) {
        publish(records.record(Topic.POSTING_COMMANDS, target.toString(), message, Envelope.of(
                UUID.randomUUID().toString(), message.getSchema().getName(), "/moderation-service", target.toString(),
                Instant.now())));
    }

    private static void publish(ProducerRecord<String, byte[]> record) {
        producer.send(record);
        producer.flush();
    }

    private List<ConsumerRecord<String, byte[]>> told() {
        return broker.all(Topic.POSTING_EVENTS.topicName()).stream()
                .filter(record -> record.key().equals(target.toString())).toList();
    }

    private List<PostReported> reports() {
        return told().stream().map(record -> (PostReported) records.read(record).message()).toList();
    }

    private List<PostOutcome> outcomes() {
        return reports().stream().map(PostReported::getOutcome).toList();
    }

    private void awaitOutcome(PostOutcome outcome) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(outcomes()).contains(outcome));
    }

    private String marker() {
        return "https://" + MARKERS + "/t/" + job;
    }

    private List<Post> posts() {
        return simulator.world().marked(TelegramSimulator.CHANNEL, marker());
    }

    @Test
    void a_command_ends_in_one_message_and_is_told_as_posted_and_then_as_sure() {
        publish(command().build());

        awaitOutcome(PostOutcome.LAST_LOOK_OK);
        assertThat(outcomes()).containsExactly(PostOutcome.STARTED, PostOutcome.POSTED, PostOutcome.LAST_LOOK_OK);
        assertThat(posts()).hasSize(1);
        var posted = reports().get(1);
        assertThat(posted.getPostJobId()).isEqualTo(job.toString());
        assertThat(posted.getMessage().getChatId()).isEqualTo(TelegramSimulator.CHANNEL_ID);
        assertThat(posted.getMessage().getMessageId()).isEqualTo((long) posts().getFirst().id());
        assertThat(posted.getMessage().getLink()).startsWith("https://t.me/launch_demo/");
        var envelope = records.read(told().get(1)).envelope();
        assertThat(envelope.id()).isEqualTo(job + "/posted/" + posts().getFirst().id());
        assertThat(List.of(envelope.subject(), String.valueOf(envelope.tenant()), String.valueOf(envelope.owner())))
                .containsExactly(target.toString(), "acme", "ann");
    }

    @Test
    void a_command_that_comes_twice_is_one_post_and_its_reports_have_the_ids_that_they_had() {
        var command = command().build();
        publish(command);
        publish(command);
        awaitOutcome(PostOutcome.LAST_LOOK_OK);

        publish(command);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(outcomes().stream()
                .filter(PostOutcome.LAST_LOOK_OK::equals)).hasSizeGreaterThan(1));
        assertThat(posts()).hasSize(1);
        assertThat(told().stream().map(record -> records.read(record).envelope().id()).distinct()).hasSize(3);
    }

    @Test
    void an_answer_that_was_lost_leads_to_no_second_message() {
        simulator.faults().add(Fault.once(ApiMethod.SENDS, FaultEffect.answerLost()).containing(marker())
                .inChat(TelegramSimulator.CHANNEL));
        publish(command().build());

        awaitOutcome(PostOutcome.LAST_LOOK_OK);
        assertThat(outcomes()).contains(PostOutcome.UNCLEAR, PostOutcome.POSTED);
        assertThat(posts()).hasSize(1);
    }

    @Test
    void what_cannot_be_read_or_breaks_a_rule_is_a_dead_letter_and_the_next_command_is_carried_out() {
        var key = target.toString();
        var unreadable = records.record(Topic.POSTING_COMMANDS, key, command().build(), Envelope.of("x", "PublishPost",
                "/moderation-service", key, Instant.now()));
        publish(new ProducerRecord<>(unreadable.topic(), null, key, new byte[]{ 1, 2, 3 }, unreadable.headers()));
        publish(command().setChatId(17).build());
        publish(ResolvePost.newBuilder().setPostJobId("7").setTargetId(key).setBy("ann").build());
        publish(command().build());
        awaitOutcome(PostOutcome.LAST_LOOK_OK);
        publish(command().setPost(TelegramPost.newBuilder().setText("Something else").build()).build());

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(reasons()).hasSize(4));
        assertThat(reasons()).anyMatch(reason -> reason.contains("not readable"))
                .anyMatch(reason -> reason.contains("refused") && reason.contains("chatId"))
                .anyMatch(reason -> reason.contains("refused") && reason.contains("postJobId must be a UUID"))
                .anyMatch(reason -> reason.contains("refused") && reason.contains("another content"));
        assertThat(posts()).hasSize(1);
    }

    private List<String> reasons() {
        return broker.all(Topic.POSTING_COMMANDS.deadLetterName()).stream()
                .filter(record -> target.toString().equals(record.key()))
                .map(record -> new String(record.headers().lastHeader("dlt-reason").value(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void nothing_is_sent_until_the_switch_is_on() {
        turn(false);
        publish(command().build());
        await().atMost(PATIENCE).until(() -> market.sql("select count(*) from posting.post_jobs where job_id = ?")
                .param(job).query(Long.class).single() == 1);
        // What comes first is looked at first: this one was passed over while the switch was off.
        await().atMost(PATIENCE).until(() -> market.sql(
                "select next_at > accepted_at + interval '1 second' from posting.post_jobs where job_id = ?").param(job)
                .query(Boolean.class).optional().orElse(false));
        assertThat(told()).isEmpty();
        assertThat(posts()).isEmpty();

        turn(true);
        awaitOutcome(PostOutcome.LAST_LOOK_OK);
        assertThat(posts()).hasSize(1);
    }

    @Test
    void a_switch_that_is_not_there_is_off() {
        market.sql("delete from market.kill_switches").update();

        var killSwitch = new JdbcPostingSwitch(service.getBean(DataSource.class), Clock.systemUTC());
        assertThat(killSwitch.isOn().block()).isFalse();
        market.sql("alter table market.kill_switches rename to elsewhere").update();
        try {
            assertThat(killSwitch.isOn().block()).isFalse();
        } finally {
            market.sql("alter table market.elsewhere rename to kill_switches").update();
        }
        turn(true);
        assertThat(killSwitch.isOn().block()).isTrue();
    }

    @Test
    void is_ready_with_its_parts_and_shows_its_figures() {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(asked(service, ManagementPage.READINESS))
                .returns(200, HttpResponse::statusCode).extracting(HttpResponse::body, STRING)
                .contains("\"posting\":\"gets on\"", "\"posting commands\":\"gets on\"", "\"db\":", "\"kafka\":"));
        assertThat(asked(service, ManagementPage.METRICS).body()).contains("progress_stalled_seconds{part=\"posting\"}",
                "launch_table_bytes{table=\"posting.post_jobs\"}").doesNotContain(TelegramSimulator.TOKEN);
    }

    @Test
    void starts_without_a_token_and_says_what_to_set() {
        try (var without = service()) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(asked(without, ManagementPage.READINESS))
                    .returns(503, HttpResponse::statusCode).extracting(HttpResponse::body, STRING)
                    .contains("set telegram.token"));
            assertThat(asked(without, ManagementPage.LIVENESS).statusCode()).isEqualTo(200);
            assertThat(without.getBeanNamesForType(TopicListener.class)).isEmpty();
        }
    }

    @Test
    void refuses_to_start_with_a_token_and_no_host_for_its_links() {
        assertThatThrownBy(() -> service(TOKEN).close()).rootCause()
                .hasMessageStartingWith("set launch.posting.marker-host");
        assertThatThrownBy(() -> service("--telegram.token=a-secret", HOST).close()).rootCause()
                .hasMessageStartingWith("telegram.token:").hasMessageNotContaining("a-secret");
    }

    private static HttpResponse<String> asked(ConfigurableApplicationContext service, String path) {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(
                    "http://127.0.0.1:" + service.getBean(ManagementPage.class).port() + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
