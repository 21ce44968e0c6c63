package io.campaignlauncher.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.access.http.RouteTable;
import io.campaignlauncher.access.model.RouteRule;
import io.campaignlauncher.eventstore.EventReader;
import io.campaignlauncher.eventstore.EventStoreSchema;
import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.market.messages.MarketMessages;
import io.campaignlauncher.market.model.Actor;
import io.campaignlauncher.market.model.Decision;
import io.campaignlauncher.market.model.IssuedCommand;
import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.market.model.MarketIds;
import io.campaignlauncher.market.model.RecordedEvent;
import io.campaignlauncher.market.model.Role;
import io.campaignlauncher.market.tables.LedgerCheck;
import io.campaignlauncher.market.tables.MarketDifferences;
import io.campaignlauncher.market.tables.TableDifference;
import io.campaignlauncher.moderation.store.Decisions;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.PostOutcome;
import io.campaignlauncher.schemas.PostReported;
import io.campaignlauncher.schemas.PostedMessage;
import io.campaignlauncher.schemas.PublishPost;
import io.campaignlauncher.schemas.ResolvePost;
import io.campaignlauncher.schemas.TargetKeys;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.telegram.simulator.TelegramSimulator;
import io.campaignlauncher.testing.DescribedApi;
import io.campaignlauncher.testing.TestBroker;
import io.campaignlauncher.testing.TestIssuer;
import io.campaignlauncher.testing.TestServers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service with a database of its own, and people who ask it over HTTP. */
final class MarketUnderTest implements AutoCloseable {

    private static final DescribedApi DESCRIBED = DescribedApi.of("/api/market.yaml");
    /** On a machine with much else to do. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    static final String CREDENTIALS_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private static final AtomicLong CHATS = new AtomicLong(1_002_000_000_000L);

    final TestServers servers = TestServers.shared();
    final JdbcClient jdbc;
    final TestIssuer issuer = TestIssuer.ours();
    final TelegramSimulator telegram = TelegramSimulator.start();
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ConfigurableApplicationContext context;
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private final LaunchRecords records = new LaunchRecords();
    private final List<Object> commands = new ArrayList<>();
    private final List<ConsumerRecord<String, byte[]>> launches = new ArrayList<>();
    private final KafkaConsumer<String, byte[]> postings;
    private final KafkaProducer<String, byte[]> producer;

    /** An answer. @param body null where it has none */
    record Answer(int status, JsonNode body, HttpResponse<String> whole) {

        String text(String field) {
            return body.path(field).asString();
        }

        Answer is(int expected) {
            assertThat(status).as(() -> String.valueOf(body)).isEqualTo(expected);
            return this;
        }
    }

    MarketUnderTest(String database, String... settings) {
        this(database, _ -> {}, settings);
    }

