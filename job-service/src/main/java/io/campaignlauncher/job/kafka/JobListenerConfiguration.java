package io.campaignlauncher.job.kafka;

import io.campaignlauncher.job.messages.ReportMessages;
import io.campaignlauncher.job.model.JobCommandGateway;
import io.campaignlauncher.job.model.WebhookRules;
import io.campaignlauncher.messaging.Anomalies;
import io.campaignlauncher.messaging.Anomaly;
import io.campaignlauncher.messaging.Credentials;
import io.campaignlauncher.messaging.DeadLetters;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.KillSwitch;
import io.campaignlauncher.messaging.KillSwitches;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.messaging.Readiness;
import io.campaignlauncher.messaging.SwitchedListener;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.FixedBackOff;

/** Listeners in batches: an offset is committed when everything before it is durable, and a poll that failed is tried again. */
@Configuration(proxyBeanMethods = false)
public class JobListenerConfiguration {

    private static final String REQUEST_GROUP = "job-service-requests";
    private static final String REQUEST_THREADS = "requestListener";
    private static final String REPORT_GROUP = "job-service-reports";
    private static final String REPORT_THREADS = "reportListener";
    private static final int FETCH_WAIT_MS = 2_000;
    private static final long IDLE_INTERVAL_MS = 5_000;

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

    /** Who has nothing to read gets on as well. */
    @Bean
    ApplicationListener<ListenerContainerIdleEvent> idleListeners(@Qualifier("requestProgress") Progress requests,
            @Qualifier("reportProgress") Progress reports) {
        return event -> {
            if (event.getListenerId().startsWith(REQUEST_THREADS)) {
                requests.made();
            } else if (event.getListenerId().startsWith(REPORT_THREADS)) {
                reports.made();
            }
        };
    }

    /** Once credentials were read: a request that names an unknown one is not carried out. As long as the kill switch is on and they can be read. */
    @Bean
    SwitchedListener requestListener(KafkaSettings kafka, LaunchRecords records, JobCommandGateway jobs,
            DeadLetters deadLetters,
            Credentials credentials, WebhookRules webhooks, MeterRegistry meters, Readiness readiness,
            KillSwitches killSwitches, Clock clock, @Qualifier("requestProgress") Progress progress,
            ApplicationEventPublisher events) {
        var container = listener(kafka, "requests", REQUEST_GROUP,
                new JobCommandListener(records, jobs, deadLetters, new RequestReader(credentials, webhooks, clock),
                        new Anomalies(meters),
                        Anomaly.REQUEST_REPEATED),
                progress, Topic.CAMPAIGN_COMMANDS);
        container.setBeanName(REQUEST_THREADS);
        container.setApplicationEventPublisher(events);
        return SwitchedListener.ofTokens(container, readiness, credentials, killSwitches, KillSwitch.INTAKE, progress);
    }

    @Bean
    ConcurrentMessageListenerContainer<String, byte[]> reportListener(KafkaSettings kafka, LaunchRecords records,
            JobCommandGateway jobs, DeadLetters deadLetters, MeterRegistry meters,
            @Qualifier("reportProgress") Progress progress) {
        JobCommandListener.CommandReader reader = received -> new JobCommandListener.Addressed(
                received.envelope().subject(),
                ReportMessages.command(received.message()));
        return listener(kafka, "reports", REPORT_GROUP,
                new JobCommandListener(records, jobs, deadLetters, reader, new Anomalies(meters),
                        Anomaly.REPORT_REPEATED),
                progress, Topic.CREATION_EVENTS, Topic.VERIFICATION_EVENTS, Topic.ROLLBACK_EVENTS);
    }

    private static ConcurrentMessageListenerContainer<String, byte[]> listener(KafkaSettings kafka, String role,
            String group,
            JobCommandListener recordsToJobs, Progress progress, Topic... topics) {
        var settings = JobListenerSettings.DEFAULTS;
        var consumer = kafka.groupMember(role, group);
        consumer.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.pollMax());
        consumer.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MS);
        var factory = new DefaultKafkaConsumerFactory<>(consumer, new StringDeserializer(),
                new ByteArrayDeserializer());
        var properties = new ContainerProperties(Arrays.stream(topics).map(Topic::topicName).toArray(String[]::new));
        properties.setMessageListener((BatchMessageListener<String, byte[]>) poll -> {
            recordsToJobs.onMessage(poll);
            progress.made();
        });
        properties.setIdleEventInterval(IDLE_INTERVAL_MS);
        properties.setAckMode(ContainerProperties.AckMode.BATCH);
        properties.setMissingTopicsFatal(false);
        var container = new ConcurrentMessageListenerContainer<>(factory, properties);
        container.setBeanName(group);
        var errors = new DefaultErrorHandler(
                new FixedBackOff(settings.retryDelay().toMillis(), FixedBackOff.UNLIMITED_ATTEMPTS));
        // Whatever the failure: what is not retried is discarded, and a request or a report would be lost.
        errors.setClassifications(Map.of(), true);
        container.setCommonErrorHandler(errors);
        return container;
    }
}
