package io.campaignlauncher.job.feed;

import io.campaignlauncher.changefeed.ChangeFeed;
import io.campaignlauncher.changefeed.FeedPublisher;
import io.campaignlauncher.changefeed.FeedSettings;
import io.campaignlauncher.changefeed.FeedSource;
import io.campaignlauncher.changefeed.RefusedEvents;
import io.campaignlauncher.changefeed.SlotLag;
import io.campaignlauncher.eventstore.LaunchFeedRecords;
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
import io.campaignlauncher.schemas.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the change feed to the database and to Kafka. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ FeedSettings.class, DatabaseSettings.class })
public class FeedConfiguration {

    static final FeedSource SOURCE = FeedSource.LAUNCHES;

    @Bean
    RefusedEvents refusedEvents(RecordPublisher publisher, LaunchRecords records, JobCommandGateway jobs,
            MeterRegistry meters, Clock clock) {
        return new RefusedEvents(publisher, SOURCE.store(), "job-service", Topic.JOB_EVENTS,
                new GivenUpRequests(records, jobs), meters, clock);
    }

    @Bean
    FeedPublisher feedPublisher(KafkaSettings kafka, LaunchRecords records, RefusedEvents refused) {
        return new FeedPublisher(kafka, new LaunchFeedRecords(records)::of, refused);
    }

    @Bean
    SlotLag slotLag(DataSource dataSource, DatabaseSettings database, FeedSettings settings, MeterRegistry meters) {
        return new SlotLag(dataSource, database, SOURCE, settings, meters);
    }

    @Bean
    Progress feedProgress(MeterRegistry meters) {
        return new Progress("feed", meters);
    }

    @Bean
    SmartLifecycle changeFeed(DataSource dataSource, FeedPublisher publisher, FeedSettings settings,
            @Qualifier("feedProgress") Progress progress, DatabaseSettings database, ServiceSeal seal,
            AccessTokens tokens, Readiness readiness) {
        return SwitchedListener.ofSigned(
                new ChangeFeed(SOURCE, settings, dataSource, database, publisher, progress),
                readiness, tokens, seal, "feed", progress);
    }
}