    /** @param before what is done to the service's context before it starts */
    MarketUnderTest(String database, ApplicationContextInitializer<ConfigurableApplicationContext> before,
            String... settings) {
        Awaitility.setDefaultTimeout(PATIENCE);
        var url = servers.database().createDatabase(database);
        var properties = new HashMap<String, Object>(TestBroker.CLIENT_SETTINGS);
        properties.putAll(Map.of("server.port", "0", "spring.datasource.url", url,
                "spring.datasource.username", servers.database().username(),
                "spring.datasource.password", servers.database().password(),
                "kafka.bootstrap-servers", servers.kafka().bootstrapServers(),
                "launch.credentials.key", CREDENTIALS_KEY,
                "launch.security.jwks-uri", issuer.keysAddress(), "telegram.base-url", telegram.baseUrl().toString(),
                "telegram.token", TelegramSimulator.TOKEN));
        for (var setting : settings) {
            var parts = setting.split("=", 2);
            properties.put(parts[0], parts[1]);
        }
        context = ModerationService.application().initializers(before).run(properties.entrySet().stream()
                .map(one -> "--" + one.getKey() + "=" + one.getValue()).toArray(String[]::new));
        jdbc = JdbcClient.create(context.getBean(DataSource.class));
        var kafka = new HashMap<String, Object>(Map.of("bootstrap.servers", servers.kafka().bootstrapServers(),
                "group.id", UUID.randomUUID().toString(), "auto.offset.reset", "earliest"));
        postings = new KafkaConsumer<>(kafka, new StringDeserializer(), new ByteArrayDeserializer());
        postings.subscribe(List.of(Topic.POSTING_COMMANDS.topicName(), Topic.CAMPAIGN_COMMANDS.topicName()));
        kafka.remove("group.id");
        kafka.remove("auto.offset.reset");
        producer = new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer());
        // Who may ask is known once the topic of tokens that have ended was read.
        await().until(() -> get("/api/health/ready", null).status() == 200);
    }

    /** Somebody of this name; the name is the subject. */
    String tokenOf(String name, Role... roles) {
        return tokens.computeIfAbsent(name, _ -> issuer.token(claims -> claims.subject(id(name))
                .claim("roles", List.of(roles).stream().map(Role::word).toList())));
    }

    static String id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes()).toString();
    }

    Answer get(String path, @Nullable String token) {
        return send(request(path, token).GET());
    }

    /** A figure of the metrics page. @param series its name and labels, as a regular expression that its line begins with */
    double figure(String series) {
        return get("/actuator/prometheus", tokenOf("the admin", Role.ADMIN)).is(200).whole().body().lines()
                .filter(Pattern.compile(series).asPredicate()).findFirst()
                .map(line -> Double.valueOf(line.substring(line.lastIndexOf(' ')))).orElse(Double.NaN);
    }

    Answer post(String path, @Nullable String token, Map<String, ?> body, String... headers) {
        var request = request(path, token).header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request);
    }

    Answer patch(String path, @Nullable String token, Map<String, ?> body) {
        return send(request(path, token).header("content-type", "application/json").method("PATCH",
                HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body))));
    }

    private HttpRequest.Builder request(String path, @Nullable String token) {
        var request = HttpRequest.newBuilder(address().resolve(path)).timeout(Duration.ofSeconds(30));
        if (token != null) {
            request.header("authorization", "Bearer " + token);
        }
        return request;
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            var type = answer.headers().firstValue("content-type");
            var path = answer.uri().getRawPath();
            if (path.startsWith("/api/") || path.startsWith("/t/")) {
                DESCRIBED.check(answer.request().method(), path, answer.statusCode(), type.orElse(null),
                        answer.body().getBytes(StandardCharsets.UTF_8));
            }
            var json = type.orElse("").contains("json");
            return new Answer(answer.statusCode(), json ? JsonMapper.shared().readTree(answer.body())
                    : JsonMapper.shared().createObjectNode(), answer);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    URI address() {
        var server = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer());
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    /** What a worker or a timer tells, or a publisher whose channel was looked at. */
    Decision tell(Actor actor, MarketCommand command) {
        return context.getBean(Decisions.class).decide(new IssuedCommand(actor, UUID.randomUUID().toString(), command));
    }

    Decision told(MarketCommand command) {
        return tell(Actor.system("local"), command);
    }

    /** A channel of this publisher in which the bot may post. */
    UUID channel(String publisher, String price) {
        var chat = -CHATS.incrementAndGet();
        var offered = tell(new Actor("local", id(publisher), Set.of(Role.PUBLISHER)),
                new MarketCommand.OfferChannel("@" + publisher.replace(' ', '_'), price, chat, publisher, List.of()));
        assertThat(offered).isInstanceOf(Decision.Accepted.class);
        return MarketIds.channel(chat);
    }

    /** Telegram's number of it. */
    long chat(UUID channel) {
        return jdbc.sql("select \"chatId\" from market.channels where id = :id").param("id", channel).query(Long.class)
                .single();
    }

    void deposit(String user, String amount) {
        post("/api/admin/wallets/" + id(user) + "/deposits", tokenOf("the admin", Role.ADMIN),
                Map.of("amount", amount, "externalId", UUID.randomUUID().toString())).is(201);
    }

    /** An active campaign of this advertiser. */
    String campaign(String advertiser, String budget) {
        var token = tokenOf(advertiser, Role.ADVERTISER);
        var id = post("/api/campaigns", token, Map.of("name", "of " + advertiser, "totalBudget", budget)).is(201)
                .text("id");
        post("/api/campaigns/" + id + "/activate", token, Map.of()).is(200);
        return id;
    }

    /** A target that waits for a moderator. */
    String submitted(String advertiser, String campaign, UUID channel) {
        var token = tokenOf(advertiser, Role.ADVERTISER);
        var target = post("/api/campaigns/" + campaign + "/targets", token,
                Map.of("channelId", channel.toString(), "text", "Buy tidy otters")).is(201).text("id");
        post("/api/campaigns/" + campaign + "/targets/" + target + "/submit", token, Map.of()).is(200);
        return target;
    }

    Answer approve(String target, int version) {
        return post("/api/admin/moderation/targets/" + target + "/approve", tokenOf("a moderator", Role.MODERATOR),
                Map.of("version", version));
    }

    List<RouteRule> rules() {
        return context.getBean(RouteTable.class).rules();
    }

    /** What the posting service is asked for a target; returns once it is. */
    PublishPost asked(UUID target) {
        return command(target, PublishPost.class);
    }

    /** What a person has said of a target's post, as the posting service is told. */
    ResolvePost resolved(UUID target) {
        return command(target, ResolvePost.class);
    }

    private <T> T command(UUID target, Class<T> kind) {
        return await().until(() -> {
            synchronized (commands) {
                poll();
                return commands.stream().filter(kind::isInstance).map(kind::cast)
                        .filter(one -> one.toString().contains(target.toString())).findFirst().orElse(null);
            }
        }, Objects::nonNull);
    }

    private void poll() {
        postings.poll(Duration.ofMillis(50)).forEach(record -> {
            commands.add(records.read(record).message());
            if (record.topic().equals(Topic.CAMPAIGN_COMMANDS.topicName())) {
                launches.add(record);
            }
        });
    }

    /** Whether the posting service is asked for anything of a target, once it must have been. */
    boolean isPosting(UUID target) {
        synchronized (commands) {
            poll();
            return commands.stream().anyMatch(one -> !(one instanceof CreateCampaign)
                    && one.toString().contains(target.toString()));
        }
    }

    /** What the job-service is asked for a target; returns once it is. */
    ConsumerRecord<String, byte[]> launched(String target) {
        return await().until(() -> {
            synchronized (commands) {
                poll();
                return launches.stream().filter(record -> records.read(record).message() instanceof CreateCampaign asked
                        && asked.getIdempotencyKey().equals(TargetKeys.of(UUID.fromString(target)))).findFirst()
                        .orElse(null);
            }
        }, Objects::nonNull);
    }

    /** As the job-service tells it. */
    void happened(String job, String tenant, SpecificRecord event) {
        send(records.record(Topic.JOB_EVENTS, job, event,
                Envelope.of(UUID.randomUUID().toString(), event.getSchema().getName(), "/job-service", job,
                        Instant.now()).ownedBy(tenant, "somebody")));
    }

    void send(ProducerRecord<String, byte[]> record) {
        producer.send(record);
        producer.flush();
    }

    /** Returns once the service has handled whatever was said of jobs so far. */
    void allEndsRead() {
        try (var admin = Admin.create(Map.of("bootstrap.servers", servers.kafka().bootstrapServers()))) {
            var partitions = IntStream.range(0, Topic.JOB_EVENTS.partitions())
                    .mapToObj(partition -> new TopicPartition(Topic.JOB_EVENTS.topicName(), partition)).toList();
            var ends = admin.listOffsets(partitions.stream()
                    .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest())));
            await("every end is read").until(() -> {
                var read = admin.listConsumerGroupOffsets("moderation-service-launches").partitionsToOffsetAndMetadata()
                        .get();
                for (var partition : partitions) {
                    long end = ends.partitionResult(partition).get().offset();
                    if (end > 0 && (read.get(partition) == null || read.get(partition).offset() < end)) {
                        return false;
                    }
                }
                return true;
            });
        }
    }

    /** As the posting service tells it. @param message null: none */
    void report(PublishPost post, PostOutcome outcome, @Nullable Long message) {
        var report = PostReported.newBuilder().setPostJobId(post.getPostJobId()).setTargetId(post.getTargetId())
                .setOutcome(outcome).setDetail("as it was").setAt(Instant.now());
        if (message != null) {
            report.setMessage(new PostedMessage(post.getChatId(), message, "https://t.me/c/1/" + message));
        }
        send(records.record(Topic.POSTING_EVENTS, post.getTargetId(), report.build(),
                Envelope.of(UUID.randomUUID().toString(), "PostReported", "/posting-service", post.getTargetId(),
                        Instant.now())));
    }

    /** The reasons of all dead letters of a topic. */
    List<String> whyGivenUp(Topic topic) {
        var reasons = new ArrayList<String>();
        try (var consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", servers.kafka().bootstrapServers()),
                new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic.deadLetterName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
                consumer.poll(Duration.ofMillis(50)).forEach(letter -> reasons
                        .add(new String(letter.headers().lastHeader("dlt-reason").value(), StandardCharsets.UTF_8)));
            }
        }
        return reasons;
    }

    /** All invariants hold, and the tables are what the stored events say. */
    void isSound() throws SQLException {
        assertThat(new LedgerCheck(context.getBean(DataSource.class), "market", Duration.ofSeconds(30)).run())
                .isEmpty();
        try (var connection = context.getBean(DataSource.class).getConnection()) {
            var one = new SingleConnectionDataSource(connection, true);
            var found = new ArrayList<TableDifference>();
            new MarketDifferences(one, "market").tell(
                    consumer -> new EventReader(JdbcClient.create(one), EventStoreSchema.MARKETPLACE).all(100,
                            some -> consumer.accept(some.stream().map(this::recorded).toList())),
                    found::add);
            assertThat(found).isEmpty();
        }
    }

    private RecordedEvent recorded(StoredEvent stored) {
        return new RecordedEvent(stored.globalIndex(), stored.at(),
                MarketMessages.event(records.encoding().decode(stored.type(), stored.payload())));
    }

    @Override
    public void close() {
        postings.close();
        producer.close();
        context.close();
        client.close();
        issuer.close();
        telegram.close();
    }
}
