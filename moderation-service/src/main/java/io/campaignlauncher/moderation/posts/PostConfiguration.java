package io.campaignlauncher.moderation.posts;

import io.campaignlauncher.job.messages.StoredMetaData;
import io.campaignlauncher.market.messages.PostReportMessages;
import io.campaignlauncher.market.model.Actor;
import io.campaignlauncher.market.model.IssuedCommand;
import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.messaging.DeadLetters;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.messaging.TopicAdministrator;
import io.campaignlauncher.moderation.channels.ChannelLook;
import io.campaignlauncher.moderation.store.Decisions;
import io.campaignlauncher.moderation.store.MarketQueries;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.PostOutcome;
import io.campaignlauncher.schemas.PostReported;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.worker.RecordRefused;
import io.campaignlauncher.worker.TopicListener;
import io.campaignlauncher.worker.TopicListeners;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/** Listens to the posting service. */
@Configuration(proxyBeanMethods = false)
public class PostConfiguration {

    private static final String GROUP = "moderation-service";
    /** Each takes a connection of the pool for a moment. */
    private static final int AT_ONCE = 8;
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);
    private static final Duration AGAIN_AFTER_MAX = Duration.ofSeconds(10);

    @Bean
    Progress postReportProgress(MeterRegistry meters) {
        return new Progress("post reports", meters);
    }

    /** A report that was decided on is durable; while the database is away, it is tried again and again. */
    @Bean
    TopicListener postReportListener(KafkaSettings kafka, LaunchRecords records, DeadLetters deadLetters,
            TopicAdministrator topics, Decisions decisions, MarketQueries queries, ChannelLook look,
            @Qualifier("postReportProgress") Progress progress,
            MeterRegistry meters, Clock clock) {
        var held = new HeldChannels(queries, look);
        var listeners = new TopicListeners(kafka, records, deadLetters, topics, meters,
                clock);
        return listeners.listen(progress, GROUP, Topic.POSTING_EVENTS,
                Set.of(PostReported.getClassSchema().getName()), AT_ONCE, received -> commands(held, received)
                        .flatMap(command -> decided(decisions, queries, command, received))
                        .retryWhen(Retry.backoff(Long.MAX_VALUE, AGAIN_AFTER).maxBackoff(AGAIN_AFTER_MAX)
                                .filter(PostConfiguration::isOutage)));
    }

    private static Mono<MarketCommand> commands(HeldChannels held, LaunchRecords.Received received) {
        var report = (PostReported) received.message();
        return (report.getOutcome() == PostOutcome.CHANNEL_HELD ? held.command(tenant(received), report)
                : Mono.defer(() -> Mono.justOrEmpty(PostReportMessages.command(report))))
                .onErrorMap(IllegalArgumentException.class, e -> new RecordRefused(String.valueOf(e.getMessage())));
    }

    /** Reports are handled side by side, so a look may overtake the post that it was for: it is tried again until that is known. */
    private static Mono<Void> decided(Decisions decisions, MarketQueries queries, MarketCommand command,
            LaunchRecords.Received received) {
        var envelope = received.envelope();
        return Mono.<Void>fromRunnable(() -> {
            if (command instanceof MarketCommand.ReportLastLook look && queries.isPostAwaited(look.targetId())) {
                throw new IllegalStateException("the post that was looked at is not known yet");
            }
            decisions.decide(new IssuedCommand(Actor.system(tenant(received)), envelope.correlationId(), command),
                    envelope.traceparent());
        }).subscribeOn(Schedulers.boundedElastic());
    }

    private static String tenant(LaunchRecords.Received received) {
        return Objects.requireNonNullElse(received.envelope().tenant(), StoredMetaData.LEFT_OUT);
    }

    private static boolean isOutage(Throwable error) {
        return error instanceof DataAccessException || error instanceof TransactionException;
    }
}
