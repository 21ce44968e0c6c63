package io.campaignlauncher.readmodel;

import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.job.history.HistoryEvent;
import io.campaignlauncher.job.messages.EventMessages;
import io.campaignlauncher.job.messages.StoredMetaData;
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
import io.campaignlauncher.job.model.PlannedSlot;
import io.campaignlauncher.job.model.PreVerificationReport;
import io.campaignlauncher.job.model.RequestFingerprint;
import io.campaignlauncher.job.model.RollbackPolicy;
import io.campaignlauncher.job.model.RoundEnd;
import io.campaignlauncher.job.model.SlotId;
import io.campaignlauncher.job.model.SlotStatus;
import io.campaignlauncher.job.model.Snapshot;
import io.campaignlauncher.job.model.Strategy;
import io.campaignlauncher.job.model.VerificationOutcome;
import io.campaignlauncher.job.model.VerificationReport;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.JobIds;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A job whose history the real model writes: what it decides is what the read model gets to see. Each command comes a second later. */
public final class ScriptedJob {

    public static final Fault NETWORK = new Fault(ErrorKind.TEMPORARY, true, null, null, "the connection was cut", null,
            null);
    public static final Fault SUSPENDED = new Fault(ErrorKind.PERMANENT, false, 200, 1487, "the account is suspended",
            "trace",
            null);
    public static final Fault LIMITED = new Fault(ErrorKind.RATE_LIMIT, false, 17, 2446079, "too many calls", null,
            null);
    private static final AvroEncoding ENCODING = new AvroEncoding();
    private static final JobPolicy POLICY = JobPolicy.defaults(Duration.ofSeconds(10));

    private final UUID jobId;
    private final LaunchRequest request;
    private final List<StoredEvent> facts = new ArrayList<>();
    private final List<JobState> states = new ArrayList<>();
    private JobState state = Job.initialState();
    private Instant now;

    private ScriptedJob(LaunchRequest request, Instant start) {
        this.request = request;
        this.now = start.truncatedTo(ChronoUnit.MILLIS);
        this.jobId = JobIds.of(request.ownership().tenant(), request.userId(), request.idempotencyKey());
    }

    /** Accepted at this time: so many ad sets with an ad each. */
    public static ScriptedJob accepted(String userId, String key, int adSets, Instant start) {
        return accepted(request(userId, key, adSets, RollbackPolicy.AUTOMATIC), start);
    }

    public static ScriptedJob accepted(LaunchRequest request, Instant start) {
        var job = new ScriptedJob(request, start);
        return job.put(
                new JobCommand.AcceptJob(job.jobId.toString(), request, RequestFingerprint.of(request), false));
    }

    public static LaunchRequest request(String userId, String key, int adSets, RollbackPolicy policy) {
        return new LaunchRequest(key, userId, "act_1001", "default", Strategy.FOR_ALL, adSets, null, "1000000001", null,
                new CampaignSpec("Sale " + key, "OUTCOME_SALES", List.of(), Map.of()),
                new AdSetSpec(2000L, "IMPRESSIONS", "OFFSITE_CONVERSIONS", "{\"a\":1}", Map.of()),
                new AdSpec("{\"b\":2}", Map.of()), 2, policy, DuplicateName.REJECT, null, 5);
    }

    public UUID jobId() {
        return jobId;
    }

    /** Goes on from a later time. */
    public ScriptedJob later(Duration time) {
        now = now.plus(time);
        return this;
    }

    public ScriptedJob put(JobCommand command) {
        now = now.plusSeconds(1);
        var context = new DecisionContext(jobId.toString(), now, POLICY);
        if (Job.decide(state, command, context) instanceof Decision.Accepted(var events)) {
            for (var event : events) {
                state = Job.evolve(state, event);
                var message = EventMessages.message(event, state, context);
                states.add(state);
                facts.add(new StoredEvent(StoredEvent.NOT_TOLD, "", jobId.toString(), facts.size(), now.toString(),
                        message.getSchema().getName(), ENCODING.encode(message), beside()));
            }
            return this;
        }
        throw new AssertionError("refused: " + command);
    }

    private byte[] beside() {
        var beside = new HashMap<String, String>();
        StoredMetaData.put(beside, request.ownership());
        return beside.isEmpty() ? new byte[0] : JsonMapper.shared().writeValueAsBytes(beside);
    }

    public ScriptedJob preVerified() {
        return preVerification(VerificationOutcome.PASSED, null,
                new Check("account_accessible", Check.Outcome.PASSED, ""),
                new Check("account_active", Check.Outcome.PASSED, ""),
                new Check("token_valid", Check.Outcome.PASSED, ""),
                new Check("campaign_name_free", Check.Outcome.PASSED, ""),
                new Check("campaign_room", Check.Outcome.PASSED, ""));
    }

    /** The same, and the verifier tells the account's time zone. */
    public ScriptedJob preVerified(String timeZone) {
        return put(new JobCommand.RecordPreVerification(new PreVerificationReport(state.counts().preVerifications(),
                VerificationOutcome.PASSED, List.of(new Check("account_active", Check.Outcome.PASSED, "")), null, null,
                null, 120, 1, timeZone, List.of(), null)));
    }

    public ScriptedJob refusedBecauseSuspended() {
        return preVerification(VerificationOutcome.REFUSED, null,
                new Check("account_accessible", Check.Outcome.PASSED, ""),
                new Check("account_active", Check.Outcome.FAILED, "the account is disabled"),
                new Check("token_valid", Check.Outcome.PASSED, ""),
                new Check("campaign_name_free", Check.Outcome.WARNED, "another campaign has this name"),
                new Check("campaign_room", Check.Outcome.NOT_REACHED, ""));
    }

