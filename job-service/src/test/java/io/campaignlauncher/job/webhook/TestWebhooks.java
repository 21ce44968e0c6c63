package io.campaignlauncher.job.webhook;

import io.campaignlauncher.access.audit.Audit;
import io.campaignlauncher.access.audit.Caller;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.messaging.TokenCipher;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Registered webhooks of a real database, for tests of other packages too. */
public record TestWebhooks(WebhookRegistry registry, WebhookSecrets secrets, WebhookAdmission admission) {

    public static TestWebhooks on(DataSource dataSource, Clock clock) {
        return on(dataSource, clock, key(1));
    }

    /** @param keys as {@code launch.credentials.key} has them */
    public static TestWebhooks on(DataSource dataSource, Clock clock, String keys) {
        var sql = JdbcClient.create(dataSource);
        var cipher = TokenCipher.withKey(keys);
        var secrets = new WebhookSecrets(sql, cipher);
        return new TestWebhooks(new WebhookRegistry(sql, new TransactionTemplate(
                new JdbcTransactionManager(dataSource)), new Audit(sql, "audit"), cipher, new SecureRandom(), clock),
                secrets, WebhookAdmission.ofRegistered(secrets));
    }

    public static String key(int filling) {
        var bytes = new byte[32];
        Arrays.fill(bytes, (byte) filling);
        return Base64.getEncoder().encodeToString(bytes);
    }

    public static Caller caller(Principal principal) {
        return new Caller(principal, null, new byte[]{ 1 });
    }

    /** Registers an address that is new. */
    public WebhookRegistry.Registration.Made registered(Principal asking, String address) {
        return (WebhookRegistry.Registration.Made) registry.register(asking, address, caller(asking));
    }

    /** Gives a webhook a new secret. */
    public WebhookKey rotated(Principal asking, UUID id) {
        return ((WebhookRegistry.Rotation.Made) registry.rotate(Visibility.asAdmin(asking), id, caller(asking)))
                .secret();
    }
}
