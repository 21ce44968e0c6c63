package io.campaignlauncher.job.messages;

import static io.campaignlauncher.job.messages.CommandSpecs.AS_ALL;

import io.campaignlauncher.job.model.DecisionContext;
import io.campaignlauncher.job.model.EntityType;
import io.campaignlauncher.job.model.FoundEntity;
import io.campaignlauncher.job.model.JobEvent;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.job.model.PlannedSlot;
import io.campaignlauncher.job.model.SlotId;
import io.campaignlauncher.job.request.LaunchRequests;
import io.campaignlauncher.job.request.ResolvedMedia;
import io.campaignlauncher.schemas.CreateEntities;
import io.campaignlauncher.schemas.DeletionFault;
import io.campaignlauncher.schemas.DeletionReason;
import io.campaignlauncher.schemas.DuplicateName;
import io.campaignlauncher.schemas.Entity;
import io.campaignlauncher.schemas.EntitySnapshot;
import io.campaignlauncher.schemas.PlannedEntity;
import io.campaignlauncher.schemas.RollbackPolicy;
import io.campaignlauncher.schemas.RoundEnd;
import io.campaignlauncher.schemas.SlotFault;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes the Job's events. A stored event says all that its readers need, so that a worker never has to ask for the job:
 * what the model's event leaves out is filled in from the state that the event leads to.
 */
public final class EventMessages {

    private EventMessages() {}

    /**
     * @param after    the state that the event leads to
     * @param context   when it happens, and how long a command in the event may be claimed and carried out
     */
    public static SpecificRecord message(JobEvent event, JobState after, DecisionContext context) {
        var jobId = context.jobId();
        return switch (event) {
            case JobEvent.JobAccepted e ->
                new io.campaignlauncher.schemas.JobAccepted(jobId, LaunchRequests.toAvro(e.request()),
                        e.fingerprint(), e.adSets(), e.ads(), e.retryBudget(),
                        RollbackPolicy.valueOf(e.rollbackPolicy().name()),
                        DuplicateName.valueOf(e.duplicateName().name()), e.label(),
                        AvroMapper.toAvro(e.media()));
            case JobEvent.PreVerificationRequested e -> preVerificationRequested(jobId, e, after);
            case JobEvent.PreVerificationCompleted e -> new io.campaignlauncher.schemas.PreVerificationCompleted(jobId,
                    ReportMapper.toAvro(jobId, e.report()));
            case JobEvent.CreationRequested e ->
                new io.campaignlauncher.schemas.CreationRequested(jobId, command(e, after, context));
            case JobEvent.SlotsCreated e -> new io.campaignlauncher.schemas.SlotsCreated(jobId, e.round(),
                    e.slots().stream().map(AvroMapper::toAvro).toList(), e.readableFrom());
            case JobEvent.SlotsFailed e -> slotsFailed(jobId, e);
            case JobEvent.CreationRoundEnded e -> new io.campaignlauncher.schemas.CreationRoundEnded(jobId, e.round(),
                    RoundEnd.valueOf(e.end().name()), e.settledAt(), e.httpCalls());
            case JobEvent.RetryScheduled e ->
                new io.campaignlauncher.schemas.RetryScheduled(jobId, e.waitNumber(), e.retryCount(),
                        e.at(), AvroMapper.toAvro(e.fault()));
            case JobEvent.RateLimitReached e ->
                new io.campaignlauncher.schemas.RateLimitReached(jobId, e.waitNumber(), e.until(),
                        AvroMapper.toAvro(e.fault()));
            case JobEvent.LookScheduled e ->
                new io.campaignlauncher.schemas.LookScheduled(jobId, e.waitNumber(), e.at(), e.reason());
            case JobEvent.LaunchScheduled e ->
                new io.campaignlauncher.schemas.LaunchScheduled(jobId, e.waitNumber(), e.startAt(), e.timeZone());
            case JobEvent.VerificationRequested e -> verificationRequested(jobId, e, after);
            case JobEvent.VerificationCompleted e -> new io.campaignlauncher.schemas.VerificationCompleted(jobId,
                    ReportMapper.toAvro(jobId, e.report()));
            case JobEvent.SlotsReopened e -> new io.campaignlauncher.schemas.SlotsReopened(jobId,
                    e.slots().stream().map(AvroMapper::toAvro).toList(), e.reason());
            case JobEvent.RollbackProposed e -> new io.campaignlauncher.schemas.RollbackProposed(jobId, e.reason());
            case JobEvent.RollbackDeclined e ->
                new io.campaignlauncher.schemas.RollbackDeclined(jobId, e.userId(), e.reason());
            case JobEvent.RollbackStarted e ->
                new io.campaignlauncher.schemas.RollbackStarted(jobId, e.reason(), e.confirmedBy(),
                        e.confirmationReason());
            case JobEvent.LaunchRescheduled e ->
                new io.campaignlauncher.schemas.LaunchRescheduled(jobId, e.startAt(), e.userId(), e.reason());
            case JobEvent.JobCancelled e ->
                new io.campaignlauncher.schemas.JobCancelled(jobId, e.userId(), e.reason());
            case JobEvent.DeletionRequested e -> deletionRequested(e, after, context);
            case JobEvent.EntitiesSnapshotted e -> new io.campaignlauncher.schemas.EntitiesSnapshotted(jobId, e.pass(),
                    e.snapshots().stream().map(s -> new EntitySnapshot(AvroMapper.toAvro(s.entity()), s.content()))
                            .toList());
            case JobEvent.EntitiesDeleted e -> new io.campaignlauncher.schemas.EntitiesDeleted(jobId, e.pass(),
                    DeletionReason.valueOf(e.reason().name()), e.entities().stream().map(AvroMapper::toAvro).toList());
            case JobEvent.DeletionPassEnded e -> deletionPassEnded(jobId, e);
            case JobEvent.JobCompleted e ->
                new io.campaignlauncher.schemas.JobCompleted(jobId, e.facebookCampaignId(), e.adSets(), e.ads());
            case JobEvent.JobFailed e ->
                new io.campaignlauncher.schemas.JobFailed(jobId, e.reasons(), e.nothingCreated());
            case JobEvent.JobRolledBack e -> new io.campaignlauncher.schemas.JobRolledBack(jobId, e.reason());
        };
    }