    public ScriptedJob preVerification(VerificationOutcome outcome, @Nullable Fault fault, Check... checks) {
        return put(new JobCommand.RecordPreVerification(
                new PreVerificationReport(state.counts().preVerifications(), outcome,
                        List.of(checks), 3, 6000, fault, 350, 2)));
    }

    /** Everything that is unfilled gets an entity, and the round ends. */
    public ScriptedJob createdAll() {
        return created(_ -> true, List.of(), RoundEnd.DONE);
    }

    /** The campaign, the ad sets and the first ad get entities; then the account is suspended. */
    public ScriptedJob suspendedHalfWay() {
        return created(id -> id.type() != EntityType.AD || id.number() == 1,
                List.of(new FailedSlot(new SlotId(EntityType.AD, 2), SUSPENDED)), RoundEnd.DONE);
    }

    /** These slots get entities, those meet a fault, the rest is not mentioned. */
    public ScriptedJob created(Predicate<SlotId> created, List<FailedSlot> failed, RoundEnd end) {
        var refused = failed.stream().map(FailedSlot::id).toList();
        return put(new JobCommand.RecordCreation(new CreationReport(state.counts().rounds(),
                state.unfilled().stream().filter(id -> created.test(id) && !refused.contains(id)).map(this::entity)
                        .toList(),
                failed, end, null, failed.isEmpty() ? null : now, 7)));
    }

    private CreatedSlot entity(SlotId id) {
        return new CreatedSlot(id, facebookId(id), false);
    }

    String facebookId(SlotId id) {
        return "" + (id.type().ordinal() + 1) + Math.floorMod(jobId.hashCode(), 10_000)
                + (100_000 * state.counts().rounds() + id.number());
    }

    /** The wait that the job is in ends. */
    public ScriptedJob waitEnds() {
        var wait = Objects.requireNonNull(state.waiting(), "the job waits for no time");
        now = wait.until();
        return put(new JobCommand.EndWait(wait.number()));
    }

    public ScriptedJob waitEndsIfAny() {
        return state.waiting() == null ? this : waitEnds();
    }

    public ScriptedJob verification(VerificationOutcome outcome, List<SlotId> missing, List<FoundEntity> unknown) {
        var created = state.slots().stream().filter(slot -> slot.status() == SlotStatus.CREATED).count();
        int each = (int) (created - 1) / 2;
        return put(new JobCommand.RecordVerification(
                new VerificationReport(state.counts().verifications(), outcome, missing,
                        unknown, 1, each - count(missing, EntityType.AD_SET), each - count(missing, EntityType.AD),
                        now.plusMillis(500), null,
                        outcome == VerificationOutcome.INCONCLUSIVE ? NETWORK : null, 80, 3)));
    }

    private static int count(List<SlotId> slots, EntityType type) {
        return (int) slots.stream().filter(id -> id.type() == type).count();
    }

    public ScriptedJob verified() {
        return verification(VerificationOutcome.PASSED, List.of(), List.of());
    }

    /** The rollback service keeps the contents of whatever exists, deletes it, and sees later that it is gone. */
    public ScriptedJob deletedAll() {
        var entities = existing();
        put(new JobCommand.RecordSnapshots(state.counts().passes(),
                entities.stream().map(entity -> new Snapshot(entity, "{}")).toList()));
        return put(new JobCommand.RecordDeletion(new DeletionReport(state.counts().passes(), entities, List.of(),
                RoundEnd.DONE, null, null, now, entities.size(), 4,
                entities.stream().map(FoundEntity::facebookId).collect(Collectors.toSet()))))
                .waitEnds().put(new JobCommand.RecordDeletion(new DeletionReport(state.counts().passes(), entities,
                        List.of(), RoundEnd.DONE, null, null, now, 0, 2, Set.of())));
    }

    /** Somebody says yes to the rollback that waits. */
    public ScriptedJob confirmed() {
        return put(new JobCommand.DecideRollback(true, "somebody", "seen"));
    }

    public List<FoundEntity> existing() {
        return state.plan()
                .slots()
                .stream()
                .filter(planned -> Objects.requireNonNull(state.slot(planned.id())).filled())
                .map(planned -> found(planned))
                .toList();
    }

    private FoundEntity found(PlannedSlot planned) {
        return new FoundEntity(planned.id(),
                Objects.requireNonNull(Objects.requireNonNull(state.slot(planned.id())).facebookId()),
                planned.name());
    }

    /** From acceptance to completion without trouble. */
    public ScriptedJob completed() {
        return preVerified().createdAll().verified();
    }

    public JobState state() {
        return state;
    }

    public Instant now() {
        return now;
    }

    /** Its events as they are read from the event store. */
    public List<HistoryEvent> history() {
        return facts.stream()
                .map(fact -> fact.decoded(ENCODING))
                .toList();
    }

    /** The state after each event. */
    public List<JobState> states() {
        return states;
    }

    /** Its events as the change feed publishes them; the same each time. */
    public List<ProducerRecord<String, byte[]>> records(LaunchRecords records) {
        return facts.stream().map(fact -> {
            var id = UUID.nameUUIDFromBytes((jobId + "/" + fact.sequence()).getBytes(StandardCharsets.UTF_8))
                    .toString();
            var envelope = new Envelope(id, fact.type(), "/job-service", jobId.toString(), fact.at(), fact.sequence(),
                    id, null, null);
            return records.record(Topic.JOB_EVENTS, jobId.toString(), fact.payload(), envelope);
        }).toList();
    }

    public List<StoredEvent> facts() {
        return List.copyOf(facts);
    }
}
