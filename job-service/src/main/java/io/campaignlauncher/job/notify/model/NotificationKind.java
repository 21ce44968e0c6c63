package io.campaignlauncher.job.notify.model;

import io.campaignlauncher.job.model.JobEvent;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a job's owner is told of; each happens at most once in a job. */
public enum NotificationKind {
    COMPLETED("job.completed", JobEvent.JobCompleted.class),
    FAILED("job.failed", JobEvent.JobFailed.class),
    ROLLED_BACK("job.rolled_back", JobEvent.JobRolledBack.class),
    ROLLBACK_WAITING("job.rollback_waiting", JobEvent.RollbackProposed.class);

    private final String wireName;
    private final Class<? extends JobEvent> event;

    NotificationKind(String wireName, Class<? extends JobEvent> event) {
        this.wireName = wireName;
        this.event = event;
    }

    /** As it is written in tables and notifications. */
    public String wireName() {
        return wireName;
    }

    /** The kind with this {@link #wireName()}. */
    public static NotificationKind of(String wireName) {
        return Arrays.stream(values()).filter(kind -> kind.wireName.equals(wireName)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no kind of notification: " + wireName));
    }

    /** @param type the name of an event, null where it is not known; empty where nobody is told of such events */
    public static Optional<NotificationKind> ofEvent(@Nullable String type) {
        return Arrays.stream(values()).filter(kind -> kind.event.getSimpleName().equals(type)).findFirst();
    }
}
