package io.campaignlauncher.job.notify;

import io.campaignlauncher.job.listening.BatchListeners;
import io.campaignlauncher.job.listening.BatchSettings;
import io.campaignlauncher.job.listening.ListeningConfiguration;
import io.campaignlauncher.job.model.WebhookRules;
import io.campaignlauncher.job.notify.model.SigningSecrets;
import io.campaignlauncher.job.stored.JobHistory;
import io.campaignlauncher.job.webhook.WebhookSecrets;
import io.campaignlauncher.messaging.AccessTokens;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.messaging.Readiness;
import io.campaignlauncher.messaging.SecurityMode;
import io.campaignlauncher.messaging.ServiceSeal;
import io.campaignlauncher.messaging.SwitchedListener;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Notifications by webhook. Needs a DataSource, KafkaSettings, LaunchRecords, a MeterRegistry, a Clock, WebhookSecrets and, in mode
 * {@code local}, {@code launch.webhook.secret}; there nothing is read or sent without it, and what has happened waits on its topic.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ WebhookSettings.class, WebhookSecret.class })
@Import(ListeningConfiguration.class)
public class NotifyConfiguration {

    static final String GROUP = "webhooks";
    private static final Logger LOG = LoggerFactory.getLogger(NotifyConfiguration.class);
    private static final String THREADS = "notificationContainer";
    private static final String SECRET = "launch.webhook.secret";
    private static final int POLL_RECORDS_MAX = 1_000;
    /** Nobody waits for a notification by the millisecond: polls that gather cost a busy system next to nothing. */
    private static final Duration LINGER = Duration.ofMillis(250);
    private static final Duration RETRY_DELAY = Duration.ofMillis(500);
    private static final Duration RETRY_DELAY_MAX = Duration.ofSeconds(10);

    @Bean
    NotifiedJobs notifiedJobs(DataSource dataSource, LaunchRecords records) {
        return new NotifiedJobs(new JobHistory(dataSource, records.encoding()));
    }

    @Bean
    DeliverySigning deliverySigning(WebhookSecret secret, WebhookSettings settings, WebhookSecrets webhooks,
            NotifiedJobs jobs, Environment environment) {
        var secrets = SigningSecrets.of(secret.secret());
        var signing = new DeliverySigning(webhooks, jobs, secrets,
                SecurityMode.of(environment) == SecurityMode.TOKENS);
        if (!signing.isOffered()) {
            LOG.info("{} is not set: nobody is told by webhook, and requests that name one are refused", SECRET);
        } else if (settings.allowPrivateAddresses()) {
            LOG.warn("launch.webhook.allow-private-addresses is on: requests can make this service call any address of "
                    + "its own network");
        }
        return signing;
    }

    @Bean
    WebhookRules webhookRules(DeliverySigning signing, WebhookSettings settings) {
        return new WebhookRules(signing.isOffered(), settings.allowPrivateAddresses());
    }

    @Bean
    WebhookMeters webhookMeters(MeterRegistry registry) {
        return new WebhookMeters(registry);
    }

    @Bean
    WebhookDeliveries webhookDeliveries(DataSource dataSource) {
        return new WebhookDeliveries(JdbcClient.create(dataSource));
    }

    @Bean
    WebhookCourier webhookCourier(WebhookDeliveries deliveries, WebhookSecrets webhooks, DeliverySigning signing,
            WebhookSettings settings, WebhookMeters meters, Clock clock, Progress webhooksProgress) {
        return new WebhookCourier(deliveries, webhooks, signing, settings, () -> new WebhookSender(settings), meters,
                webhooksProgress, clock);
    }

    @Bean
    Progress webhooksProgress(MeterRegistry registry, DeliverySigning signing) {
        return progress("webhooks", registry, signing);
    }

    @Bean
    Progress notificationsProgress(MeterRegistry registry, DeliverySigning signing) {
        return progress("notifications", registry, signing);
    }

    /** Where nothing can be signed its part does not run. */
    private static Progress progress(String part, MeterRegistry registry, DeliverySigning signing) {
        var progress = new Progress(part, registry);
        if (!signing.isOffered()) {
            progress.rests();
        }
        return progress;
    }

    @Bean(THREADS)
    SmartLifecycle notificationContainer(BatchListeners listeners, NotifiedJobs jobs, LaunchRecords records,
            ServiceSeal seal, AccessTokens tokens, Readiness readiness, WebhookDeliveries deliveries,
            WebhookSettings settings, DeliverySigning signing, WebhookMeters meters, Clock clock,
            Progress notificationsProgress) {
        var container = listeners.listener(THREADS, "notifications", GROUP,
                new BatchSettings(1, POLL_RECORDS_MAX, LINGER, RETRY_DELAY, RETRY_DELAY_MAX), notificationsProgress,
                new NotificationListener(records, jobs, deliveries, meters, settings.keep(), clock),
                Topic.JOB_EVENTS);
        container.setAutoStartup(signing.isOffered());
        return signing.isOffered()
                ? SwitchedListener.ofSigned(container, readiness, tokens, seal, "notifications", notificationsProgress)
                : container;
    }
}
