package io.campaignlauncher.moderation.feed;

import io.campaignlauncher.access.known.AccessTopic;
import io.campaignlauncher.changefeed.ChangeFeed;
import io.campaignlauncher.changefeed.FeedPublisher;
import io.campaignlauncher.changefeed.FeedSettings;
import io.campaignlauncher.changefeed.FeedSource;
import io.campaignlauncher.changefeed.RefusedEvents;
import io.campaignlauncher.changefeed.SlotLag;
import io.campaignlauncher.eventstore.EventStoreSchema;
import io.campaignlauncher.messaging.DatabaseSettings;
import io.campaignlauncher.messaging.FeatureLevels;
import io.campaignlauncher.messaging.KafkaRecordPublisher;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.messaging.Readiness;
import io.campaignlauncher.messaging.TopicAdministrator;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** The change feed, and when this service is ready. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ FeedSettings.class, DatabaseSettings.class })
public class FeedConfiguration {

    private static final String NAME = "moderation-service";
    private static final FeedSource SOURCE = FeedSource.MARKETPLACE;

    /** Ready when the topics are there, this instance has said what it reads, and who may ask is known. */
    @Bean
    @Primary
    Readiness marketReadiness(TopicAdministrator topics, FeatureLevels levels, ObjectProvider<AccessTopic> access) {
        var announced = Readiness.both(topics, levels::known);
        var known = access.getIfAvailable();
        return known == null ? announced : Readiness.both(announced, known);
    }

    @Bean
    Progress marketFeedProgress(MeterRegistry meters) {
        return new Progress("market feed", meters);
    }

    @Bean
    FeedPublisher feedPublisher(KafkaSettings kafka, KafkaRecordPublisher publisher, LaunchRecords records,
            MeterRegistry meters, Clock clock) {
        return new FeedPublisher(kafka, new FeedRecords(records)::of,
                new RefusedEvents(publisher, EventStoreSchema.MARKETPLACE,
                        NAME, Topic.MARKET_EVENTS, (_, _, _) -> {}, meters, clock));
    }

    @Bean
    SlotLag slotLag(DataSource dataSource, DatabaseSettings database, FeedSettings settings, MeterRegistry meters) {
        return new SlotLag(dataSource, database, SOURCE, settings, meters);
    }

    @Bean
    ChangeFeed changeFeed(DataSource dataSource, FeedPublisher publisher, FeedSettings settings,
            DatabaseSettings database, @Qualifier("marketFeedProgress") Progress progress) {
        return new ChangeFeed(SOURCE, settings, dataSource, database, publisher, progress);
    }
}
