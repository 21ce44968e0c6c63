package io.campaignlauncher.tools;

import io.campaignlauncher.job.messages.EventMessages;
import io.campaignlauncher.job.model.AdSetSpec;
import io.campaignlauncher.job.model.AdSpec;
import io.campaignlauncher.job.model.CampaignSpec;
import io.campaignlauncher.job.model.Check;
import io.campaignlauncher.job.model.CreatedSlot;
import io.campaignlauncher.job.model.CreationReport;
import io.campaignlauncher.job.model.Decision;
import io.campaignlauncher.job.model.DecisionContext;
import io.campaignlauncher.job.model.DeletionReport;
import io.campaignlauncher.job.model.DuplicateName;
import io.campaignlauncher.job.model.EntityType;
import io.campaignlauncher.job.model.ErrorKind;
import io.campaignlauncher.job.model.FailedSlot;
import io.campaignlauncher.job.model.Fault;
import io.campaignlauncher.job.model.FoundEntity;
import io.campaignlauncher.job.model.Job;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.JobPolicy;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.PreVerificationReport;
import io.campaignlauncher.job.model.RequestFingerprint;
import io.campaignlauncher.job.model.RollbackPolicy;
import io.campaignlauncher.job.model.RoundEnd;
import io.campaignlauncher.job.model.SlotId;
import io.campaignlauncher.job.model.Snapshot;
import io.campaignlauncher.job.model.Strategy;
import io.campaignlauncher.job.model.VerificationOutcome;
import io.campaignlauncher.job.model.VerificationReport;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.JobIds;
import io.campaignlauncher.eventstore.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A job whose history the real model writes, in the bytes in which it is stored. Each command comes a second later. */
public final class LaunchedJob {

    public static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private static final AvroEncoding ENCODING = new AvroEncoding();
    private static final JobPolicy POLICY = JobPolicy.defaults(Duration.ofSeconds(10));
    private static final Fault SUSPENDED = new Fault(ErrorKind.PERMANENT, false, 200, 1487, "the account is suspended",
            "trace", null);

    private final UUID jobId;
    private final List<StoredEvent> events = new ArrayList<>();
    private JobState state = Job.initialState();
    private Instant now;

    private LaunchedJob(UUID jobId, Instant begin) {
        this.jobId = jobId;
        this.now = begin;
    }

    /** Accepted so many seconds after {@link #BEGIN}, and looked at: its round is under way. */
    public static LaunchedJob begun(String key, int adSets, long second) {
        var request = new LaunchRequest(key, "buyer", "act_1001", "default", Strategy.FOR_ALL, adSets, null,
                "1000000001", null, new CampaignSpec("Sale " + key, "OUTCOME_SALES", List.of(), Map.of()),
                new AdSetSpec(2000L, "IMPRESSIONS", "OFFSITE_CONVERSIONS", "{\"a\":1}",
                        Map.of("bid_amount", "1", "attribution_spec", "[]")),
                new AdSpec("{\"b\":2}", Map.of()), 2, RollbackPolicy.AUTOMATIC, DuplicateName.REJECT, null, 5);
        var job = new LaunchedJob(JobIds.of(request.userId(), key), BEGIN.plusSeconds(second));
        job.put(new JobCommand.AcceptJob(job.jobId.toString(), request, RequestFingerprint.of(request), false));
        return job.put(new JobCommand.RecordPreVerification(new PreVerificationReport(1, VerificationOutcome.PASSED,
                List.of(new Check("account_accessible", Check.Outcome.PASSED, ""),
                        new Check("campaign_name_free", Check.Outcome.WARNED, "another campaign has this name")),
                3, 6000, null, 350, 2)));
    }

    public static LaunchedJob completed(String key, int adSets, long second) {
        var job = begun(key, adSets, second);
        return job.created(_ -> true).put(new JobCommand.RecordVerification(new VerificationReport(1,
                VerificationOutcome.PASSED, List.of(), List.of(), 1, adSets, adSets, job.now, null, null, 80, 3)));
    }

    public static LaunchedJob rolledBack(String key, int adSets, long second) {
        var job = begun(key, adSets, second).created(id -> id.type() != EntityType.AD);
        var entities = job.state.plan().slots().stream()
                .filter(planned -> Objects.requireNonNull(job.state.slot(planned.id())).filled())
                .map(planned -> new FoundEntity(planned.id(), job.facebookId(planned.id()), planned.name())).toList();
        var ids = entities.stream().map(FoundEntity::facebookId).collect(Collectors.toSet());
        job.put(new JobCommand.RecordSnapshots(1, entities.stream().map(e -> new Snapshot(e, "{}")).toList()))
                .put(new JobCommand.RecordDeletion(new DeletionReport(1, entities, List.of(), RoundEnd.DONE, null,
                        null, job.now, ids.size(), 4, ids)));
        job.now = Objects.requireNonNull(job.state.waiting()).until();
        return job.put(new JobCommand.EndWait(job.state.waiting().number()))
                .put(new JobCommand.RecordDeletion(new DeletionReport(2, entities, List.of(), RoundEnd.DONE, null,
                        null, job.now, 0, 2, Set.of())));
    }

    private LaunchedJob created(Predicate<SlotId> wanted) {
        var left = state.unfilled();
        return put(new JobCommand.RecordCreation(new CreationReport(1,
                left.stream().filter(wanted).map(id -> new CreatedSlot(id, facebookId(id), false)).toList(),
                left.stream().filter(wanted.negate()).map(id -> new FailedSlot(id, SUSPENDED)).toList(), RoundEnd.DONE,
                null, null, 7)));
    }

    public String facebookId(SlotId id) {
        return "12%d%06d%04d".formatted(id.type().ordinal(), Math.floorMod(jobId.hashCode(), 1_000_000), id.number());
    }

    private LaunchedJob put(JobCommand command) {
        now = now.plusSeconds(1);
        var context = new DecisionContext(jobId.toString(), now, POLICY);
        if (!(Job.decide(state, command, context) instanceof Decision.Accepted(var decided))) {
            throw new AssertionError("refused: " + command);
        }
        for (var event : decided) {
            state = Job.evolve(state, event);
            var message = EventMessages.message(event, state, context);
            var id = UUID.nameUUIDFromBytes((jobId + "/" + events.size()).getBytes(StandardCharsets.UTF_8)).toString();
            events.add(new StoredEvent(StoredEvent.NOT_TOLD, id, jobId.toString(), events.size(), now.toString(),
                    message.getSchema().getName(), ENCODING.encode(message),
                    ("{\"correlationId\":\"" + jobId + "\",\"causationId\":\"cause-" + events.size() + "\"}")
                            .getBytes(StandardCharsets.UTF_8)));
        }
        return this;
    }

    public UUID jobId() {
        return jobId;
    }

    public JobState state() {
        return state;
    }

    public List<StoredEvent> events() {
        return List.copyOf(events);
    }
}
