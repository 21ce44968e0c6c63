package io.campaignlauncher.simulation;

import io.campaignlauncher.job.host.AcceptanceFacts;
import io.campaignlauncher.job.host.DecidedBatch;
import io.campaignlauncher.job.host.DecidedCommand.Appended;
import io.campaignlauncher.job.host.SideEffect;
import io.campaignlauncher.job.messages.StoredEvents;
import io.campaignlauncher.job.model.Decision;
import io.campaignlauncher.job.model.DecisionContext;
import io.campaignlauncher.job.model.IssuedCommand;
import io.campaignlauncher.job.model.Job;
import io.campaignlauncher.job.model.JobEvent;
import io.campaignlauncher.job.model.JobPolicy;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.MediaFile;
import io.campaignlauncher.job.model.Origin;
import io.campaignlauncher.job.model.PriorAcceptance;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.simulation.engine.Message;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * The job service's database: events, waits and names change in one transaction or not at all, and only on top of the version
 * that a decision was made on. As {@code job.axon} and its tables do it.
 */
final class EventStore {

    private static final AvroEncoding ENCODING = new AvroEncoding();

    private final World world;
    private final JobPolicy policy;
    private final Map<String, Stream> streams = new LinkedHashMap<>();
    private final Map<Name, Held> names = new HashMap<>();
    private final List<Message> log = new ArrayList<>();

    private record Name(String account, String name) {}

    private record Held(String jobId, @Nullable Instant freeFrom) {}

    /** An event as it is stored. */
    record Stored(String type, byte[] bytes) {}

    /** A job's state as of a version. */
    record Snapshot(JobState state, int version) {}

    /** What a transaction came to. @param after null where another one came first */
    record Outcome(List<Decision> decisions, @Nullable Snapshot after) {}

    /** The events of a job. */
    static final class Stream {
        final List<Stored> events = new ArrayList<>();
        JobState state = Job.initialState();
        Instant lastEventAt = Instant.EPOCH;
        /** An event of it cannot be read, until somebody mends that. */
        boolean unreadable;
    }

    EventStore(World world, JobPolicy policy) {
        this.world = world;
        this.policy = policy;
    }

    /** What a reader gets of a message: its bytes know milliseconds, not nanoseconds. */
    static SpecificRecord asRead(SpecificRecord message) {
        return ENCODING.decode(message.getSchema().getName(), ENCODING.encode(message));
    }

    /** Every event in the order of commits, as it is published. */
    List<Message> log() {
        return log;
    }

    Map<String, Stream> streams() {
        return streams;
    }

    JobState state(String jobId) {
        var stream = streams.get(jobId);
        return stream == null ? Job.initialState() : stream.state;
    }

    boolean isUndecidable(String jobId) {
        var stream = streams.get(jobId);
        return stream != null && stream.unreadable;
    }

    /** Reads a job from its events' bytes. */
    Snapshot load(String jobId) {
        var stream = streams.get(jobId);
        if (stream == null) {
            return new Snapshot(Job.initialState(), 0);
        }
        var state = replay(stream);
        world.checker().replayed(jobId, state, stream.state);
        return new Snapshot(state, stream.events.size());
    }

    static JobState replay(Stream stream) {
        var state = Job.initialState();
        for (var stored : stream.events) {
            state = Job.evolve(state, StoredEvents.event(ENCODING.decode(stored.type, stored.bytes)));
        }
        return state;
    }

    /** One transaction: decides on the commands and appends what follows. */
    Outcome decide(String jobId, List<IssuedCommand> commands, Instant now, Snapshot base) {
        var namesBefore = Map.copyOf(names);
        var batch = DecidedBatch.of(base.state(), commands, new DecisionContext(jobId, now, policy), new Facts());
        int version = streams.containsKey(jobId) ? streams.get(jobId).events.size() : 0;
        boolean conflict = version != base.version();
        if (conflict || batch.isWithoutJob()) {
            names.clear();
            names.putAll(namesBefore);
            return new Outcome(batch.decisions(), conflict ? null : base);
        }
        if (!batch.appended().isEmpty()) {
            append(jobId, batch);
        }
        return new Outcome(batch.decisions(), new Snapshot(batch.after(), base.version() + batch.appended().size()));
    }

