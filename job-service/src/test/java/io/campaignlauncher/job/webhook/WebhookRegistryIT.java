package io.campaignlauncher.job.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.job.model.Ownership;
import io.campaignlauncher.job.view.TestInfrastructure;
import io.campaignlauncher.job.webhook.WebhookRegistry.Registration;
import io.campaignlauncher.job.webhook.WebhookRegistry.Rotation;
import io.campaignlauncher.job.webhook.WebhookSecrets.Found;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Registered webhooks on a real database. */
class WebhookRegistryIT {

    private static final String ADDRESS = "https://example.com/hook?key=behind-the-host";
    private static final Principal ANN = somebody("acme", "ann", Role.ADVERTISER);
    private static final Principal BOB = somebody("acme", "bob", Role.ADVERTISER, Role.MODERATOR);
    private static final Principal ADA = somebody("acme", "ada", Role.ADMIN);
    private static final Principal NAMESAKE = somebody("other", "ann", Role.ADMIN);
    private static final Principal ROOT = somebody("other", "root", Role.SUPER_ADMIN);
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private static DataSource dataSource;
    private final JdbcTemplate jdbc = new JdbcTemplate(dataSource);
    private final TestWebhooks webhooks = at(NOW);

    private static Principal somebody(String tenant, String subject, Role... roles) {
        return new Principal(tenant, subject, subject, Set.of(roles), new Principal.Session(new UUID(1, 1)));
    }

    @BeforeAll
    static void database() {
        dataSource = TestInfrastructure.database("webhook_registry");
    }

    @BeforeEach
    void nothing_is_registered() {
        jdbc.execute("delete from webhooks");
    }

    @Test
    void makes_a_secret_of_32_bytes_that_is_stored_encrypted_alone() {
        var made = webhooks.registered(ANN, ADDRESS);

        assertThat(made.secret().text()).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(made.secret().bytes()).hasSize(32);
        assertThat(made.toString() + made.secret()).doesNotContain(made.secret().text(), "behind-the-host");
        var stored = jdbc.queryForObject("select encrypted from webhook_secrets", byte[].class);
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("whsec_",
                new String(made.secret().bytes(), StandardCharsets.ISO_8859_1));
        assertThat(keys(ANN, NOW)).containsExactly(made.secret());
        assertThat(webhooks.registered(BOB, ADDRESS).secret()).as("each has its own").isNotEqualTo(made.secret());
    }

    @Test
    void an_address_that_is_registered_again_keeps_its_secret() {
        var made = webhooks.registered(ANN, ADDRESS);

        assertThat(webhooks.registry().register(ANN, ADDRESS, TestWebhooks.caller(ANN)))
                .isEqualTo(new Registration.Known(made.webhook()));
        assertThat(keys(ANN, NOW)).containsExactly(made.secret());
    }

    @Test
    void the_secret_of_one_owner_signs_nothing_for_another() {
        webhooks.registered(ANN, ADDRESS);

        for (var other : List.of(new Ownership("acme", "bob"), new Ownership("other", "ann"))) {
            assertThat(webhooks.secrets().find(other, ADDRESS, NOW)).isEqualTo(new Found.NotRegistered());
            assertThat(webhooks.secrets().isRegistered(other, ADDRESS)).isFalse();
        }
        assertThat(webhooks.secrets().find(new Ownership("acme", "ann"), ADDRESS + "x", NOW))
                .isEqualTo(new Found.NotRegistered());
        assertThat(webhooks.secrets().isRegistered(new Ownership("acme", "ann"), ADDRESS)).isTrue();
    }

