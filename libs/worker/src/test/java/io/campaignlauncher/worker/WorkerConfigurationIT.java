package io.campaignlauncher.worker;

import static io.campaignlauncher.worker.TestKafka.PATIENCE;
import static io.campaignlauncher.worker.TestKafka.TOPIC;
import static io.campaignlauncher.worker.TestKafka.TYPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.messaging.MessagingConfiguration;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.messaging.RecordPublisher;
import io.campaignlauncher.schemas.DeletionReported;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.testing.TestBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.MapPropertySource;
import reactor.core.publisher.Mono;

class WorkerConfigurationIT {

    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    @Test
    void gives_a_worker_all_it_needs_and_ends_in_order() {
        var broker = TestBroker.shared().emptied();
        var context = new AnnotationConfigApplicationContext();
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test",
                Map.of("kafka.bootstrap-servers", broker.bootstrapServers(), "kafka.properties.fetch.max.wait.ms", "50",
                        "launch.credentials.key", KEY)));
        context.register(AWorker.class);
        context.refresh();
        var reporter = new KafkaFactReporter(context.getBean(RecordPublisher.class),
                context.getBean(LaunchRecords.class), TOPIC, "/test", Clock.systemUTC());
        var fact = DeletionReported.newBuilder().setJobId("job").build();
        reporter.report("job", fact, Envelope.of("cause", "X", "/test", "job", Instant.now())).block(PATIENCE);
        var worker = context.getBean(AWorker.class);
        await().atMost(PATIENCE).until(() -> worker.handled.contains(fact));
        var begun = System.nanoTime();
        context.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }

    @Configuration
    @Import({ MessagingConfiguration.class, WorkerConfiguration.class })
    static class AWorker {

        final Queue<Object> handled = new ConcurrentLinkedQueue<>();

        @Bean
        TopicListener listener(TopicListeners listeners) {
            return listeners.listen(new Progress("test", new SimpleMeterRegistry()), "a-worker", TOPIC, Set.of(TYPE), 4,
                    received -> Mono.fromRunnable(() -> handled.add(received.message())));
        }
    }
}
