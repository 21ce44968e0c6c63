package io.campaignlauncher.job.axon;

import io.campaignlauncher.job.messages.EventMessages;
import io.campaignlauncher.job.messages.StoredEvents;
import io.campaignlauncher.job.model.Asked;
import io.campaignlauncher.job.model.Decision;
import io.campaignlauncher.job.model.Job;
import io.campaignlauncher.job.model.JobEvent;
import io.campaignlauncher.job.model.JobPolicy;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.job.model.Moment;
import io.campaignlauncher.job.model.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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

/**
 * Hosts {@link Job} in Axon. Holds the state, forwards commands, appends events as the messages they are published as;
 * decides nothing.
 */
class JobAggregate {

    @AggregateIdentifier
    private @Nullable String jobId;

    private JobState state = Job.initialState();
    private MetaData besideLatest = MetaData.emptyInstance();

    JobAggregate() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    List<Decision> handle(DecideOnJob envelope, JobPolicy policy, SideTables sideTables, EventStore store,
            LateReports lateReports) {
        var decisions = new ArrayList<Decision>(envelope.asked().size());
        var before = state;
        for (var asked : envelope.asked()) {
            decisions.add(decide(envelope, asked, policy, sideTables, lateReports));
        }
        if (state.phase() == Phase.ABSENT) {
            throw new JobRefused(envelope.jobId(), decisions);
        }
        if (state == before) {
            requireLatest(store);
        }
        return decisions;
    }

    /** What follows from one command bears the origin of that command. */
    private Decision decide(DecideOnJob envelope, Asked asked, JobPolicy policy, SideTables sideTables,
            LateReports lateReports) {
        var moment = new Moment(envelope.jobId(), envelope.now(), policy);
        var traced = DecisionHop.of(envelope.jobId(), asked, besideLatest);
        try (var _ = traced.hop().inLog()) {
            // Only a job that is new takes its name: a request that comes again must not hold it for ever.
            var informed = state.phase() == Phase.ABSENT ? sideTables.informed(asked.command()) : asked.command();
            var decision = Job.decide(state, informed, moment);
            if (state.phase().settled()) {
                var ended = state;
                traced.onceDurable(() -> lateReports.count(envelope.jobId(), ended, asked.command()));
            }
            if (decision instanceof Decision.Accepted(var events)) {
                for (var event : events) {
                    var message = EventMessages.message(event, Job.evolve(state, event), moment);
                    AggregateLifecycle.apply(message, traced.metaData());
                    sideTables.follow(envelope.jobId(), event);
                }
            }
            traced.tellOnceDurable(envelope.jobId(), decision);
            return decision;
        }
    }

    /**
     * A decision that appends something fails by itself where another instance has appended first. One that appends nothing
     * would not: made on what the cache knew, a report could be taken for old, or an answer refused, that is in time.
     */
    private void requireLatest(EventStore store) {
        var last = store.lastSequenceNumberFor(Objects.requireNonNull(jobId));
        if (last.isPresent() && !last.get().equals(AggregateLifecycle.getVersion())) {
            throw new ConcurrencyException("another instance has appended to job " + jobId);
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
