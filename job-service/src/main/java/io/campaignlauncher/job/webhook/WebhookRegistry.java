package io.campaignlauncher.job.webhook;

import io.campaignlauncher.access.audit.Audit;
import io.campaignlauncher.access.audit.Caller;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Secrets;
import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.job.model.WebhookAddress;
import io.campaignlauncher.messaging.TokenCipher;
import io.campaignlauncher.messaging.WebhookSecretName;
import java.security.SecureRandom;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Webhooks as their owners change them: each change in one transaction with its line of the audit. What somebody may not see is for
 * them not there. Every call blocks.
 */
public final class WebhookRegistry {

    /** Webhooks of one owner. */
    public static final int WEBHOOKS_MAX = 20;
    /** Secrets of one webhook that sign at a time: each is a signature in every notification. */
    public static final int SECRETS_MAX = 5;
    /** How long a secret that was replaced signs beside the new one. */
    public static final Duration OVERLAP = Duration.ofHours(24);

    private static final String VISIBLE = " (cast(:tenant as text) is null or tenant = :tenant)"
            + " and (cast(:owner as text) is null or owner = :owner) ";

    private final JdbcClient sql;
    private final TransactionTemplate transactions;
    private final Audit audit;
    private final TokenCipher cipher;
    private final SecureRandom random;
    private final Clock clock;

    WebhookRegistry(JdbcClient sql, TransactionTemplate transactions, Audit audit, TokenCipher cipher,
            SecureRandom random, Clock clock) {
        this.sql = sql;
        this.transactions = transactions;
        this.audit = audit;
        this.cipher = cipher;
        this.random = random;
        this.clock = clock;
    }

    /** What becomes of an address that is to be registered. */
    public sealed interface Registration {

        /** @param secret never to be had again */
        record Made(RegisteredWebhook webhook, WebhookKey secret) implements Registration {}

        /** It was before, and stays as it is. */
        record Known(RegisteredWebhook webhook) implements Registration {}

        /** The owner has as many as one may have. */
        record TooMany() implements Registration {}
    }

    /** What becomes of a wish for a new secret. */
    public sealed interface Rotation {

        /** @param secret never to be had again @param formerUntil until when the one before signs beside it */
        record Made(RegisteredWebhook webhook, WebhookKey secret, Instant formerUntil) implements Rotation {}

        record NoSuchWebhook() implements Rotation {}

        /** As many secrets sign as may. @param until when the first of them ends */
        record TooMany(Instant until) implements Rotation {}
    }

    /** Registers an address for the jobs of who asks. @param address one that was checked */
    public Registration register(Principal asking, String address, Caller caller) {
        return Objects.requireNonNull(transactions.execute(_ -> {
            // Two at once must not both be the last that there is room for.
            sql.sql("select pg_advisory_xact_lock(hashtextextended('webhooks ' || :tenant || '/' || :owner, 0))")
                    .param("tenant", asking.tenant()).param("owner", asking.subject()).query().listOfRows();
            var known = sql.sql("select * from webhooks where tenant = :tenant and owner = :owner"
                    + " and address_hash = :hash")
                    .param("tenant", asking.tenant()).param("owner", asking.subject())
                    .param("hash", Secrets.hash(address)).query(RegisteredWebhook::of).optional();
            if (known.isPresent()) {
                return new Registration.Known(known.get());
            }
            if (sql.sql("select count(*) from webhooks where tenant = :tenant and owner = :owner")
                    .param("tenant", asking.tenant()).param("owner", asking.subject()).query(Integer.class)
                    .single() >= WEBHOOKS_MAX) {
                return new Registration.TooMany();
            }
            var webhook = sql.sql("""
                    insert into webhooks (webhook_id, tenant, owner, address, address_hash, created_at)
                    values (:id, :tenant, :owner, :address, :hash, :now) returning *""")
                    .param("id", UUID.randomUUID()).param("tenant", asking.tenant()).param("owner", asking.subject())
                    .param("address", address).param("hash", Secrets.hash(address)).param("now", now())
                    .query(RegisteredWebhook::of).single();
            var secret = newSecret(webhook, 1);
            noted(caller, "webhook.register", webhook, "ok");
            return new Registration.Made(webhook, secret);
        }));
    }

