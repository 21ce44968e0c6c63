package io.campaignlauncher.creation;

import com.zaxxer.hikari.HikariDataSource;
import io.campaignlauncher.creation.claims.ClaimPurge;
import io.campaignlauncher.creation.claims.ClaimSweep;
import io.campaignlauncher.creation.claims.ClaimsDatabase;
import io.campaignlauncher.creation.claims.JdbcClaims;
import io.campaignlauncher.creation.claims.WaitingCommands;
import io.campaignlauncher.creation.graph.CreationWorker;
import io.campaignlauncher.creation.graph.WorkerTime;
import io.campaignlauncher.creation.kafka.CreationCommandListener;
import io.campaignlauncher.creation.kafka.LookAheadSettings;
import io.campaignlauncher.creation.kafka.StopReader;
import io.campaignlauncher.creation.model.CreationSettings;
import io.campaignlauncher.graph.Graph;
import io.campaignlauncher.graph.HttpGraph;
import io.campaignlauncher.messaging.AccessTokens;
import io.campaignlauncher.messaging.Anomalies;
import io.campaignlauncher.messaging.DatabaseLimits;
import io.campaignlauncher.messaging.DatabaseSettings;
import io.campaignlauncher.messaging.DeadLetters;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.KillSwitches;
import io.campaignlauncher.messaging.OwnName;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.messaging.Readiness;
import io.campaignlauncher.messaging.RecordPublisher;
import io.campaignlauncher.messaging.ServerWatch;
import io.campaignlauncher.messaging.Settings;
import io.campaignlauncher.messaging.TableSizes;
import io.campaignlauncher.messaging.TopicFollower;
import io.campaignlauncher.pace.AccountPaces;
import io.campaignlauncher.pace.JdbcAccountPaces;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.worker.FactReporter;
import io.campaignlauncher.worker.GraphProperties;
import io.campaignlauncher.worker.KafkaFactReporter;
import io.campaignlauncher.worker.calls.JobCalls;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.jdbc.health.DataSourceHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import reactor.core.scheduler.Schedulers;

/** The parts of the creator and how they are joined. */
@Configuration(proxyBeanMethods = false)
class CreatorConfiguration {

    private static final String SOURCE = "/creator-service";
    private static final Duration WAITING_CLAIMED_WITHIN = Duration.ofSeconds(30);

    @Bean
    CreationProperties creationProperties(Environment environment) {
        return Settings.of(environment, CreationProperties.class);
    }

    @Bean
    GraphProperties graphProperties(Environment environment) {
        return Settings.of(environment, GraphProperties.class);
    }

    @Bean
    CreationSettings creationSettings(CreationProperties creation, GraphProperties graph) {
        return creation.settings(graph.requestTimeout());
    }

    /** With a connection for every request that the worker sends at once, so that none waits after its lease was checked. */
    @Bean
    HttpGraph graph(GraphProperties properties, CreationSettings settings, ObjectProvider<MeterRegistry> meters) {
        return HttpGraph.over(properties.settings(settings.requestsAtOnce(), settings.requestsWaitingMax()),
                registry(meters));
    }

    @Bean
    HikariDataSource claimsDatabase(Environment environment, CreationProperties creation,
            ObjectProvider<MeterRegistry> meters) {
        var address = Settings.of(environment, DatabaseSettings.class).required();
        return ClaimsDatabase.open(address.url(), address.username(), address.password(),
                creation.databaseConnections(), registry(meters));
    }

    /** Its schema is made over a connection of its own: a change of a large table takes longer than any claim may. */
    @Bean
    JdbcClaims claims(HikariDataSource database, CreationSettings settings) {
        ClaimsDatabase.migrate(new DriverManagerDataSource(database.getJdbcUrl(),
                DatabaseLimits.LONG_WORK.login(OwnName.connection(CreatorService.NAME, "migrations"),
                        database.getUsername(), database.getPassword())));
        return new JdbcClaims(database, settings);
    }

    /** Its table is made with those of the claims. */
    @Bean
    JdbcAccountPaces accountPaces(HikariDataSource database, JdbcClaims claims, CreationSettings settings) {
        return new JdbcAccountPaces(database, settings.mutationsPerSecond());
    }

