package io.campaignlauncher.posting;

import com.zaxxer.hikari.HikariDataSource;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.messaging.RecordPublisher;
import io.campaignlauncher.messaging.Settings;
import io.campaignlauncher.pace.PaceTime;
import io.campaignlauncher.posting.kafka.KafkaPostReporter;
import io.campaignlauncher.posting.kafka.PostingCommands;
import io.campaignlauncher.posting.store.JdbcPostStore;
import io.campaignlauncher.posting.telegram.PostingTime;
import io.campaignlauncher.posting.telegram.PostingWorker;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.telegram.HttpTelegram;
import io.campaignlauncher.telegram.TelegramProperties;
import io.campaignlauncher.worker.KafkaFactReporter;
import io.campaignlauncher.worker.TopicListener;
import io.campaignlauncher.worker.TopicListeners;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** The bot and what it does. Without a token there is nothing of this: commands stay on their topic. */
@Configuration(proxyBeanMethods = false)
@Conditional(BotConfiguration.TokenSet.class)
class BotConfiguration {

    private static final int IN_FLIGHT_MAX = 256;

    @Bean(destroyMethod = "close")
    HttpTelegram telegram(TelegramProperties properties, ObjectProvider<MeterRegistry> meters) {
        return HttpTelegram.over(properties.settings(), properties.botToken(), PostingConfiguration.registry(meters));
    }

    @Bean
    KafkaPostReporter postReporter(RecordPublisher publisher, LaunchRecords records, Clock clock) {
        return new KafkaPostReporter(new KafkaFactReporter(publisher, records, Topic.POSTING_EVENTS,
                KafkaPostReporter.SOURCE, clock), clock);
    }

    @Bean
    PostingWorker postingWorker(HttpTelegram telegram, TelegramProperties properties, PostingProperties posting,
            JdbcPostStore store, KafkaPostReporter reporter, HikariDataSource database, Clock clock,
            Environment environment) {
        var settings = Settings.of(environment, SendingProperties.class).settings(properties, posting);
        return new PostingWorker(telegram, properties.botToken().botId(), store, reporter,
                new JdbcPostingSwitch(database, clock), new PostingTime(clock, PaceTime.system()), settings,
                "posting-" + UUID.randomUUID());
    }

    @Bean
    PostingLifecycle postingLifecycle(HttpTelegram telegram, TelegramProperties properties, PostingWorker worker,
            @Qualifier("postingProgress") Progress progress, Clock clock) {
        return new PostingLifecycle(
                new BotCheck(telegram, properties.botToken().botId(), progress, PaceTime.system().scheduler(), clock),
                worker, progress);
    }

    @Bean
    Progress postingCommandsProgress(ObjectProvider<MeterRegistry> meters) {
        return new Progress("posting commands", PostingConfiguration.registry(meters));
    }

    @Bean
    TopicListener postingCommandListener(TopicListeners listeners,
            @Qualifier("postingCommandsProgress") Progress progress, PostingWorker worker, PostingProperties posting) {
        var commands = new PostingCommands(worker, posting.requiredMarkerHost());
        return listeners.listen(progress, PostingService.NAME, Topic.POSTING_COMMANDS, PostingCommands.MESSAGES,
                IN_FLIGHT_MAX, commands::handle);
    }

    static final class TokenSet implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return Settings.of(context.getEnvironment(), TelegramProperties.class).hasToken();
        }
    }
}