    private void append(String jobId, DecidedBatch batch) {
        var stream = streams.computeIfAbsent(jobId, _ -> new Stream());
        var at = world.loop().now().truncatedTo(ChronoUnit.MILLIS);
        for (var command : batch.commands()) {
            for (var appended : command.appended()) {
                append(jobId, stream, appended, command.issued().origin(), at);
            }
        }
        stream.lastEventAt = at;
        if (world.faults().strikes(FaultKind.JOB_UNDECIDABLE)) {
            world.trace().line("store", jobId, () -> "an event of the job cannot be read any more");
            stream.unreadable = true;
            world.loop().at(world.faults().calmFrom(), null, () -> stream.unreadable = false);
        }
        world.feed().committed();
    }

    private void append(String jobId, Stream stream, Appended appended, Origin origin, Instant at) {
        var message = appended.message();
        // Where none is said, the job's goes on: here every request says its job's id.
        var correlationId = Objects.requireNonNullElse(origin.correlationId(), jobId);
        long sequence = stream.events.size();
        var type = message.getSchema().getName();
        world.checker().before(jobId, stream.state, appended.event());
        if (appended.event() instanceof JobEvent.JobCancelled) {
            world.cancels().taken(stream.state);
        }
        stream.events.add(new Stored(type, ENCODING.encode(message)));
        stream.state = Job.evolve(stream.state, StoredEvents.event(message));
        log.add(new Message(new Envelope(jobId.substring(0, 8) + "-" + sequence, type, "/job-service", jobId, at,
                sequence, correlationId, origin.causationId(), null, stream.state.ownership().tenant(),
                stream.state.ownership().owner()), message));
        appended.beside().ifPresent(effect -> apply(jobId, effect));
        if (appended.event() instanceof JobEvent.RollbackProposed) {
            world.users().ask(jobId);
        }
        world.cancels().happened(jobId, appended.event());
        world.starts().happened(jobId, appended.event());
        world.media().happened(jobId, appended.event());
        world.trace().line("event", jobId, () -> appended.event().toString());
    }

    private final class Facts implements AcceptanceFacts {

        @Override
        public boolean nameTakenByAnother(String jobId, LaunchRequest request) {
            return takenByAnother(new Name(request.adAccountId(), request.campaign().name()), jobId);
        }

        @Override
        public List<MediaFile> media(LaunchRequest request, Set<String> references) {
            return world.media().known(request, references);
        }

        /** Every request has waited on its topic, and was answered as taken. */
        @Override
        public PriorAcceptance priorAcceptance(String jobId, LaunchRequest request) {
            return PriorAcceptance.THIS_REQUEST;
        }
    }

    private boolean takenByAnother(Name name, String jobId) {
        var held = names.get(name);
        if (held == null || held.jobId.equals(jobId)
                || held.freeFrom != null && held.freeFrom.isBefore(world.loop().now())) {
            names.put(name, new Held(jobId, null));
            return false;
        }
        return true;
    }

    private void apply(String jobId, SideEffect effect) {
        switch (effect) {
            case SideEffect.WaitScheduled(var waitNumber, var at) -> world.timers().schedule(jobId, waitNumber, at);
            case SideEffect.NameFreeOnceReadable _ -> names.replaceAll((_, held) -> held.jobId.equals(jobId)
                    ? new Held(jobId, world.loop().now().plus(policy.readLag()))
                    : held);
            case SideEffect.NameFree _ -> names.values().removeIf(held -> held.jobId.equals(jobId));
        }
    }
}
