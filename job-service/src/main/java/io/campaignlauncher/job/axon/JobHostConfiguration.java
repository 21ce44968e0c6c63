package io.campaignlauncher.job.axon;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import io.campaignlauncher.eventstore.CampaignNames;
import io.campaignlauncher.eventstore.WaitRows;
import io.campaignlauncher.job.media.MediaFiles;
import io.campaignlauncher.job.calls.GraphCalls;
import io.campaignlauncher.job.media.OldMedia;
import io.campaignlauncher.job.model.JobCommandGateway;
import io.campaignlauncher.job.model.JobPolicy;
import io.campaignlauncher.job.preview.HeldNames;
import io.campaignlauncher.job.stored.JobHistory;
import io.campaignlauncher.job.view.FindsStalledJobs;
import io.campaignlauncher.messaging.DatabaseSettings;
import io.campaignlauncher.messaging.KillSwitches;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.messaging.ServerWatch;
import io.campaignlauncher.messaging.TableSizes;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.LaunchRecords;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.annotation.MultiParameterResolverFactory;
import org.axonframework.messaging.annotation.SimpleResourceParameterResolverFactory;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/**
 * Wires Axon by hand: command bus, event-sourced repository, JDBC event store. Only what hosts the Job is there, and nothing
 * that reports to Axon's makers.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ JobPolicySettings.class, JobPolicySettings.Requests.class, JobHostSettings.class,
    DatabaseSettings.class })
public class JobHostConfiguration {

    @Bean
    JobPolicy jobPolicy(JobPolicySettings settings, JobPolicySettings.Requests requests) {
        return settings.policy(requests);
    }

    @Bean
    AvroEncoding avroEncoding(LaunchRecords records) {
        return records.encoding();
    }

    @Bean
    EventStorageEngine eventStorageEngine(DataSource dataSource, PlatformTransactionManager transactions,
            AvroEncoding encoding) {
        var serializer = new StoredMessageSerializer(encoding, JsonMapper.shared());
        return new EventStoreWithoutSnapshots(JdbcEventStorageEngine.builder()
                .schema(EventStoreTable.SCHEMA)
                .dataType(byte[].class)
                .eventSerializer(serializer)
                .snapshotSerializer(serializer)
                .connectionProvider(new UnitOfWorkAwareConnectionProviderWrapper(
                        new SpringDataSourceConnectionProvider(dataSource)))
                .transactionManager(new SpringTransactionManager(transactions))
                .persistenceExceptionResolver(EventStoreTable::isConflict));
    }

    @Bean(destroyMethod = "shutDown")
    EmbeddedEventStore eventStore(EventStorageEngine engine) {
        return EmbeddedEventStore.builder().storageEngine(engine).build();
    }

    @Bean
    CampaignNames campaignNames(DataSource dataSource, JobPolicy policy) {
        return new CampaignNames(JdbcClient.create(dataSource), policy.readLag());
    }

    @Bean
    HeldNames heldNames(CampaignNames names) {
        return names::isHeld;
    }

    @Bean
    TimerTrigger timerTrigger(Clock clock) {
        return new TimerTrigger(clock);
    }

    @Bean
    Waits waits(DataSource dataSource, TimerTrigger timerTrigger) {
        return new DurableWaits(SchedulerClient.Builder.create(new TransactionAwareDataSourceProxy(dataSource))
                .tableName(WaitRows.TABLE)
                .build(), timerTrigger);
    }

    @Bean
    CommandBus commandBus(PlatformTransactionManager transactions, EventStore eventStore, JobPolicy policy, Waits waits,
            CampaignNames names, MediaFiles media, DataSource dataSource, JobHostSettings settings,
            MeterRegistry meters) {
        var sideEffects = new TransactionalSideEffects(waits, names,
                new PriorAcceptances(JdbcClient.create(dataSource), policy), media);
        var parameters = MultiParameterResolverFactory.ordered(List.of(
                ClasspathParameterResolverFactory.forClass(JobAggregate.class),
                new SimpleResourceParameterResolverFactory(
                        List.of(policy, sideEffects, eventStore, new LateReports(meters)))));
        EventSourcingRepository<JobAggregate> repository = EventSourcingRepository.builder(JobAggregate.class)
                .eventStore(eventStore)
                .parameterResolverFactory(parameters)
                .cache(new RecentJobs(settings.cachedJobs(), meters))
                .build();
        var bus = SimpleCommandBus.builder().transactionManager(new SpringTransactionManager(transactions)).build();
        AggregateAnnotationCommandHandler.<JobAggregate>builder()
                .aggregateType(JobAggregate.class)
                .parameterResolverFactory(parameters)
                .repository(repository)
                .build()
                .subscribe(bus);
        return bus;
    }

    @Bean(destroyMethod = "shutdown")
    ExecutorService decisions(JobHostSettings settings) {
        return Executors.newFixedThreadPool(settings.decisionsAtOnce(),
                Thread.ofPlatform().name("decision-", 1).factory());
    }

    @Bean
    JobCommandGateway jobs(CommandBus commandBus, EventStorageEngine engine, ExecutorService decisions, Clock clock,
            MeterRegistry meters) {
        return new AxonJobs(commandBus, engine, decisions, clock, new UndecidableJobs(meters));
    }

    @Bean
    StalledJobs stalledJobs(FindsStalledJobs candidates, DataSource dataSource, LaunchRecords records,
            JobCommandGateway jobs,
            JobHostSettings settings,
            JobPolicy policy, KillSwitches killSwitches, Clock clock, MeterRegistry meters) {
        return new StalledJobs(candidates, new JobHistory(dataSource, records.encoding()), jobs, settings,
                new KillSwitchHolds(killSwitches, policy.commandValidity(), settings.stalledAfter()), clock, meters);
    }

    @Bean
    ServerWatch databaseWatch(DatabaseSettings database, DataSource dataSource, Clock clock) {
        return ServerWatch.ofDatabase(database.url(), dataSource, clock);
    }

    @Bean
    Progress timersProgress(MeterRegistry meters) {
        return new Progress("timers", meters);
    }

    @Bean
    TimerService timerService(DataSource dataSource, JobCommandGateway jobs, JobHostSettings settings,
            TimerTrigger timerTrigger, StalledJobs stalledJobs, OldMedia oldMedia, GraphCalls graphCalls,
            Progress timersProgress, Clock clock) {
        var oldRows = new OldRows(JdbcClient.create(dataSource), settings.keepRequests());
        return new TimerService(dataSource, jobs, settings, timerTrigger, stalledJobs::resumeStalled, () -> {
            oldRows.purge();
            oldMedia.purge();
            graphCalls.purge();
        }, timersProgress, clock);
    }

    @Bean
    TableSizes tableSizes(DataSource dataSource, MeterRegistry meters) {
        return new TableSizes(dataSource, meters, List.of("event_store.domain_events", "event_store.campaign_names",
                "event_store.timers", "idempotency_keys", "audit", "webhook_deliveries", "media_files", "media_names",
                "graph_calls", "graph_call_works", "dead_letters",
                "campaign_creation_jobs",
                "settled_slots", "slots_under_way", "pre_creation_verifications"));
    }
}
