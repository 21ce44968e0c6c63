package io.campaignlauncher.job.axon;

import com.zaxxer.hikari.HikariDataSource;
import io.campaignlauncher.job.media.TestMedia;
import io.campaignlauncher.eventstore.CampaignNames;
import io.campaignlauncher.job.model.JobCommandGateway;
import io.campaignlauncher.job.model.JobPolicy;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.schemas.AvroEncoding;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The host of jobs on a database, wired as the service wires it, without Spring. */
public final class JobHost implements AutoCloseable {

    private final HikariDataSource dataSource = new HikariDataSource();
    private final ExecutorService decisions;
    private final EmbeddedEventStore eventStore;
    private final TestMedia media;
    private final TimerService timers;
    private final TimerTrigger trigger = new TimerTrigger(Clock.systemUTC());
    public final JobCommandGateway jobs;
    public final CampaignNames names;
    public final MeterRegistry meters = new SimpleMeterRegistry();
    public final Progress timersProgress = new Progress("timers", meters);

    /** Polls for the waits of others so seldom that its own end only because they are polled for at their time. */
    public JobHost(String jdbcUrl, String username, String password, JobPolicy policy) {
        this(jdbcUrl, username, password, policy, Duration.ofHours(1));
    }

    JobHost(String jdbcUrl, String username, String password, JobPolicy policy, Duration timerPoll) {
        dataSource.setJdbcUrl(jdbcUrl);
        dataSource.setUsername(username);
        dataSource.setPassword(password);
        dataSource.setMaximumPoolSize(12);
        Flyway.configure().dataSource(dataSource).locations("classpath:db/job").load().migrate();
        var configuration = new JobHostConfiguration();
        var settings = new JobHostSettings(8, 1000, timerPoll, Duration.ofMinutes(2), Duration.ofSeconds(10),
                OldRows.KEEP_REQUESTS);
        var transactions = new JdbcTransactionManager(dataSource);
        media = TestMedia.on(dataSource);
        var engine = configuration.eventStorageEngine(dataSource, transactions, new AvroEncoding());
        eventStore = configuration.eventStore(engine);
        names = configuration.campaignNames(dataSource, policy);
        var bus = configuration.commandBus(transactions, eventStore, policy, configuration.waits(dataSource, trigger),
                names, media.files, dataSource, settings, meters);
        decisions = Executors.newFixedThreadPool(settings.decisionsAtOnce());
        jobs = configuration.jobs(bus, engine, decisions, Clock.systemUTC(), meters);
        timers = new TimerService(dataSource, jobs, settings, trigger, () -> {}, () -> {}, timersProgress,
                Clock.systemUTC());
    }

    public void startTimers() {
        timers.start();
    }

    public DataSource dataSource() {
        return dataSource;
    }

    @Override
    public void close() {
        timers.stop();
        trigger.close();
        decisions.shutdownNow();
        eventStore.shutDown();
        media.close();
        dataSource.close();
    }
}