    @Test
    void each_sees_and_changes_their_own_and_admins_those_of_their_tenant() {
        var anns = webhooks.registered(ANN, ADDRESS).webhook();
        var bobs = webhooks.registered(BOB, ADDRESS).webhook();
        var namesakes = webhooks.registered(NAMESAKE, ADDRESS).webhook();

        assertThat(seenBy(ANN)).containsExactly(anns);
        assertThat(seenBy(BOB)).as("a moderator, too").containsExactly(bobs);
        assertThat(seenBy(ADA)).containsExactlyInAnyOrder(anns, bobs);
        assertThat(seenBy(NAMESAKE)).containsExactly(namesakes);
        assertThat(seenBy(ROOT)).containsExactlyInAnyOrder(anns, bobs, namesakes);

        for (var foreign : List.of(BOB, NAMESAKE)) {
            assertThat(rotate(webhooks, foreign, anns.id())).isEqualTo(new Rotation.NoSuchWebhook());
            assertThat(delete(foreign, anns.id())).isFalse();
        }
        assertThat(rotate(webhooks, ANN, UUID.randomUUID())).isEqualTo(new Rotation.NoSuchWebhook());
        assertThat(keys(ANN, NOW)).hasSize(1);
        assertThat(rotate(webhooks, ADA, anns.id())).isInstanceOf(Rotation.Made.class);
        assertThat(delete(ADA, bobs.id())).isTrue();
        assertThat(delete(ROOT, namesakes.id())).isTrue();
        assertThat(seenBy(ROOT)).extracting(RegisteredWebhook::id).containsExactly(anns.id());
        assertThat(jdbc.queryForObject("select count(*) from webhook_secrets where webhook_id <> ?", Integer.class,
                anns.id())).as("secrets go with their webhook").isZero();
    }

    @Test
    void lists_page_by_page() {
        var ids = IntStream.range(0, 5).mapToObj(i -> webhooks.registered(ANN, ADDRESS + i).webhook().id()).toList();

        var first = webhooks.registry().list(Visibility.asAdmin(ANN), null, 3);
        var second = webhooks.registry().list(Visibility.asAdmin(ANN), first.getLast().id(), 3);

        assertThat(first).hasSize(3);
        assertThat(second).hasSize(2);
        assertThat(first.stream().map(RegisteredWebhook::id).toList()).doesNotContainAnyElementsOf(
                second.stream().map(RegisteredWebhook::id).toList());
        assertThat(ids).containsAll(second.stream().map(RegisteredWebhook::id).toList());
    }

    @Test
    void nobody_has_more_webhooks_than_the_bound_however_many_ask_at_once() {
        try (var threads = Executors.newFixedThreadPool(4)) {
            var asked = IntStream.range(0, WebhookRegistry.WEBHOOKS_MAX + 10).mapToObj(i -> CompletableFuture
                    .supplyAsync(() -> webhooks.registry().register(ANN, ADDRESS + i, TestWebhooks.caller(ANN)),
                            threads))
                    .toList();
            var outcomes = asked.stream().map(CompletableFuture::join).toList();
            assertThat(outcomes).filteredOn(Registration.Made.class::isInstance)
                    .hasSize(WebhookRegistry.WEBHOOKS_MAX);
            assertThat(outcomes).filteredOn(new Registration.TooMany()::equals).hasSize(10);
        }
        assertThat(webhooks.registered(BOB, ADDRESS).webhook().ownership().owner()).isEqualTo("bob");
    }

    @Test
    void a_secret_that_was_replaced_signs_beside_the_new_one_for_a_day() {
        var made = webhooks.registered(ANN, ADDRESS);

        var rotated = (Rotation.Made) rotate(webhooks, ANN, made.webhook().id());

        assertThat(rotated.formerUntil()).isEqualTo(NOW.plus(Duration.ofHours(24)));
        assertThat(keys(ANN, NOW)).containsExactly(rotated.secret(), made.secret());
        assertThat(keys(ANN, rotated.formerUntil().minusMillis(1))).hasSize(2);
        assertThat(keys(ANN, rotated.formerUntil())).containsExactly(rotated.secret());
        webhooks.secrets().forgetEnded(rotated.formerUntil().minusMillis(1));
        assertThat(keys(ANN, NOW)).hasSize(2);
        webhooks.secrets().forgetEnded(rotated.formerUntil());
        assertThat(keys(ANN, NOW)).containsExactly(rotated.secret());
    }

    @Test
    void whoever_lost_the_answer_asks_again_and_the_secret_of_the_receivers_goes_on_signing() {
        var made = webhooks.registered(ANN, ADDRESS);
        var id = made.webhook().id();
        webhooks.rotated(ANN, id);
        var second = webhooks.rotated(ANN, id);
        assertThat(keys(ANN, NOW)).hasSize(3).startsWith(second).endsWith(made.secret());

        for (int i = 4; i <= WebhookRegistry.SECRETS_MAX; i++) {
            webhooks.rotated(ANN, id);
        }
        var ends = NOW.plus(WebhookRegistry.OVERLAP);
        assertThat(rotate(webhooks, ANN, id)).isEqualTo(new Rotation.TooMany(ends));
        assertThat(keys(ANN, NOW)).hasSize(WebhookRegistry.SECRETS_MAX).endsWith(made.secret());
        var later = at(ends);
        later.rotated(ANN, id);
        assertThat(keys(ANN, ends)).hasSize(2);
    }

