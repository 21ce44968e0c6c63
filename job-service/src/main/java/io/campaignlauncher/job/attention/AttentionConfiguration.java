package io.campaignlauncher.job.attention;

import io.campaignlauncher.job.letters.LetterTable;
import io.campaignlauncher.job.look.RefusedTokens;
import io.campaignlauncher.job.webhook.WebhookRegistry;
import io.campaignlauncher.messaging.Credentials;
import io.campaignlauncher.messaging.KillSwitches;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What waits for a person. Needs a DataSource, KillSwitches, Credentials, the dead letters, the webhooks and a Clock. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AttentionSettings.class)
public class AttentionConfiguration {

    @Bean
    public Attention attention(DataSource dataSource, KillSwitches switches, LetterTable letters,
            Credentials credentials, WebhookRegistry webhooks, AttentionSettings settings, Clock clock) {
        var sql = JdbcClient.create(dataSource);
        return new Attention(new JobsInNeed(sql), switches, letters, credentials, new RefusedTokens(sql), webhooks,
                settings, clock);
    }
}
