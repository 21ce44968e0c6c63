package io.campaignlauncher.identity.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import io.campaignlauncher.access.audit.Audit;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.identity.store.SigningKeys;
import io.campaignlauncher.identity.store.User;
import io.campaignlauncher.identity.store.Users;
import io.campaignlauncher.messaging.TokenCipher;
import io.campaignlauncher.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.transaction.support.TransactionTemplate;

class SigningKeysIT {

    private static final Duration LIFE = Duration.ofDays(30);
    private static final int INSTANCES = 4;
    private static JdbcClient sql;
    private static TransactionTemplate transactions;

    @BeforeAll
    static void tables() {
        var server = TestDatabase.shared();
        var source = new DriverManagerDataSource(server.createDatabase("identity_keys"), server.username(),
                server.password());
        Flyway.configure().dataSource(source).schemas("identity").locations("classpath:db/identity").load().migrate();
        sql = JdbcClient.create(source);
        transactions = new TransactionTemplate(new JdbcTransactionManager(source));
    }

    @BeforeEach
    void noKeys() {
        sql.sql("delete from identity.signing_keys").update();
    }

    private static KeyRing ring(int... keys) {
        return new KeyRing(new SigningKeys(sql, transactions, LIFE),
                TokenCipher.withKey(IntStream.of(keys).mapToObj(key -> {
                    var bytes = new byte[32];
                    bytes[0] = (byte) key;
                    return Base64.getEncoder().encodeToString(bytes);
                }).collect(Collectors.joining(","))), Clock.systemUTC());
    }

    private static AccessTokens tokens(KeyRing ring) {
        return new AccessTokens(ring, "issuer", "audience", Duration.ofMinutes(10), Clock.systemUTC());
    }

    private static String token(KeyRing ring) {
        return tokens(ring).maker()
                .make(new User(UUID.randomUUID(), "local", "ann", "-", Set.of(Role.ADVERTISER), false, 3,
                        Instant.EPOCH), UUID.randomUUID());
    }

    private static void signingSince(Duration ago) {
        sql.sql("update identity.signing_keys set signing_since = clock_timestamp() - make_interval(secs => :ago) where state = 'signing'")
                .param("ago", ago.toSeconds()).update();
    }

    @Test
    void the_next_key_signs_in_its_time_and_was_published_before() {
        var before = ring(0);
        var first = token(before);
        var published = ids(before);
        signingSince(LIFE);
        var after = ring(0);

        assertThat(after.signing().getKeyID()).isNotEqualTo(before.signing().getKeyID()).isIn(published);
        assertThat(ids(after)).hasSize(3).containsAll(published);
        assertThat(tokens(after).decoder().decode(first).block().getClaimAsString("tv")).isEqualTo("3");
        assertThat(tokens(before).decoder().decode(token(after)).block()).as("by who has not read the keys again")
                .isNotNull();
    }

    @Test
    void a_key_that_signs_no_more_is_forgotten_when_its_tokens_are() {
        var first = token(ring(0));
        signingSince(LIFE);
        ring(0).published();
        sql.sql("update identity.signing_keys set retired_at = retired_at - interval '3 hours' where state = 'retired'")
                .update();
        var later = ring(0);

        assertThat(ids(later)).hasSize(2);
        assertThatThrownBy(() -> tokens(later).decoder().decode(first).block())
                .isInstanceOf(BadJwtException.class);
    }

    @Test
    void of_several_instances_one_makes_and_changes_the_keys() throws Exception {
        assertThat(atOnce()).hasSize(1);
        signingSince(LIFE);
        assertThat(atOnce()).hasSize(1);
        assertThat(ids(ring(0))).hasSize(3);
    }

    /** The keys that sign, by all instances. */
    private static Set<String> atOnce() throws Exception {
        try (var threads = Executors.newFixedThreadPool(INSTANCES)) {
            var found = threads.invokeAll(IntStream.range(0, INSTANCES)
                    .<Callable<String>>mapToObj(_ -> () -> ring(0).signing().getKeyID()).toList());
            return found.stream().map(Future::resultNow).collect(Collectors.toSet());
        }
    }

    @Test
    void another_credentials_key_opens_none_and_the_error_says_which_setting() {
        ring(0).published();

        assertThatThrownBy(() -> ring(1).signing()).hasMessageContaining("launch.credentials.key");
    }

    @Test
    void with_the_older_key_beside_a_new_one_all_are_encrypted_anew_and_it_is_needed_no_more() {
        var signing = ring(0).signing().getKeyID();
        assertThat(ring(1, 0).signing().getKeyID()).isEqualTo(signing);

        assertThat(ring(1).signing().getKeyID()).isEqualTo(signing);
        signingSince(LIFE);
        assertThat(ring(1).signing().getKeyID()).as("the next one").isNotEqualTo(signing);
        assertThatThrownBy(() -> ring(0).signing()).hasMessageContaining("launch.credentials.key");
    }

    @Test
    void private_keys_are_not_stored_in_the_clear() {
        var ring = ring(0);
        var secret = ring.signing().getD().toString();
        var stored = sql.sql("select encode(private_key, 'escape') || public_key from identity.signing_keys")
                .query(String.class).list();

        assertThat(stored).hasSize(2).allSatisfy(row -> assertThat(row).doesNotContain(secret, "\"d\""));
    }

    @Test
    void of_several_instances_that_start_at_once_one_makes_the_first_admin() throws Exception {
        var users = new Users(sql, transactions, new Audit(sql, "identity.audit"));
        var written = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(INSTANCES)) {
            var made = threads.invokeAll(IntStream.range(0, INSTANCES)
                    .<Callable<Boolean>>mapToObj(_ -> () -> users.makeFirst(UUID.randomUUID(),
                            "local", "admin", () -> "hash " + written.incrementAndGet()))
                    .toList());
            assertThat(made.stream().filter(Future::resultNow)).hasSize(1);
        }
        assertThat(written).hasValue(1);
        assertThat(users.named("admin")).hasValueSatisfying(
                admin -> assertThat(admin.roles()).containsExactly(Role.SUPER_ADMIN));
    }

    private static List<String> ids(KeyRing ring) {
        return ring.published().getKeys().stream().map(JWK::getKeyID).toList();
    }
}
