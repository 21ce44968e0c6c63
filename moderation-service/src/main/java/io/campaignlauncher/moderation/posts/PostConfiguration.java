package io.campaignlauncher.moderation.posts;

import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.messaging.DeadLetters;
import io.campaignlauncher.messaging.FeatureLevels;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.messaging.Readiness;
import io.campaignlauncher.messaging.TopicAdministrator;
import io.campaignlauncher.moderation.channels.ChannelLook;
import io.campaignlauncher.moderation.store.Decisions;
import io.campaignlauncher.moderation.store.MarketQueries;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.PostReported;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.worker.DatabaseAway;
import io.campaignlauncher.worker.TopicListener;
import io.campaignlauncher.worker.TopicListeners;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Set;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Listens to the posting service, and to the ends of jobs. */
@Configuration(proxyBeanMethods = false)
public class PostConfiguration {

    private static final String GROUP = "moderation-service";
    private static final String LAUNCHES_GROUP = "moderation-service-launches";
    /** Each takes a connection of the pool for a moment. */
    private static final int AT_ONCE = 8;

    @Bean
    Progress postReportProgress(MeterRegistry meters) {
        return new Progress("post reports", meters);
    }

    @Bean
    Progress launchEndProgress(MeterRegistry meters) {
        return new Progress("launch ends", meters);
    }

    @Bean
    TopicListeners reportListeners(KafkaSettings kafka, LaunchRecords records, DeadLetters deadLetters,
            TopicAdministrator topics, FeatureLevels levels, MeterRegistry meters, Clock clock) {
        return new TopicListeners(kafka, records, deadLetters, Readiness.both(topics, levels::known), meters, clock);
    }

    @Bean
    TopicListener postReportListener(TopicListeners listeners, Decisions decisions, MarketQueries queries,
            ChannelLook look, @Qualifier("postReportProgress") Progress progress) {
        var handling = new PostReportHandling(new HeldChannels(queries, look)::command, queries::isPostAwaited,
                new ReportDecisions(decisions::decide));
        return listeners.listen(progress, GROUP, Topic.POSTING_EVENTS,
                Set.of(PostReported.getClassSchema().getName()), AT_ONCE, handling::handle);
    }

    /** In a group of its own: it goes on by itself, and reads every end that there was before it. */
    @Bean
    TopicListener launchEndListener(TopicListeners listeners, Decisions decisions, MarketQueries queries,
            @Qualifier("launchEndProgress") Progress progress) {
        var reports = new ReportDecisions(decisions::decide);
        return listeners.listen(progress, LAUNCHES_GROUP, Topic.JOB_EVENTS, LaunchEnds.TYPES, AT_ONCE,
                received -> ends(queries, received).concatMap(command -> reports.decide(received, command)).then()
                        .retryWhen(DatabaseAway.retry()));
    }

    /** Most jobs are nobody's launch here, and those of another tenant are not either. */
    private static Flux<MarketCommand> ends(MarketQueries queries, LaunchRecords.Received received) {
        var envelope = received.envelope();
        return Mono.fromCallable(() -> queries.launchOf(ReportDecisions.tenant(received), envelope.subject()))
                .subscribeOn(Schedulers.boundedElastic()).flatMap(Mono::justOrEmpty)
                .flatMapIterable(launch -> LaunchEnds.commands(launch.targetId(), launch.adAccountId(),
                        received.message(), envelope.time()));
    }
}
