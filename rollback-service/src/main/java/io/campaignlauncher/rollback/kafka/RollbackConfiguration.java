package io.campaignlauncher.rollback.kafka;

import io.campaignlauncher.graph.Graph;
import io.campaignlauncher.graph.HttpGraph;
import io.campaignlauncher.messaging.AccessTokens;
import io.campaignlauncher.messaging.KillSwitch;
import io.campaignlauncher.messaging.KillSwitches;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.messaging.Readiness;
import io.campaignlauncher.messaging.RecordPublisher;
import io.campaignlauncher.messaging.Settings;
import io.campaignlauncher.messaging.SwitchedListener;
import io.campaignlauncher.pace.AccountPaces;
import io.campaignlauncher.pace.PaceTime;
import io.campaignlauncher.rollback.graph.Rollback;
import io.campaignlauncher.rollback.graph.RollbackSettings;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.worker.GraphProperties;
import io.campaignlauncher.worker.KafkaFactReporter;
import io.campaignlauncher.worker.TopicListeners;
import io.campaignlauncher.worker.WatchedGraph;
import io.campaignlauncher.worker.calls.JobCalls;
import io.campaignlauncher.worker.calls.JobCallsConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** The rollback service as beans. It reads requests as long as the kill switch {@code rollback} is on and tokens can be read. */
@Configuration(proxyBeanMethods = false)
@Import({ PaceConfiguration.class, JobCallsConfiguration.class })
public class RollbackConfiguration {

    private static final String GROUP = "rollback-service";
    private static final String PART = "rollback";
    private static final int IN_FLIGHT_MAX = 256;

    @Bean(destroyMethod = "close")
    HttpGraph graph(Environment environment, ObjectProvider<MeterRegistry> meters) {
        return HttpGraph.over(Settings.of(environment, GraphProperties.class).settings(),
                meters.getIfAvailable(() -> Metrics.globalRegistry));
    }

    @Bean
    RollbackSettings rollbackSettings(Environment environment) {
        return Settings.of(environment, PaceProperties.class).settings();
    }

    @Bean
    Rollback rollback(Graph graph, AccessTokens tokens, RecordPublisher publisher, LaunchRecords records,
            JobCalls calls, AccountPaces paces, Clock clock, RollbackSettings settings) {
        var reporter = new KafkaFactReporter(publisher, records, Topic.ROLLBACK_EVENTS, "/" + GROUP, clock);
        return new Rollback(new WatchedGraph(graph), tokens, reporter, calls, paces, clock, PaceTime.system(),
                settings);
    }

    @Bean
    Progress rollbackProgress(ObjectProvider<MeterRegistry> meters) {
        return new Progress(PART, meters.getIfAvailable(() -> Metrics.globalRegistry));
    }

    @Bean
    SwitchedListener rollbackListener(TopicListeners listeners, @Qualifier("rollbackProgress") Progress progress,
            Rollback rollback, Readiness readiness, AccessTokens tokens, KillSwitches killSwitches) {
        return SwitchedListener.ofTokens(listeners.listen(progress, GROUP, Topic.JOB_EVENTS, Rollback.MESSAGES,
                IN_FLIGHT_MAX, rollback::handle), readiness, tokens, killSwitches, KillSwitch.ROLLBACK, progress);
    }
}
