package io.campaignlauncher.job.axon;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.campaignlauncher.eventstore.WaitRows;
import java.time.Instant;

/** Waits as rows of db-scheduler's table, written in the transaction of the event that began them. */
final class DurableWaits implements Waits {

    static final TaskDescriptor<Void> END_WAIT = TaskDescriptor.of(WaitRows.END_WAIT);

    private final SchedulerClient client;
    private final TimerTrigger trigger;

    DurableWaits(SchedulerClient client, TimerTrigger trigger) {
        this.client = client;
        this.trigger = trigger;
    }

    @Override
    public void schedule(String jobId, int waitNumber, Instant at) {
        client.scheduleIfNotExists(END_WAIT.instance(WaitRows.instance(jobId, waitNumber)).build(), at);
        trigger.at(at);
    }

    static String jobId(TaskInstance<Void> instance) {
        return WaitRows.jobId(instance.getId());
    }

    static int waitNumber(TaskInstance<Void> instance) {
        return WaitRows.waitNumber(instance.getId());
    }
}