    /** Who took a command has given up claiming it by then. Its table is made with those of the claims. */
    @Bean
    WaitingCommands waitingCommands(HikariDataSource database, JdbcClaims claims, LaunchRecords records) {
        return new WaitingCommands(database, records.encoding(), WAITING_CLAIMED_WITHIN);
    }

    @Bean
    LookAheadSettings lookAheadSettings(CreationProperties creation) {
        return creation.lookAheadSettings();
    }

    @Bean
    KafkaFactReporter creationReporter(RecordPublisher publisher, LaunchRecords records, Clock clock) {
        return new KafkaFactReporter(publisher, records, Topic.CREATION_EVENTS, SOURCE, clock);
    }

    @Bean(destroyMethod = "dispose")
    CreationWorker creationWorker(Graph graph, AccessTokens tokens, FactReporter reporter, JobCalls calls,
            JdbcClaims claims, AccountPaces paces, Clock clock, CreationSettings settings,
            ObjectProvider<MeterRegistry> meters) {
        var time = new WorkerTime(clock, System::nanoTime, Schedulers.parallel());
        return new CreationWorker(graph, tokens, reporter, calls, claims, paces, time, settings, registry(meters),
                "creator-" + UUID.randomUUID());
    }

    @Bean
    ClaimSweep claimSweep(JdbcClaims claims, FactReporter reporter, CreationSettings settings, Clock clock) {
        return new ClaimSweep(claims, reporter, settings.sweepEvery(), clock, Schedulers.parallel());
    }

    /** Its tables are made with those of the claims. */
    @Bean
    ClaimPurge claimPurge(HikariDataSource database, JdbcClaims claims, CreationProperties creation) {
        return new ClaimPurge(database, creation.keepClaims());
    }

    @Bean
    TableSizes creatorTableSizes(HikariDataSource database, JdbcClaims claims, ObjectProvider<MeterRegistry> meters) {
        return new TableSizes(database, registry(meters), List.of("creator.creation_claims", "creator.account_pace",
                "creator.waiting_commands"));
    }

    @Bean
    CreatorLifecycle creatorLifecycle(CreationWorker worker, ClaimSweep sweep, ClaimPurge purge,
            CreationSettings settings) {
        return new CreatorLifecycle(worker, sweep, purge, settings.quietAfter());
    }

    @Bean
    Progress creationProgress(ObjectProvider<MeterRegistry> meters) {
        return new Progress("creation", registry(meters));
    }

    @Bean
    DataSourceHealthIndicator dbHealthIndicator(HikariDataSource database) {
        return new DataSourceHealthIndicator(database);
    }

    @Bean
    StopReader stopReader(LaunchRecords records, CreationWorker worker) {
        return new StopReader(records, worker::stop);
    }

    @Bean
    TopicFollower stopFollower(KafkaSettings kafka, StopReader reader, Clock clock) {
        return new TopicFollower(kafka, "creation-stops", Set.of(Topic.CREATION_STOPS),
                () -> Optional.of(clock.instant().minus(CreationWorker.KEEP_STOPPED)), reader, clock);
    }

    @Bean
    CreationCommandListener creationCommandListener(KafkaSettings kafka, Readiness readiness, StopReader stops,
            CreationWorker worker,
            WaitingCommands waiting, DeadLetters deadLetters, LaunchRecords records, KillSwitches killSwitches,
            AccessTokens tokens, CreationSettings settings, LookAheadSettings lookAhead, Clock clock,
            ObjectProvider<MeterRegistry> meters, @Qualifier("creationProgress") Progress progress,
            ServerWatch kafkaWatch) {
        return new CreationCommandListener(kafka, kafkaWatch::isAway, Readiness.both(readiness, stops), worker, waiting,
                deadLetters, records,
                killSwitches, tokens, settings, lookAhead, clock, new Anomalies(registry(meters)), progress);
    }

    private static MeterRegistry registry(ObjectProvider<MeterRegistry> meters) {
        return meters.getIfAvailable(() -> Metrics.globalRegistry);
    }
}
