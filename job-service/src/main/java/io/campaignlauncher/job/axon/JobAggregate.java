package io.campaignlauncher.job.axon;

import io.campaignlauncher.job.host.DecidedBatch;
import io.campaignlauncher.job.host.DecidedCommand;
import io.campaignlauncher.job.messages.StoredEvents;
import io.campaignlauncher.job.model.Decision;
import io.campaignlauncher.job.model.DecisionContext;
import io.campaignlauncher.job.model.Job;
import io.campaignlauncher.job.model.JobEvent;
import io.campaignlauncher.job.model.JobPolicy;
import io.campaignlauncher.job.model.JobState;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** Hosts {@link Job} in Axon: holds the state, has commands decided, appends what follows. Decides nothing itself. */
class JobAggregate {

    @AggregateIdentifier
    private @Nullable String jobId;

    private JobState state = Job.initialState();
    private MetaData besideLatest = MetaData.emptyInstance();

    JobAggregate() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    List<Decision> handle(DecideOnJob envelope, JobPolicy policy, TransactionalSideEffects sideEffects,
            EventStore store,
            LateReports lateReports) {
        requireLatest(store, envelope.jobId());
        var batch = DecidedBatch.of(state, envelope.commands(),
                new DecisionContext(envelope.jobId(), envelope.now(), policy),
                sideEffects);
        for (var command : batch.commands()) {
            append(envelope.jobId(), command, batch.after(), sideEffects, lateReports);
        }
        if (batch.isWithoutJob()) {
            throw new JobRefused(envelope.jobId(), batch.decisions());
        }
        return batch.decisions();
    }

    /** What follows from one command bears the origin of that command. */
    private void append(String jobId, DecidedCommand command, JobState after, TransactionalSideEffects sideEffects,
            LateReports lateReports) {
        var traced = DecisionSpan.of(jobId, command.issued(), besideLatest, after);
        try (var _ = traced.span().inLog()) {
            if (command.before().phase().settled()) {
                traced.onceDurable(() -> lateReports.count(jobId, command.before(), command.issued().command()));
            }
            for (var appended : command.appended()) {
                AggregateLifecycle.apply(appended.message(), traced.metaData());
                appended.beside().ifPresent(effect -> sideEffects.apply(jobId, effect));
            }
            traced.tellOnceDurable(jobId, command.decision());
        }
    }

    /**
     * A decision that appends something fails by itself where another instance has appended first. One that appends nothing
     * would not: made on what the cache knew, a report could be taken for old, or an answer refused, that is in time. And what the
     * cache knows may be gone from the store, where a standby took over that lacks what was committed last: nothing may be
     * appended behind such a gap.
     */
    private static void requireLatest(EventStore store, String jobId) {
        var known = AggregateLifecycle.getVersion();
        if (known != null && !store.lastSequenceNumberFor(jobId).filter(known::equals).isPresent()) {
            throw new ConcurrencyException("what is known of job " + jobId + " is not what is stored");
        }
    }

    @EventSourcingHandler
    void on(SpecificRecord message, MetaData beside) {
        besideLatest = beside;
        var event = StoredEvents.event(message);
        if (event instanceof JobEvent.JobAccepted accepted) {
            jobId = accepted.jobId();
        }
        state = Job.evolve(state, event);
    }

    JobState state() {
        return state;
    }
}
