package io.campaignlauncher.job.axon;

import io.campaignlauncher.job.messages.StoredMetaData;
import io.campaignlauncher.job.model.Decision;
import io.campaignlauncher.job.model.IssuedCommand;
import io.campaignlauncher.job.model.JobEvent;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.telemetry.TraceSpan;
import io.opentelemetry.api.trace.SpanKind;
import java.util.Map;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows from one command, as a step in its job's trace. It continues the trace of who asked; where that one brought none,
 * as a timer does, that of the job's latest event; where there is none yet a trace begins.
 */
final class DecisionSpan {

    private static final Logger LOG = LoggerFactory.getLogger(DecisionSpan.class);

    private final TraceSpan span;
    private final MetaData metaData;

    private DecisionSpan(TraceSpan span, MetaData metaData) {
        this.span = span;
        this.metaData = metaData;
    }

    /**
     * @param latest what is stored beside the job's latest event; empty where it has none
     * @param after  the job as it becomes
     */
    static DecisionSpan of(String jobId, IssuedCommand issued, MetaData latest, JobState after) {
        var beside = StoredMetaData.of(issued.origin());
        if (after.accepted() != null) {
            StoredMetaData.put(beside, after.ownership());
        }
        var correlationId = value(beside, latest, StoredMetaData.CORRELATION_ID, jobId);
        var span = TraceSpan.begin(issued.command().getClass().getSimpleName(), SpanKind.INTERNAL,
                value(beside, latest, StoredMetaData.TRACEPARENT, ""))
                .about(jobId, correlationId);
        var work = CurrentUnitOfWork.get();
        work.onRollback(_ -> span.failed("rolled back"));
        work.onCleanup(_ -> span.end());
        beside.put(StoredMetaData.CORRELATION_ID, correlationId);
        beside.put(StoredMetaData.TRACEPARENT, String.valueOf(span.traceparent()));
        return new DecisionSpan(span, MetaData.from(beside));
    }

    private static String value(Map<String, String> given, MetaData latest, String name, String otherwise) {
        return given.getOrDefault(name, (String) latest.getOrDefault(name, otherwise));
    }

    /** What is stored beside the events that follow. */
    MetaData metaData() {
        return metaData;
    }

    TraceSpan span() {
        return span;
    }

    /** Once the commands are decided for good; what it writes to the log bears the fields of this step. */
    void onceDurable(Runnable work) {
        CurrentUnitOfWork.get().afterCommit(_ -> {
            try (var _ = span.inLog()) {
                work.run();
            }
        });
    }

    /** Once the events are durable, those that matter for the job as a whole are logged. */
    void tellOnceDurable(String jobId, Decision decision) {
        if (decision instanceof Decision.Accepted(var events) && !events.isEmpty()) {
            CurrentUnitOfWork.get().afterCommit(_ -> events.forEach(event -> tell(jobId, event)));
        }
    }

    /** Kinds, counts and times only: reasons and messages may quote names and whatever else Facebook was sent. */
    private void tell(String jobId, JobEvent event) {
        var line = span.on(LOG.atInfo());
        switch (event) {
            case JobEvent.JobAccepted _ -> line.log("Job {} accepted", jobId);
            case JobEvent.RetryScheduled e -> line.log("Job {} tries again at {}: {}, code {}", jobId, e.at(),
                    e.fault().kind(), e.fault().code());
            case JobEvent.RateLimitReached e -> line.log("Job {} waits for a rate limit until {}", jobId, e.until());
            case JobEvent.LookScheduled e -> line.log("Job {} waits until {}", jobId, e.at());
            case JobEvent.LaunchScheduled e -> line.log("Job {} begins at {}", jobId, e.startAt());
            case JobEvent.LaunchRescheduled _ -> line.log("Job {}: its start was moved", jobId);
            case JobEvent.RollbackProposed _ -> line.log("Job {} waits for a person to confirm its rollback", jobId);
            case JobEvent.RollbackDeclined _ -> line.log("Job {}: its rollback was declined", jobId);
            case JobEvent.JobCancelled _ -> line.log("Job {} was cancelled", jobId);
            case JobEvent.RollbackStarted _ -> line.log("Job {} rolls back", jobId);
            case JobEvent.JobCompleted _ -> line.log("Job {} completed", jobId);
            case JobEvent.JobFailed _ -> line.log("Job {} failed", jobId);
            case JobEvent.JobRolledBack _ -> line.log("Job {} rolled back", jobId);
            case JobEvent.Requested _,JobEvent.Progress _ -> {
            }
        }
    }
}
