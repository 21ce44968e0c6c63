package io.campaignlauncher.job.webhook;

import io.campaignlauncher.access.audit.Audit;
import io.campaignlauncher.messaging.CredentialSettings;
import io.campaignlauncher.messaging.SecurityMode;
import io.campaignlauncher.messaging.Settings;
import io.campaignlauncher.messaging.TokenCipher;
import java.security.SecureRandom;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Registered webhooks. Needs a DataSource with its transactions, the Audit, a Clock and {@code launch.credentials.key}. */
@Configuration(proxyBeanMethods = false)
public class WebhookConfiguration {

    @Bean
    WebhookSecrets webhookSecrets(DataSource dataSource, Environment environment) {
        return new WebhookSecrets(JdbcClient.create(dataSource), cipher(environment));
    }

    @Bean
    WebhookRegistry webhookRegistry(DataSource dataSource, PlatformTransactionManager transactions, Audit audit,
            Environment environment, Clock clock) {
        return new WebhookRegistry(JdbcClient.create(dataSource), new TransactionTemplate(transactions), audit,
                cipher(environment), new SecureRandom(), clock);
    }

    @Bean
    WebhookAdmission webhookAdmission(WebhookSecrets secrets, Environment environment) {
        return switch (SecurityMode.of(environment)) {
            case LOCAL -> WebhookAdmission.ofAny();
            case TOKENS -> WebhookAdmission.ofRegistered(secrets);
        };
    }

    private static TokenCipher cipher(Environment environment) {
        return TokenCipher.withKey(Settings.of(environment, CredentialSettings.class).requiredKey());
    }
}