    /** Makes a new secret; those before go on signing for a while, so that receivers change in their own time. */
    public Rotation rotate(Visibility visible, UUID webhookId, Caller caller) {
        return Objects.requireNonNull(transactions.execute(_ -> {
            var found = one(visible, webhookId, "for update");
            if (found.isEmpty()) {
                return new Rotation.NoSuchWebhook();
            }
            var webhook = found.get();
            var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            sql.sql("delete from webhook_secrets where webhook_id = :id and signs_until <= :now")
                    .param("id", webhookId).param("now", utc(now)).update();
            var ends = sql.sql("""
                    select signs_until from webhook_secrets where webhook_id = :id and signs_until is not null
                    order by signs_until""")
                    .param("id", webhookId).query(OffsetDateTime.class).list();
            if (ends.size() + 1 >= SECRETS_MAX) {
                return new Rotation.TooMany(ends.getFirst().toInstant());
            }
            var formerUntil = now.plus(OVERLAP);
            int generation = sql.sql("""
                    update webhook_secrets set signs_until = :until where webhook_id = :id and signs_until is null
                    returning generation""")
                    .param("until", utc(formerUntil)).param("id", webhookId).query(Integer.class).single() + 1;
            var secret = newSecret(webhook, generation);
            noted(caller, "webhook.rotate", webhook, "ok: generation " + generation);
            return new Rotation.Made(webhook, secret, formerUntil);
        }));
    }

    /** Nothing is sent there any more, what waits neither. @return whether there was one */
    public boolean delete(Visibility visible, UUID webhookId, Caller caller) {
        return Boolean.TRUE.equals(transactions.execute(_ -> {
            var deleted = scoped(sql.sql("delete from webhooks where webhook_id = :id and" + VISIBLE + "returning *")
                    .param("id", webhookId), visible).query(RegisteredWebhook::of).optional();
            deleted.ifPresent(webhook -> noted(caller, "webhook.delete", webhook, "ok"));
            return deleted.isPresent();
        }));
    }

    /** Those that are visible, in the order of their ids. @param after the last one of the page before */
    public List<RegisteredWebhook> list(Visibility visible, @Nullable UUID after, int limit) {
        return scoped(sql.sql("select * from webhooks where (cast(:after as uuid) is null or webhook_id > :after) and"
                + VISIBLE + "order by webhook_id limit :limit")
                .param("after", after, Types.OTHER).param("limit", limit), visible)
                .query(RegisteredWebhook::of).list();
    }

    /** Those whose last attempt failed, the latest first. */
    public List<RegisteredWebhook> failing(Visibility visible, int limit) {
        return scoped(sql.sql("select * from webhooks where last_failed_at > coalesce(last_delivered_at, '-infinity')"
                + " and" + VISIBLE + "order by last_failed_at desc limit :limit").param("limit", limit), visible)
                .query(RegisteredWebhook::of).list();
    }

    private Optional<RegisteredWebhook> one(Visibility visible, UUID webhookId, String lock) {
        return scoped(sql.sql("select * from webhooks where webhook_id = :id and" + VISIBLE + lock)
                .param("id", webhookId), visible).query(RegisteredWebhook::of).optional();
    }

    private static JdbcClient.StatementSpec scoped(JdbcClient.StatementSpec statement, Visibility visible) {
        return statement.param("tenant", visible.tenant(), Types.VARCHAR)
                .param("owner", visible.owner(), Types.VARCHAR);
    }

    private WebhookKey newSecret(RegisteredWebhook webhook, int generation) {
        var secret = WebhookKey.next(random);
        var name = new WebhookSecretName(webhook.ownership().tenant(), webhook.id(), generation);
        sql.sql("""
                insert into webhook_secrets (webhook_id, generation, encrypted, created_at)
                values (:id, :generation, :encrypted, :now)""")
                .param("id", webhook.id()).param("generation", generation)
                .param("encrypted", cipher.encrypt(name.key(), secret.text())).param("now", now())
                .update();
        return secret;
    }

    private void noted(Caller caller, String action, RegisteredWebhook webhook, String outcome) {
        audit.note(caller, action, webhook.id() + " " + WebhookAddress.shown(webhook.address()), outcome);
    }

    private OffsetDateTime now() {
        return utc(clock.instant());
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
