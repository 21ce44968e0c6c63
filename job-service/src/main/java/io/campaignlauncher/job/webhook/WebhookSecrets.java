package io.campaignlauncher.job.webhook;

import io.campaignlauncher.access.model.Secrets;
import io.campaignlauncher.job.model.Ownership;
import io.campaignlauncher.messaging.TokenCipher;
import io.campaignlauncher.messaging.WebhookSecretName;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Registered webhooks as whoever takes or tells of a job knows them: by whose the job is and by their address. Every call blocks. */
public final class WebhookSecrets {

    private static final String OF_OWNER = " tenant = :tenant and owner = :owner and address_hash = :hash ";

    private final JdbcClient sql;
    private final TokenCipher cipher;

    private record Row(UUID webhookId, int generation, byte[] encrypted) {}

    WebhookSecrets(JdbcClient sql, TokenCipher cipher) {
        this.sql = sql;
        this.cipher = cipher;
    }

    /** What is known of an address. */
    public sealed interface Found {

        /** The owner has no such webhook. */
        record NotRegistered() implements Found {}

        /** Its newest secret is encrypted with a key that this instance does not have. */
        record Unreadable() implements Found {}

        /** @param keys that sign, the newest first: one or more. One that was replaced and cannot be read is left out */
        record Registered(UUID webhookId, List<WebhookKey> keys) implements Found {}
    }

    public boolean isRegistered(Ownership ownership, String address) {
        return sql.sql("select exists (select 1 from webhooks where" + OF_OWNER + ")")
                .param("tenant", ownership.tenant()).param("owner", ownership.owner())
                .param("hash", Secrets.hash(address)).query(Boolean.class).single();
    }

    /** The secrets that sign what is sent at this time. */
    public Found find(Ownership ownership, String address, Instant now) {
        var rows = sql.sql("select webhook_id, generation, encrypted from webhooks join webhook_secrets"
                + " using (webhook_id) where" + OF_OWNER
                + "and (signs_until is null or signs_until > :now) order by generation desc")
                .param("tenant", ownership.tenant()).param("owner", ownership.owner())
                .param("hash", Secrets.hash(address)).param("now", utc(now))
                .query((row, _) -> new Row(row.getObject("webhook_id", UUID.class), row.getInt("generation"),
                        row.getBytes("encrypted")))
                .list();
        if (rows.isEmpty()) {
            return new Found.NotRegistered();
        }
        var keys = rows.stream().map(row -> opened(ownership, row)).toList();
        return keys.getFirst().isEmpty() ? new Found.Unreadable()
                : new Found.Registered(rows.getFirst().webhookId(), keys.stream().flatMap(Optional::stream).toList());
    }

    private Optional<WebhookKey> opened(Ownership ownership, Row row) {
        var name = new WebhookSecretName(ownership.tenant(), row.webhookId(), row.generation());
        try {
            return Optional.of(new WebhookKey(cipher.decrypt(name.key(), row.encrypted())));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /** Notes for its owner what came of an attempt, once a minute where it is always the same. @param error null: it was taken */
    public void noteOutcome(UUID webhookId, @Nullable String error, Instant now) {
        var change = error == null ? """
                update webhooks set last_delivered_at = :now where webhook_id = :id
                and (last_delivered_at is null or last_delivered_at < :now - interval '1 minute')"""
                : """
                        update webhooks set last_failed_at = :now, last_error = :error where webhook_id = :id
                        and (last_failed_at is null or last_failed_at < :now - interval '1 minute' or last_error <> :error)""";
        var statement = sql.sql(change).param("id", webhookId).param("now", utc(now));
        (error == null ? statement : statement.param("error", error)).update();
    }

    /** Deletes secrets that sign no more. */
    public void forgetEnded(Instant now) {
        sql.sql("delete from webhook_secrets where signs_until <= :now").param("now", utc(now)).update();
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
