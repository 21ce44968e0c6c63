package io.campaignlauncher.job.feed;

import io.campaignlauncher.changefeed.RefusedEvents;
import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.job.messages.UndeliverableRequests;
import io.campaignlauncher.job.model.JobCommandGateway;
import io.campaignlauncher.job.model.Origin;
import io.campaignlauncher.job.model.UndecidableJob;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.schemas.UnreadableRecord;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a job of a request that nobody will ever answer, so that it ends for that reason. What only tells of something ends no job. */
final class GivenUpRequests implements RefusedEvents.Told {

    private static final Logger LOG = LoggerFactory.getLogger(GivenUpRequests.class);

    private final LaunchRecords records;
    private final JobCommandGateway jobs;

    GivenUpRequests(LaunchRecords records, JobCommandGateway jobs) {
        this.records = records;
        this.jobs = jobs;
    }

    @Override
    public void tell(StoredEvent event, @Nullable Topic refusing, String reason) {
        var topic = refusing == null ? Topic.CREATION_COMMANDS : refusing;
        try {
            var message = records.encoding().decode(event.type(), event.payload());
            UndeliverableRequests.command(message, topic, reason)
                    .ifPresent(command -> jobs.decide(event.jobId(), command, new Origin(event.eventId(), null, null))
                            .join());
        } catch (UnreadableRecord e) {
            LOG.error("job {}: its event {} cannot be read, so that the job cannot be told: {}", event.jobId(),
                    event.eventId(), e.getMessage());
        } catch (CompletionException e) {
            if (UndecidableJob.isBehind(e)) {
                LOG.error("job {}: it cannot be decided, so that it cannot be told that its event {} is given up",
                        event.jobId(), event.eventId());
                return;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