    @Test
    void a_secret_that_was_moved_is_none() {
        var anns = webhooks.registered(ANN, ADDRESS);
        var bobs = webhooks.registered(BOB, ADDRESS);
        jdbc.update(
                "update webhook_secrets set encrypted = (select encrypted from webhook_secrets where webhook_id = ?)"
                        + " where webhook_id = ?",
                anns.webhook().id(), bobs.webhook().id());
        assertThat(webhooks.secrets().find(bobs.webhook().ownership(), ADDRESS, NOW))
                .isEqualTo(new Found.Unreadable());

        jdbc.update("update webhook_secrets set generation = 7 where webhook_id = ?", anns.webhook().id());
        assertThat(webhooks.secrets().find(anns.webhook().ownership(), ADDRESS, NOW))
                .isEqualTo(new Found.Unreadable());
    }

    @Test
    void where_the_key_was_lost_a_new_secret_signs_without_the_one_before() {
        var id = webhooks.registered(ANN, ADDRESS).webhook().id();
        var withoutKey = TestWebhooks.on(dataSource, Clock.fixed(NOW, ZoneOffset.UTC), TestWebhooks.key(2));
        var ownership = new Ownership("acme", "ann");
        assertThat(withoutKey.secrets().find(ownership, ADDRESS, NOW)).isEqualTo(new Found.Unreadable());

        var newer = withoutKey.rotated(ANN, id);
        assertThat(withoutKey.secrets().find(ownership, ADDRESS, NOW))
                .isEqualTo(new Found.Registered(id, List.of(newer)));
        assertThat(webhooks.secrets().find(ownership, ADDRESS, NOW)).as("who lacks the newest key signs with none")
                .isEqualTo(new Found.Unreadable());
    }

    @Test
    void every_change_has_its_line_in_the_audit_and_none_is_made_without() {
        int before = lines();
        var webhook = webhooks.registered(ANN, ADDRESS).webhook();
        webhooks.rotated(ADA, webhook.id());
        delete(BOB, webhook.id());
        assertThat(jdbc.queryForList("select actor || ' ' || action || ' ' || subject || ' ' || outcome from audit"
                + " order by audit_id offset ?", String.class, before)).containsExactly(
                        "ann webhook.register " + webhook.id() + " https://example.com ok",
                        "ada webhook.rotate " + webhook.id() + " https://example.com ok: generation 2");

        jdbc.execute("alter table audit rename to hidden");
        try {
            assertThatThrownBy(() -> webhooks.registered(ANN, ADDRESS + "2")).isInstanceOf(DataAccessException.class);
            assertThatThrownBy(() -> webhooks.rotated(ANN, webhook.id())).isInstanceOf(DataAccessException.class);
            assertThatThrownBy(() -> delete(ANN, webhook.id())).isInstanceOf(DataAccessException.class);
        } finally {
            jdbc.execute("alter table hidden rename to audit");
        }
        assertThat(seenBy(ANN)).containsExactly(webhook);
        assertThat(keys(ANN, NOW)).hasSize(2);
        assertThat(delete(ANN, webhook.id())).isTrue();
        assertThat(lines()).isEqualTo(before + 3);
    }

    private static TestWebhooks at(Instant now) {
        return TestWebhooks.on(dataSource, Clock.fixed(now, ZoneOffset.UTC));
    }

    private List<RegisteredWebhook> seenBy(Principal principal) {
        return webhooks.registry().list(Visibility.asAdmin(principal), null, 100);
    }

    private List<WebhookKey> keys(Principal owner, Instant now) {
        return ((Found.Registered) webhooks.secrets().find(new Ownership(owner.tenant(), owner.subject()), ADDRESS,
                now)).keys();
    }

    private static Rotation rotate(TestWebhooks webhooks, Principal principal, UUID id) {
        return webhooks.registry().rotate(Visibility.asAdmin(principal), id, TestWebhooks.caller(principal));
    }

    private boolean delete(Principal principal, UUID id) {
        return webhooks.registry().delete(Visibility.asAdmin(principal), id, TestWebhooks.caller(principal));
    }

    private int lines() {
        return jdbc.queryForObject("select count(*) from audit", Integer.class);
    }
}
