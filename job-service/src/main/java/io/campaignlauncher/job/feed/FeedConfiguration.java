package io.campaignlauncher.job.feed;

import io.campaignlauncher.job.model.JobCommandGateway;
import io.campaignlauncher.messaging.AccessTokens;
import io.campaignlauncher.messaging.DatabaseSettings;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.messaging.Readiness;
import io.campaignlauncher.messaging.RecordPublisher;
import io.campaignlauncher.messaging.ServiceSeal;
import io.campaignlauncher.messaging.SwitchedListener;
import io.campaignlauncher.schemas.LaunchRecords;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the change feed to the database and to Kafka. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ FeedSettings.class, DatabaseSettings.class })
public class FeedConfiguration {

    @Bean
    FeedLetters feedLetters(RecordPublisher publisher, LaunchRecords records, JobCommandGateway jobs,
            MeterRegistry meters,
            Clock clock) {
        return new FeedLetters(publisher, records, jobs, meters, clock);
    }

    @Bean
    FeedPublisher feedPublisher(KafkaSettings kafka, LaunchRecords records, FeedLetters letters) {
        return new FeedPublisher(kafka, new FeedRecords(records), letters);
    }

    @Bean
    ReplicationSlot replicationSlot(DataSource dataSource, FeedSettings settings) {
        return new ReplicationSlot(JdbcClient.create(dataSource), settings);
    }

    @Bean
    SlotLag slotLag(ReplicationSlot slot, FeedSettings settings, MeterRegistry meters) {
        return new SlotLag(slot, settings.followEvery(), meters);
    }

    @Bean
    Progress feedProgress(MeterRegistry meters) {
        return new Progress("feed", meters);
    }

    @Bean
    SmartLifecycle changeFeed(DataSource dataSource, FeedPublisher publisher, FeedSettings settings,
            ReplicationSlot slot,
            @Qualifier("feedProgress") Progress progress, DatabaseSettings database, ServiceSeal seal,
            AccessTokens tokens, Readiness readiness) {
        return SwitchedListener.ofSigned(feed(dataSource, publisher, settings, slot, progress, database),
                readiness, tokens, seal, "feed", progress);
    }

    ChangeFeed feed(DataSource dataSource, FeedPublisher publisher, FeedSettings settings,
            ReplicationSlot slot, Progress progress,
            DatabaseSettings database) {
        var catchUp = new CatchUp(JdbcClient.create(dataSource), publisher);
        return new ChangeFeed(settings, dataSource,
                new EngineSettings(settings, FeedAddress.of(database.url(), database.username(), database.password())),
                slot, new Preparation(dataSource, settings, catchUp, progress::made), catchUp, publisher, progress);
    }
}