    private static SpecificRecord preVerificationRequested(String jobId, JobEvent.PreVerificationRequested e,
            JobState after) {
        var terms = after.terms();
        var request = terms.request();
        return io.campaignlauncher.schemas.PreVerificationRequested.newBuilder()
                .setJobId(jobId)
                .setAttempt(e.attempt())
                .setAdAccountId(request.adAccountId())
                .setCredentialId(request.credentialId())
                .setTenant(request.ownership().tenant())
                .setCampaignName(request.campaign().name())
                .setDuplicateName(DuplicateName.valueOf(terms.duplicateName().name()))
                .setNameTakenByAnotherJob(e.nameTakenByAnotherJob())
                .setAdSets(terms.plan().adSets())
                .setAds(terms.plan().ads())
                .setPageId(request.pageId())
                .setPixelId(request.pixelId())
                .setMedia(AvroMapper.toAvro(terms.media()))
                .setConclusiveFrom(e.conclusiveFrom())
                .build();
    }

    private static CreateEntities command(JobEvent.CreationRequested e, JobState after, DecisionContext context) {
        var policy = context.policy();
        var terms = after.terms();
        var launch = ResolvedMedia.in(terms.request(), terms.media());
        var request = LaunchRequests.toAvro(launch);
        var wanted = new HashSet<>(e.slots());
        var parents = new HashSet<SlotId>();
        for (var slot : terms.plan().slots()) {
            if (slot.id().type() == EntityType.AD && wanted.contains(slot.id())) {
                parents.add(new SlotId(EntityType.AD_SET, slot.adSetNumber()));
            }
        }
        var specs = new CommandSpecs(launch);
        var adSets = planned(EntityType.AD_SET, after,
                slot -> wanted.contains(slot.id()) || parents.contains(slot.id()), specs::adSet);
        var ads = planned(EntityType.AD, after, slot -> wanted.contains(slot.id()), specs::ad);
        return CreateEntities.newBuilder()
                .setJobId(context.jobId())
                .setRound(e.round())
                .setAdAccountId(request.getAdAccountId())
                .setCredentialId(request.getCredentialId())
                .setTenant(request.getTenant())
                .setPriority(request.getPriority())
                .setLookFirst(e.readFirst())
                .setLabel(terms.label())
                .setCampaign(planned(terms.plan().slots().getFirst(), after, AS_ALL))
                .setAdSets(adSets)
                .setAds(ads)
                .setAdSetSpecs(specs.adSetSpecs())
                .setAdSpecs(specs.adSpecs())
                .setPageId(request.getPageId())
                .setPixelId(request.getPixelId())
                .setCampaignSpec(request.getCampaign())
                .setAdSetSpec(request.getAdSet())
                .setAdSpec(request.getAd())
                .setNotAfter(context.now().plus(policy.commandValidity()))
                .setLeaseMs(Math.toIntExact(policy.lease().toMillis()))
                .setRequestTimeoutMs(Math.toIntExact(policy.requestTimeout().toMillis()))
                .build();
    }

