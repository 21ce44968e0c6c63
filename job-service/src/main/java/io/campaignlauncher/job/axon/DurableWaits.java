package io.campaignlauncher.job.axon;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import java.time.Instant;

/** Waits as rows of db-scheduler's table, written in the transaction of the event that began them. */
final class DurableWaits implements Waits {

    static final TaskDescriptor<Void> END_WAIT = TaskDescriptor.of("end-wait");
    private static final char SEPARATOR = '/';

    private final SchedulerClient client;
    private final TimerTrigger trigger;

    DurableWaits(SchedulerClient client, TimerTrigger trigger) {
        this.client = client;
        this.trigger = trigger;
    }

    @Override
    public void schedule(String jobId, int waitNumber, Instant at) {
        client.scheduleIfNotExists(END_WAIT.instance(jobId + SEPARATOR + waitNumber).build(), at);
        trigger.at(at);
    }

    static String jobId(TaskInstance<Void> instance) {
        return instance.getId().substring(0, instance.getId().indexOf(SEPARATOR));
    }

    static int waitNumber(TaskInstance<Void> instance) {
        return Integer.parseInt(instance.getId().substring(instance.getId().indexOf(SEPARATOR) + 1));
    }
}
