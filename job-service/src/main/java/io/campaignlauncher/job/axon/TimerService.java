package io.campaignlauncher.job.axon;

import com.github.kagkarlsson.scheduler.CurrentlyExecuting;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.campaignlauncher.eventstore.WaitRows;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.JobCommandGateway;
import io.campaignlauncher.job.model.Origin;
import io.campaignlauncher.job.model.UndecidableJob;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.messaging.ThrottledWarning;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.CompletionException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Ends waits that are over, and resumes stalled jobs: on time, after a restart too, by one instance of several. */
final class TimerService implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(TimerService.class);
    /** Its own lines come with a stack at each poll: held back by the service's settings. */
    private static final String LIBRARY = "com.github.kagkarlsson.scheduler";
    private static final int THREADS = 4;
    private static final Duration DELAY_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration PURGE_EVERY = Duration.ofHours(1);
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final Duration OVERDUE = Duration.ofSeconds(5);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(2);

    private final DataSource dataSource;
    private final JobCommandGateway jobs;
    private final JobHostSettings settings;
    private final TimerTrigger trigger;
    private final Runnable watch;
    private final Runnable purge;
    private final Progress progress;
    private final ThrottledWarning warning;
    private volatile @Nullable Scheduler scheduler;

    /**
     * @param watch    finds stalled jobs; run now and then by one instance of several
     * @param purge    deletes old rows; run once an hour by one instance of several
     * @param progress told at each poll for what is due how long the slowest of what is being done has taken
     */
    TimerService(DataSource dataSource, JobCommandGateway jobs, JobHostSettings settings, TimerTrigger trigger,
            Runnable watch, Runnable purge, Progress progress, Clock clock) {
        this.dataSource = dataSource;
        this.jobs = jobs;
        this.settings = settings;
        this.trigger = trigger;
        this.watch = watch;
        this.purge = purge;
        this.progress = progress;
        this.warning = new ThrottledWarning(LOG, clock);
    }

    @Override
    public synchronized void start() {
        OneTimeTask<Void> endWait = Tasks.oneTime(DurableWaits.END_WAIT)
                .onFailure(new FailureHandler.OnFailureRetryLater<>(DELAY_AFTER_FAILURE))
                .execute(this::endWait);
        RecurringTask<Void> stalledJobs = Tasks.recurring("stalled-jobs", FixedDelay.of(settings.stalledPoll()))
                .execute((_, _) -> watch.run());
        RecurringTask<Void> oldRows = Tasks.recurring("old-rows", FixedDelay.of(PURGE_EVERY))
                .execute((_, _) -> purge.run());
        scheduler = Scheduler.create(dataSource, endWait)
                .startTasks(stalledJobs, oldRows)
                .tableName(WaitRows.TABLE)
                .threads(THREADS)
                .pollingInterval(settings.timerPoll())
                .pollUsingLockAndFetch(0.5, 4.0)
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(4)
                .shutdownMaxWait(STOP_WITHIN)
                .addSchedulerListener(new AbstractSchedulerListener() {
                    @Override
                    public void onSchedulerEvent(SchedulerEventType type) {
                        if (type == SchedulerEventType.RAN_EXECUTE_DUE) {
                            noteProgress();
                        } else if (type == SchedulerEventType.RAN_DETECT_DEAD && nothingIsOverdue()) {
                            // A poll that finds nothing due says nothing; others may do all that is due.
                            noteProgress();
                        } else if (type == SchedulerEventType.UNEXPECTED_ERROR) {
                            warning.warn("timers that are due cannot be looked for",
                                    "where the database is there, logging.level." + LIBRARY + "=ERROR tells why");
                        }
                    }
                })
                .build();
        progress.made();
        scheduler.start();
        trigger.triggers(scheduler::triggerCheckForDueExecutions);
    }

    private void noteProgress() {
        var working = scheduler;
        if (working != null) {
            progress.made(working.getCurrentlyExecuting().stream().map(CurrentlyExecuting::getDuration)
                    .max(Comparator.naturalOrder()).orElse(Duration.ZERO));
            warning.over();
        }
    }

    private boolean nothingIsOverdue() {
        try {
            return JdbcClient.create(dataSource).sql("select not exists (select from " + WaitRows.TABLE
                    + " where not picked and execution_time < now() - cast(:allowed as interval))")
                    .param("allowed", OVERDUE.toSeconds() + " s").query(Boolean.class).single();
        } catch (DataAccessException e) {
            LOG.debug("not known whether timers are overdue: {}", e.getMessage());
            return false;
        }
    }

    private void endWait(TaskInstance<Void> instance, ExecutionContext context) {
        var jobId = DurableWaits.jobId(instance);
        try {
            jobs.decide(jobId, new JobCommand.EndWait(DurableWaits.waitNumber(instance)), Origin.JOB).join();
        } catch (CompletionException e) {
            if (!UndecidableJob.isBehind(e)) {
                throw e;
            }
            LOG.warn("job {}: the end of a wait is given up; once the job can be decided it is resumed", jobId);
        }
    }

    @Override
    public synchronized void stop() {
        if (scheduler != null) {
            trigger.triggers(() -> {});
            scheduler.stop();
            scheduler = null;
            progress.rests();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return scheduler != null;
    }
}