    private static SpecificRecord verificationRequested(String jobId, JobEvent.VerificationRequested e,
            JobState after) {
        var terms = after.terms();
        return io.campaignlauncher.schemas.VerificationRequested.newBuilder()
                .setJobId(jobId)
                .setAttempt(e.attempt())
                .setAdAccountId(terms.request().adAccountId())
                .setCredentialId(terms.request().credentialId())
                .setTenant(terms.request().ownership().tenant())
                .setLabel(terms.label())
                .setCampaign(planned(terms.plan().slots().getFirst(), after, AS_ALL))
                .setAdSets(planned(EntityType.AD_SET, after, _ -> true, _ -> AS_ALL))
                .setAds(planned(EntityType.AD, after, _ -> true, _ -> AS_ALL))
                .setConclusiveFrom(e.conclusiveFrom())
                .build();
    }

    private static SpecificRecord slotsFailed(String jobId, JobEvent.SlotsFailed e) {
        var faults = new FaultList();
        var slots = e.slots().stream()
                .map(f -> new SlotFault(AvroMapper.toAvro(f.id().type()), f.id().number(), faults.indexOf(f.fault())))
                .toList();
        return new io.campaignlauncher.schemas.SlotsFailed(jobId, e.round(), slots, faults.toAvro(), e.settledAt());
    }

    private static SpecificRecord deletionRequested(JobEvent.DeletionRequested e, JobState after,
            DecisionContext context) {
        var terms = after.terms();
        var entities = switch (e.reason()) {
            case SURPLUS -> Stream.concat(e.surplus().stream().map(AvroMapper::toAvro), names(after)).toList();
            case ROLLBACK -> Stream.concat(terms.plan().slots().stream().map(slot -> inSlot(slot, after)),
                    after.unconfirmed().stream().filter(entity -> !isInSlot(entity, after))
                            .limit(context.policy().namedMax()).map(AvroMapper::toAvro))
                    .toList();
        };
        return io.campaignlauncher.schemas.DeletionRequested.newBuilder()
                .setJobId(context.jobId())
                .setPass(e.pass())
                .setReason(DeletionReason.valueOf(e.reason().name()))
                .setAdAccountId(terms.request().adAccountId())
                .setCredentialId(terms.request().credentialId())
                .setTenant(terms.request().ownership().tenant())
                .setLabel(terms.label())
                .setCampaignName(terms.request().campaign().name())
                .setEntities(entities)
                .build();
    }

    /** What the job's entities are called, without ids: so that what is below a surplus is known as its own or as another's. */
    private static Stream<Entity> names(JobState state) {
        return state.plan().slots().stream()
                .map(slot -> AvroMapper.toAvro(new FoundEntity(slot.id(), "", slot.name())));
    }

    private static SpecificRecord deletionPassEnded(String jobId, JobEvent.DeletionPassEnded e) {
        var faults = new FaultList();
        var failed = e.failed().stream()
                .map(f -> new DeletionFault(AvroMapper.toAvro(f.entity()), faults.indexOf(f.fault())))
                .toList();
        return new io.campaignlauncher.schemas.DeletionPassEnded(jobId, e.pass(), failed, faults.toAvro(),
                e.httpCalls(), e.unconfirmed().stream().map(AvroMapper::toAvro).toList(), e.settledAt());
    }

    /** With its id also where it is taken for deleted: the verification is to show it. */
    private static Entity inSlot(PlannedSlot planned, JobState state) {
        var id = Objects.requireNonNull(state.slot(planned.id())).facebookId();
        return AvroMapper.toAvro(new FoundEntity(planned.id(), id == null ? "" : id, planned.name()));
    }

    private static boolean isInSlot(FoundEntity entity, JobState state) {
        return state.slots().stream().anyMatch(slot -> entity.facebookId().equals(slot.facebookId()));
    }

    /** @param spec what a slot of a number is made of */
    private static List<PlannedEntity> planned(EntityType type, JobState state, Predicate<PlannedSlot> wanted,
            IntUnaryOperator spec) {
        return state.plan().slots().stream()
                .filter(slot -> slot.id().type() == type && wanted.test(slot))
                .map(slot -> planned(slot, state, spec.applyAsInt(slot.id().number())))
                .toList();
    }

    private static PlannedEntity planned(PlannedSlot planned, JobState state, int spec) {
        return new PlannedEntity(planned.id().number(), planned.adSetNumber(), planned.name(), idIn(planned, state),
                spec);
    }

    private static @Nullable String idIn(PlannedSlot planned, JobState state) {
        var slot = Objects.requireNonNull(state.slot(planned.id()));
        return slot.filled() ? slot.facebookId() : null;
    }
}
