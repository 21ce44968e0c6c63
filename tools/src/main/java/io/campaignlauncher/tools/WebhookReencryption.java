package io.campaignlauncher.tools;

import io.campaignlauncher.messaging.TokenCipher;
import io.campaignlauncher.messaging.WebhookSecretName;
import io.campaignlauncher.tools.events.EventStore;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Writes the secrets of registered webhooks anew, under the first key, each only over what was read: one that is deleted or written by
 * another meanwhile stays as it is then.
 */
final class WebhookReencryption implements AutoCloseable {

    private static final int PAGE = 500;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final SingleConnectionDataSource connection;
    private final JdbcClient sql;
    private final TokenCipher cipher;

    /** As it was read. */
    record Secret(WebhookSecretName name, byte[] encrypted) {}

    /**
     * What was done.
     *
     * @param done    encrypted with the first key
     * @param already were so before
     * @param sealed  webhooks with a secret that no key opens
     */
    record Result(int done, int already, Set<String> sealed) {}

    WebhookReencryption(EventStore.Address address, TokenCipher cipher) throws SQLException {
        this.connection = new SingleConnectionDataSource(address.connect(), true);
        this.sql = JdbcClient.create(connection);
        this.cipher = cipher;
    }

    /** Blocks. */
    Result run() {
        int done = 0;
        int already = 0;
        var sealed = new TreeSet<String>();
        var page = after(BEFORE_ALL, 0);
        while (!page.isEmpty()) {
            for (var secret : page) {
                try {
                    var anew = cipher.underFirstKey(secret.name().key(), secret.encrypted());
                    if (anew.isEmpty()) {
                        already++;
                    } else if (write(secret, anew.get())) {
                        done++;
                    }
                } catch (GeneralSecurityException e) {
                    sealed.add(secret.name().webhookId().toString());
                }
            }
            var last = page.getLast().name();
            page = after(last.webhookId(), last.generation());
        }
        return new Result(done, already, sealed);
    }

    private List<Secret> after(UUID webhookId, int generation) {
        return sql.sql("""
                select webhook_id, generation, tenant, encrypted from webhook_secrets join webhooks using (webhook_id)
                where (webhook_id, generation) > (:id, :generation) order by webhook_id, generation limit :page""")
                .param("id", webhookId).param("generation", generation).param("page", PAGE)
                .query((row, _) -> new Secret(new WebhookSecretName(row.getString("tenant"),
                        row.getObject("webhook_id", UUID.class), row.getInt("generation")), row.getBytes("encrypted")))
                .list();
    }

    /** @return false where it is not there any more as it was read */
    boolean write(Secret read, byte[] anew) {
        return sql.sql("""
                update webhook_secrets set encrypted = :anew
                where webhook_id = :id and generation = :generation and encrypted = :read""")
                .param("anew", anew).param("id", read.name().webhookId())
                .param("generation", read.name().generation()).param("read", read.encrypted())
                .update() == 1;
    }

    @Override
    public void close() {
        connection.destroy();
    }
}
