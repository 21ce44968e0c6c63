package io.campaignlauncher.job.notify;

import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.eventstore.EventReader.Place;
import io.campaignlauncher.job.history.HistoryEvent;
import io.campaignlauncher.job.history.Point;
import io.campaignlauncher.job.history.RecordedJob;
import io.campaignlauncher.job.model.Ownership;
import io.campaignlauncher.job.notify.model.Notification.Dated;
import io.campaignlauncher.job.stored.JobHistory;
import io.campaignlauncher.schemas.JobAccepted;
import io.campaignlauncher.schemas.UnreadableRecord;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What notifications need of jobs' histories. An event that is on its topic is there as well. Every call blocks. */
final class NotifiedJobs {

    private static final Logger LOG = LoggerFactory.getLogger(NotifiedJobs.class);

    private final JobHistory history;

    /** Whom a request asked to tell. @param ownership whose its job is */
    record NamedWebhook(String address, Ownership ownership) {

        /** Without the address, behind whose host something secret may stand. */
        @Override
        public String toString() {
            return "NamedWebhook[" + ownership + "]";
        }
    }

    NotifiedJobs(JobHistory history) {
        this.history = history;
    }

    /** The webhooks that these jobs' requests named; jobs that named none are left out. @param jobs each once */
    Map<UUID, NamedWebhook> webhooks(Collection<UUID> jobs) {
        var beginnings = jobs.stream().map(job -> new Place(job, RecordedJob.BEFORE_THE_FIRST)).toList();
        var webhooks = new HashMap<UUID, NamedWebhook>();
        for (var first : history.after(beginnings, 1, beginnings.size())) {
            if (first.message() instanceof JobAccepted accepted && accepted.getRequest().getWebhook() != null) {
                var request = accepted.getRequest();
                webhooks.put(first.jobId(), new NamedWebhook(request.getWebhook(),
                        new Ownership(request.getTenant(), request.getOwner())));
            } else if (first.unreadable() != null) {
                LOG.error("job {}: its request cannot be read, so nobody is told of it: {}", first.jobId(),
                        first.unreadable());
            }
        }
        return webhooks;
    }

    /** A job's events up to this one. An event that a newer version wrote is left out, if it is not the last one. */
    List<Dated> upTo(UUID jobId, long sequence) {
        return history.events(jobId, new Point.AtVersion(sequence), Visibility.everything())
                .flatMap(NotifiedJobs::dated).toList();
    }

    private static Stream<Dated> dated(HistoryEvent event) {
        try {
            return Stream.of(new Dated(event.at(), event.asJobEvent()));
        } catch (UnreadableRecord | IllegalArgumentException e) {
            LOG.warn("job {}: an event {} cannot be read and is left out of what is told: {}", event.jobId(),
                    event.type(), e.getMessage());
            return Stream.empty();
        }
    }
}
