package io.campaignlauncher.identity.http;

import static io.campaignlauncher.access.model.Role.ADMIN;
import static io.campaignlauncher.access.model.Role.ADVERTISER;
import static io.campaignlauncher.access.model.Role.SUPER_ADMIN;
import static io.campaignlauncher.access.model.RouteRule.people;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.access.audit.AuditOutbox;
import io.campaignlauncher.access.http.AccessConfiguration;
import io.campaignlauncher.access.http.PrincipalToken;
import io.campaignlauncher.access.http.RouteTable;
import io.campaignlauncher.access.known.KnownAccessConfiguration;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.access.model.Scope;
import io.campaignlauncher.identity.store.AccessChanges;
import io.campaignlauncher.messaging.HealthConfiguration;
import io.campaignlauncher.messaging.MessagingConfiguration;
import io.campaignlauncher.schemas.AuditEntry;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.testing.TestBroker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** What ends at identity-service ends at another service that never asks it, over Kafka. */
class RevocationIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static TestBroker broker;
    private static RunningIdentity identity;
    private static ConfigurableApplicationContext other;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** Another service, with one route to read and one to launch. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({ MessagingConfiguration.class, HealthConfiguration.class, AccessConfiguration.class,
        KnownAccessConfiguration.class })
    static class OtherService {

        @Bean
        RouteTable routeTable() {
            return new RouteTable(List.of(
                    people("GET", "/read", ADVERTISER, ADMIN, SUPER_ADMIN).orKeysWith(Scope.JOBS_READ),
                    people("GET", "/launch", ADVERTISER, ADMIN, SUPER_ADMIN).orKeysWith(Scope.JOBS_LAUNCH)));
        }

        @Bean
        RouterFunction<ServerResponse> routes() {
            return RouterFunctions.route()
                    .GET("/read", request -> PrincipalToken.of(request).flatMap(one -> ServerResponse.ok()
                            .bodyValue(one.subject() + " " + Role.words(one.roles()))))
                    .GET("/launch", _ -> ServerResponse.ok().build())
                    .build();
        }
    }

    @BeforeAll
    static void start() {
        broker = TestBroker.shared().emptied();
        identity = new RunningIdentity("identity_revocation", told(broker.bootstrapServers()));
        other = started(broker.bootstrapServers());
        await().atMost(PATIENCE).until(() -> status("/read", identity.newAdvertiser()) == 200);
    }

    @AfterAll
    static void stop() {
        other.close();
        identity.close();
    }

    private static String[] told(String bootstrapServers) {
        return Stream.concat(Stream.of("launch.identity.publish=true"), kafka(bootstrapServers))
                .toArray(String[]::new);
    }

    private static Stream<String> kafka(String bootstrapServers) {
        return Stream.concat(Stream.of("kafka.bootstrap-servers=" + bootstrapServers),
                TestBroker.CLIENT_SETTINGS.entrySet().stream()
                        .map(entry -> "kafka.properties." + entry.getKey() + "=" + entry.getValue()));
    }

    private static ConfigurableApplicationContext started(String bootstrapServers) {
        int port = identity.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        return new SpringApplicationBuilder(OtherService.class).web(WebApplicationType.REACTIVE)
                .properties(Stream.concat(Stream.of("server.address=127.0.0.1", "server.port=0",
                        "launch.credentials.key=" + RunningIdentity.KEY, "launch.security.mode=tokens",
                        "launch.security.jwks-uri=http://127.0.0.1:" + port + "/.well-known/jwks.json",
                        "spring.autoconfigure.exclude="
                                + "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration,"
                                + "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration"),
                        kafka(bootstrapServers)).toArray(String[]::new))
                .run();
    }

    @Test
    void a_token_ends_with_its_session_and_others_of_the_user_with_all_of_them() {
        var name = identity.newUser("advertiser");
        var one = token(name);
        var two = token(name);
        assertThat(status("/read", one)).isEqualTo(200);

        assertThat(identity.post("/api/auth/logout", one, Map.of()).status()).isEqualTo(204);
        ends(one);
        assertThat(status("/read", two)).isEqualTo(200);
        assertThat(identity.post("/api/auth/logout-all", two, Map.of()).status()).isEqualTo(204);
        ends(two);
        assertThat(status("/read", token(name))).as("logged in again").isEqualTo(200);
    }

    @Test
    void tokens_end_with_every_change_of_their_user() {
        for (var change : List.<Map<String, Object>>of(Map.of("roles", List.of("publisher")),
                Map.of("password", "another otter 8"), Map.of("disabled", true))) {
            var name = identity.newUser("advertiser");
            var token = token(name);
            assertThat(status("/read", token)).isEqualTo(200);
            var changed = change(name, change);
            assertThat(changed.status()).isEqualTo(200);
            assertThat(changed.header("access-elsewhere")).isNull();
            ends(token);
        }
    }

    @Test
    void a_key_is_good_for_its_scopes_and_ends_with_itself_and_with_its_owner() {
        var name = identity.newUser("advertiser");
        var made = identity.post("/api/auth/keys", token(name), Map.of("name", "app", "scopes", List.of("jobs:read")));
        var key = made.field("key");
        await().atMost(PATIENCE).until(() -> status("/read", key) == 200);
        assertThat(status("/launch", key)).as("without the scope").isEqualTo(403);
        assertThat(status("/read", key.substring(0, key.length() - 4) + "xxxx")).isEqualTo(401);

        change(name, Map.of("roles", List.of("publisher")));
        await().atMost(PATIENCE).until(() -> status("/read", key) == 403);
        change(name, Map.of("disabled", true));
        ends(key);
        change(name, Map.of("disabled", false, "roles", List.of("advertiser")));
        await().atMost(PATIENCE).until(() -> status("/read", key) == 200);
        assertThat(identity.ask("DELETE", "/api/auth/keys/" + made.field("keyId"), token(name), null, "127.0.0.1")
                .status()).isEqualTo(204);
        ends(key);
    }

    @Test
    void what_was_committed_by_whomever_and_not_told_is_told_all_the_same() {
        var token = token(identity.newUser("advertiser"));
        assertThat(status("/read", token)).isEqualTo(200);
        identity.sql.sql("update identity.sessions set revoked_at = clock_timestamp()").update();
        ends(token);
    }

    @Test
    void what_no_token_needs_any_more_goes_from_the_table_and_from_the_topic() {
        var token = token(identity.newUser("advertiser"));
        identity.post("/api/auth/logout", token, Map.of());
        identity.sql.sql("update identity.access_changes set gone_after = clock_timestamp() - interval '1 second'")
                .update();
        var gone = new ArrayList<AccessChanges.Change>();
        new AccessChanges(identity.sql,
                new TransactionTemplate(identity.context.getBean(PlatformTransactionManager.class)))
                .forgetSome(gone::addAll);

        assertThat(gone).isNotEmpty().allMatch(change -> change.message() == null);
        assertThat(identity.sql.sql("select count(*) from identity.access_changes").query(Long.class).single())
                .isZero();
    }

    @Test
    void who_did_what_is_on_a_topic_and_comes_again_as_the_same_where_nobody_knows_that_it_was_published() {
        var name = identity.newUser("advertiser");
        token(name);
        var id = idOf(name).toString();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(noted(id).map(AuditEntry::getAction)).contains("log-in"));
        assertThat(noted(id)).allSatisfy(entry -> {
            assertThat(entry.getTenant()).isEqualTo("local");
            assertThat(entry.getRoles()).contains("advertiser");
            assertThat(entry.getTraceId()).hasSize(32);
        });
        var before = noted(id).map(AuditEntry::getEntryId).toList();

        // As after a death between what Kafka has and what the table says.
        identity.sql.sql("""
                insert into identity.audit_unpublished select audit_id from identity.audit where actor = :id""")
                .param("id", id).update();
        await().atMost(PATIENCE).until(() -> noted(id).count() == 2L * before.size());
        assertThat(noted(id).map(AuditEntry::getEntryId).distinct()).containsExactlyElementsOf(before);
        assertThat(identity.sql.sql("select count(*) from identity.audit_unpublished").query(Long.class).single())
                .isZero();
    }

    @Test
    void what_was_noted_while_kafka_was_away_is_published_once_it_is_back() {
        try (var alone = new RunningIdentity("identity_audit_later", told("127.0.0.1:1"))) {
            alone.newAdvertiser();
            assertThat(alone.sql.sql("select count(*) from identity.audit_unpublished").query(Long.class).single())
                    .isGreaterThan(1);
            var outbox = new AuditOutbox(alone.sql,
                    new TransactionTemplate(alone.context.getBean(PlatformTransactionManager.class)), "identity.audit",
                    "/identity-service", new LaunchRecords());
            assertThatThrownBy(() -> outbox.publishNext(_ -> {
                throw new IllegalStateException("nobody knows whether Kafka has it");
            })).hasMessageContaining("nobody knows");
            assertThat(outbox.isPending()).isTrue();
        }
        try (var back = new RunningIdentity("identity_audit_later", told(broker.bootstrapServers()))) {
            await().atMost(PATIENCE).until(() -> back.sql.sql("select count(*) from identity.audit_unpublished")
                    .query(Long.class).single() == 0);
            assertThat(back.sql.sql("select entry_id::text from identity.audit").query(String.class).list())
                    .isNotEmpty()
                    .isSubsetOf(noted().map(AuditEntry::getEntryId).toList());
        }
    }

    private static Stream<AuditEntry> noted(String actor) {
        return noted().filter(entry -> entry.getActor().equals(actor));
    }

    private static Stream<AuditEntry> noted() {
        var encoding = new AvroEncoding();
        return broker.all(Topic.AUDIT.topicName()).stream()
                .map(record -> (AuditEntry) encoding.decode("AuditEntry", record.value()));
    }

    @Test
    void no_secret_is_on_the_topics() {
        var name = identity.newUser("advertiser");
        var key = identity.post("/api/auth/keys", token(name), Map.of("name", "app", "scopes", List.of("jobs:read")))
                .field("key");
        for (var topic : List.of(Topic.ACCESS, Topic.AUDIT)) {
            assertThat(broker.all(topic.topicName())).isNotEmpty()
                    .allSatisfy(record -> assertThat(record.value() == null
                            ? "" : new String(record.value(), StandardCharsets.ISO_8859_1))
                            .doesNotContain(key.substring(16)).doesNotContain(RunningIdentity.PASSWORD));
        }
    }

    @Test
    void where_kafka_is_away_a_change_is_made_and_says_that_others_learn_later() {
        try (var alone = new RunningIdentity("identity_alone", told("127.0.0.1:1"))) {
            var answer = alone.post("/api/auth/logout", alone.newAdvertiser(), Map.of());
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.header("access-elsewhere")).isEqualTo("later");
        }
        try (var unread = started("127.0.0.1:1")) {
            assertThat(status(unread, "/read", identity.newAdvertiser())).isEqualTo(503);
        }
    }

    private static void ends(String token) {
        await().atMost(PATIENCE).until(() -> status("/read", token) == 401);
    }

    private static String token(String name) {
        return identity.logIn(name, RunningIdentity.PASSWORD).field("accessToken");
    }

    private static RunningIdentity.Answer change(String name, Map<String, ?> change) {
        return identity.ask("PATCH", "/api/auth/users/" + idOf(name), identity.admin(),
                tools.jackson.databind.json.JsonMapper.shared().writeValueAsString(change), "127.0.0.1");
    }

    private static UUID idOf(String name) {
        return identity.sql.sql("select user_id from identity.users where username = :name").param("name", name)
                .query(UUID.class).single();
    }

    private static int status(String path, String token) {
        return status(other, path, token);
    }

    private static int status(ConfigurableApplicationContext service, String path, String token) {
        var uri = URI.create("http://127.0.0.1:" + service.getEnvironment().getRequiredProperty("local.server.port")
                + path);
        try {
            return CLIENT.send(HttpRequest.newBuilder(uri).header("authorization", "Bearer " + token).build(),
                    BodyHandlers.ofString()).statusCode();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
