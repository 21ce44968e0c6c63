package io.campaignlauncher.worker.calls;

import io.campaignlauncher.messaging.KafkaConfiguration;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.TopicAdministrator;
import io.campaignlauncher.schemas.LaunchRecords;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Notes of requests as a bean, for services that send them for jobs. */
@Configuration(proxyBeanMethods = false)
public class JobCallsConfiguration {

    @Bean
    KafkaJobCalls jobCalls(KafkaSettings settings, LaunchRecords records, TopicAdministrator topics,
            ObjectProvider<MeterRegistry> meters, Clock clock, Environment environment) {
        return new KafkaJobCalls(settings, records, "/" + KafkaConfiguration.application(environment), topics,
                meters.getIfAvailable(() -> Metrics.globalRegistry), clock);
    }
}
