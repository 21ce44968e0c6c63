package io.campaignlauncher.job.http;

import io.campaignlauncher.job.model.Decision;
import io.campaignlauncher.job.model.Job;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.job.model.Jobs;
import io.campaignlauncher.job.model.Origin;
import io.campaignlauncher.job.view.ReadModelUnderTest;
import io.campaignlauncher.job.view.TestInfrastructure;
import io.campaignlauncher.messaging.Credentials;
import io.campaignlauncher.messaging.RecordPublisher;
import io.campaignlauncher.schemas.LaunchRecords;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Mono;

/** The routes on a real database, with what is behind them in the test's hands. */
final class HttpApi {

    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    final DataSource dataSource;
    final ReadModelUnderTest readModel;
    final WebTestClient client;
    final Map<String, String> tokens = new ConcurrentHashMap<>(Map.of("default", "token"));
    final List<ProducerRecord<String, byte[]>> published = new CopyOnWriteArrayList<>();
    final List<JobCommand> decided = new CopyOnWriteArrayList<>();
    /** What happens to a record after it was noted. */
    volatile Mono<Void> publication = Mono.empty();
    private volatile RecordPublisher behind = _ -> Mono.empty();
    volatile Mono<Void> storing = Mono.empty();
    volatile CompletableFuture<Decision> decision = CompletableFuture.completedFuture(Decision.accept());

    HttpApi(String database, HttpSettings settings) {
        dataSource = TestInfrastructure.database(database);
        readModel = new ReadModelUnderTest(dataSource);
        RecordPublisher publisher = record -> Mono.defer(() -> {
            published.add(record);
            return publication.then(behind.publish(record));
        });
        var configuration = new HttpConfiguration();
        var routes = configuration.launchRoutes(jobs(), readModel.queries(), credentials(), publisher,
                new LaunchRecords(),
                dataSource, settings, Clock.fixed(NOW, ZoneOffset.UTC));
        client = WebTestClient.bindToRouterFunction(routes.and(configuration.noSuchRoute()))
                .webFilter(configuration.tracedRequests())
                .configureClient()
                .responseTimeout(Duration.ofSeconds(60))
                .build();
    }

    /** Records go there too. */
    void publishTo(RecordPublisher publisher) {
        behind = publisher;
    }

    private Jobs jobs() {
        return new Jobs() {

            @Override
            public CompletableFuture<List<Decision>> decide(String jobId, List<JobCommand> commands, Origin origin) {
                decided.addAll(commands);
                return decision.thenApply(List::of);
            }

            @Override
            public JobState state(String jobId) {
                return Job.initialState();
            }
        };
    }

    private Credentials credentials() {
        return new Credentials() {

            @Override
            public Optional<String> accessToken(String credentialId) {
                return Optional.ofNullable(tokens.get(credentialId));
            }

            @Override
            public Mono<Void> store(String credentialId, String accessToken) {
                return storing.then(Mono.fromRunnable(() -> tokens.put(credentialId, accessToken)));
            }
        };
    }
}
