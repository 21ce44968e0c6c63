package io.campaignlauncher.job.kafka;

import io.campaignlauncher.access.known.AccessTopic;
import io.campaignlauncher.access.known.AppKeys;
import io.campaignlauncher.job.listening.BatchListeners;
import io.campaignlauncher.job.listening.BatchSettings;
import io.campaignlauncher.job.listening.ListeningConfiguration;
import io.campaignlauncher.job.messages.ReportMessages;
import io.campaignlauncher.job.model.JobCommandGateway;
import io.campaignlauncher.job.model.WebhookRules;
import io.campaignlauncher.job.webhook.WebhookAdmission;
import io.campaignlauncher.messaging.Anomalies;
import io.campaignlauncher.messaging.Anomaly;
import io.campaignlauncher.messaging.Credentials;
import io.campaignlauncher.messaging.DeadLetters;
import io.campaignlauncher.messaging.KillSwitch;
import io.campaignlauncher.messaging.KillSwitches;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.messaging.Readiness;
import io.campaignlauncher.messaging.ServiceSeal;
import io.campaignlauncher.messaging.SwitchedListener;
import io.campaignlauncher.messaging.UnsignedRecords;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** Listeners in batches: an offset is committed when everything before it is durable, and a poll that failed is tried again. */
@Configuration(proxyBeanMethods = false)
@Import(ListeningConfiguration.class)
public class JobListenerConfiguration {

    private static final String REQUEST_GROUP = "job-service-requests";
    private static final String REPORT_GROUP = "job-service-reports";
    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);
    /** Records of one job in a poll are decided and committed together. */
    private static final BatchSettings SETTINGS = new BatchSettings(1, 500, Duration.ZERO, RETRY_DELAY, RETRY_DELAY);

    @Bean
    Progress requestProgress(MeterRegistry meters) {
        return new Progress("requests", meters);
    }

    @Bean
    Progress reportProgress(MeterRegistry meters) {
        return new Progress("reports", meters);
    }

    /** The topics themselves, for {@link io.campaignlauncher.messaging.TopicAdministrator}. */
    @Bean
    Progress topicsProgress(MeterRegistry meters) {
        return new Progress("topics", meters);
    }

    @Bean
    RequestAuthors requestAuthors(ServiceSeal seal, ObjectProvider<AccessTopic> access, Clock clock,
            Environment environment) {
        AppKeys keys = access.getIfAvailable();
        return new RequestAuthors(seal, UnsignedRecords.of(environment), keys == null ? AppKeys.NONE : keys, clock);
    }

    /** Once credentials were read, and whose API keys there are: a request that names unknown ones is not carried out. As long as the kill switch is on and they can be read. */
    @Bean
    SwitchedListener requestListener(BatchListeners listeners, LaunchRecords records, JobCommandGateway jobs,
            DeadLetters deadLetters,
            Credentials credentials, RequestAuthors authors, ObjectProvider<AccessTopic> access, WebhookRules webhooks,
            WebhookAdmission admission, MeterRegistry meters, Readiness readiness,
            KillSwitches killSwitches, Clock clock, @Qualifier("requestProgress") Progress progress) {
        var container = listeners.listener("requestListener", "requests", REQUEST_GROUP, SETTINGS, progress,
                new JobCommandListener(records, jobs, deadLetters,
                        new RequestReader(credentials, authors, webhooks, admission, clock),
                        new Anomalies(meters),
                        Anomaly.REQUEST_REPEATED),
                Topic.CAMPAIGN_COMMANDS);
        var known = access.getIfAvailable();
        return SwitchedListener.ofTokens(container, known == null ? readiness : Readiness.both(readiness, known),
                credentials, killSwitches, KillSwitch.INTAKE, progress);
    }

    @Bean
    SmartLifecycle reportListener(BatchListeners listeners, LaunchRecords records, ServiceSeal seal,
            Credentials credentials, Readiness readiness, JobCommandGateway jobs, DeadLetters deadLetters,
            MeterRegistry meters,
            @Qualifier("reportProgress") Progress progress) {
        JobCommandListener.CommandReader reader = (_, received) -> new JobCommandListener.Addressed(
                received.envelope().subject(),
                ReportMessages.command(received.message()));
        var container = listeners.listener("reportListener", "reports", REPORT_GROUP, SETTINGS, progress,
                new JobCommandListener(records, jobs, deadLetters, reader, new Anomalies(meters),
                        Anomaly.REPORT_REPEATED),
                Topic.CREATION_EVENTS, Topic.VERIFICATION_EVENTS, Topic.ROLLBACK_EVENTS);
        return SwitchedListener.ofSigned(container, readiness, credentials, seal, "reports", progress);
    }
}
