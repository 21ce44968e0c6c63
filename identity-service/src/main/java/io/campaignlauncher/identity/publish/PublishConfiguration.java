package io.campaignlauncher.identity.publish;

import io.campaignlauncher.access.audit.AuditOutbox;
import io.campaignlauncher.identity.store.AccessChanges;
import io.campaignlauncher.identity.store.Tables;
import io.campaignlauncher.messaging.KafkaProperties;
import io.campaignlauncher.messaging.KafkaRecordPublisher;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.OutboxPublisher;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.messaging.Settings;
import io.campaignlauncher.messaging.TopicAdministrator;
import io.campaignlauncher.schemas.LaunchRecords;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Tells other services over Kafka, unless it is told that there are none. */
@Configuration(proxyBeanMethods = false)
@Conditional(PublishConfiguration.Wanted.class)
public class PublishConfiguration {

    private static final String NAME = "identity-service";

    @Bean
    KafkaSettings kafkaSettings(Environment environment) {
        return KafkaProperties.of(environment).settings(NAME);
    }

    @Bean
    KafkaRecordPublisher recordPublisher(KafkaSettings settings) {
        return new KafkaRecordPublisher(settings);
    }

    @Bean
    TopicAdministrator topicAdministrator(KafkaSettings settings, Clock clock) {
        return new TopicAdministrator(settings, clock);
    }

    @Bean
    Progress accessPublisherProgress(MeterRegistry meters) {
        return new Progress("access publisher", meters);
    }

    @Bean
    OutboxPublisher accessPublisher(DataSource dataSource, PlatformTransactionManager transactions,
            KafkaRecordPublisher publisher, TopicAdministrator topics, Progress accessPublisherProgress, Clock clock) {
        var changes = new AccessChanges(JdbcClient.create(dataSource), new TransactionTemplate(transactions));
        return new OutboxPublisher(new AccessOutbox(changes, new LaunchRecords(), clock), publisher, topics,
                accessPublisherProgress, "access-publisher",
                "other services learn later what has become of tokens and keys", clock);
    }

    @Bean
    Progress auditPublisherProgress(MeterRegistry meters) {
        return new Progress("audit of " + NAME, meters);
    }

    @Bean
    OutboxPublisher auditPublisher(DataSource dataSource, PlatformTransactionManager transactions,
            KafkaRecordPublisher publisher, TopicAdministrator topics, Progress auditPublisherProgress, Clock clock) {
        var outbox = new AuditOutbox(JdbcClient.create(dataSource), new TransactionTemplate(transactions), Tables.AUDIT,
                "/" + NAME, new LaunchRecords());
        return new OutboxPublisher(outbox, publisher, topics, auditPublisherProgress, "audit-publisher",
                "the audit is not published", clock);
    }

    static final class Wanted implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return Settings.of(context.getEnvironment(), PublishSettings.class).publish();
        }
    }
}
