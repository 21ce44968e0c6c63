package io.campaignlauncher.verification.kafka;

import io.campaignlauncher.accountcheck.LimitsProperties;
import io.campaignlauncher.graph.Graph;
import io.campaignlauncher.graph.HttpGraph;
import io.campaignlauncher.messaging.AccessTokens;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.messaging.Readiness;
import io.campaignlauncher.messaging.RecordPublisher;
import io.campaignlauncher.messaging.Settings;
import io.campaignlauncher.messaging.SwitchedListener;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.verification.graph.Verifier;
import io.campaignlauncher.verification.graph.VerifierSettings;
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
import reactor.core.scheduler.Schedulers;

/** The verifier as beans. */
@Configuration(proxyBeanMethods = false)
@Import(JobCallsConfiguration.class)
public class VerificationConfiguration {

    private static final String GROUP = "verifier-service";
    private static final String PART = "verification";
    private static final int IN_FLIGHT_MAX = 256;

    @Bean(destroyMethod = "close")
    HttpGraph graph(Environment environment, ObjectProvider<MeterRegistry> meters) {
        return HttpGraph.over(Settings.of(environment, GraphProperties.class).settings(),
                meters.getIfAvailable(() -> Metrics.globalRegistry));
    }

    @Bean
    VerifierSettings verifierSettings(Environment environment) {
        var limits = Settings.of(environment, LimitsProperties.class).limits();
        return new VerifierSettings(limits, VerifierSettings.DEFAULT.credentialPatience(),
                VerifierSettings.DEFAULT.pagesMax(), VerifierSettings.DEFAULT.surplusMax());
    }

    @Bean
    Verifier verifier(Graph graph, AccessTokens tokens, RecordPublisher publisher, LaunchRecords records,
            JobCalls calls, Clock clock, VerifierSettings settings) {
        var reporter = new KafkaFactReporter(publisher, records, Topic.VERIFICATION_EVENTS, "/" + GROUP, clock);
        return new Verifier(new WatchedGraph(graph), tokens, reporter, calls, clock, Schedulers.parallel(), settings);
    }

    @Bean
    Progress verificationProgress(ObjectProvider<MeterRegistry> meters) {
        return new Progress(PART, meters.getIfAvailable(() -> Metrics.globalRegistry));
    }

    /** Reads requests as long as tokens can be read. */
    @Bean
    SwitchedListener verificationListener(TopicListeners listeners,
            @Qualifier("verificationProgress") Progress progress, Verifier verifier, Readiness readiness,
            AccessTokens tokens) {
        return new SwitchedListener(listeners.listen(progress, GROUP, Topic.JOB_EVENTS, Verifier.MESSAGES,
                IN_FLIGHT_MAX, verifier::handle), readiness, PART, tokens.readable(), progress);
    }
}
