package io.campaignlauncher.job.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the tests of the Job are made of: times, slots, faults, reports and the histories that they start from. */
final class Samples {

    static final String JOB = "7d1f3f1e-6a55-3c7b-9f53-1c1f4f3f0a11";
    static final String LABEL = "campaign-launcher-job-" + JOB;
    static final Instant T0 = Instant.parse("2026-03-01T12:00:00Z");
    static final JobPolicy POLICY = JobPolicy.defaults(Duration.ofSeconds(10));
    static final Instant READABLE = T0.plus(POLICY.readLag());
    static final Instant SETTLED = T0.plus(POLICY.settleDelay());

    static final Fault NETWORK = new Fault(ErrorKind.TEMPORARY, false, 2, null, "Service temporarily unavailable",
            "trace",
            null);
    static final Fault LOST_ANSWER = new Fault(ErrorKind.TEMPORARY, true, null, null, "no answer within 10 s", null,
            null);
    static final Fault SUSPENDED = new Fault(ErrorKind.PERMANENT, false, 368, null, "The account is suspended", "trace",
            null);
    static final Fault PARENT_MISSING = new Fault(ErrorKind.PERMANENT, false, 100, 33, "Unsupported post request", null,
            null);

    private Samples() {}

    static Instant later(long seconds) {
        return T0.plusSeconds(seconds);
    }

    static Fault limited(@Nullable Instant until) {
        return new Fault(ErrorKind.RATE_LIMIT, false, 17, null, "User request limit reached", null, until);
    }

    static SlotId campaign() {
        return SlotId.CAMPAIGN;
    }

    static SlotId adSet(int number) {
        return new SlotId(EntityType.AD_SET, number);
    }

    static SlotId ad(int number) {
        return new SlotId(EntityType.AD, number);
    }

    /** Every slot of a job with so many ad sets and one ad in each. */
    static List<SlotId> allOf(int adSets) {
        return concat(List.of(campaign()), adSets(1, adSets), ads(1, adSets));
    }

    static List<SlotId> adSets(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Samples::adSet).toList();
    }

    static List<SlotId> ads(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Samples::ad).toList();
    }

    /** The campaign and these branches: ad sets with the ad in each. */
    static List<SlotId> campaignAndBranches(int from, int to) {
        return concat(List.of(campaign()), adSets(from, to), ads(from, to));
    }

    /** These branches, in the order in which a job asks for them. */
    static List<SlotId> branches(int from, int to) {
        return concat(adSets(from, to), ads(from, to));
    }

    @SafeVarargs
    static <T> List<T> concat(List<? extends T>... lists) {
        var all = new ArrayList<T>();
        for (var list : lists) {
            all.addAll(list);
        }
        return List.copyOf(all);
    }

    /** The id that Facebook gives to the first entity of a slot. */
    static String idOf(SlotId slot) {
        return switch (slot.type()) {
            case CAMPAIGN -> "100";
            case AD_SET -> "2" + "%03d".formatted(slot.number());
            case AD -> "3" + "%03d".formatted(slot.number());
        };
    }

    static CreatedSlot created(SlotId slot) {
        return new CreatedSlot(slot, idOf(slot), false);
    }

    static CreatedSlot adopted(SlotId slot, String id) {
        return new CreatedSlot(slot, id, true);
    }

    static List<CreatedSlot> created(List<SlotId> slots) {
        return slots.stream().map(Samples::created).toList();
    }

    static List<FailedSlot> failed(Fault fault, List<SlotId> slots) {
        return slots.stream().map(slot -> new FailedSlot(slot, fault)).toList();
    }

    static List<FailedSlot> failed(Fault fault, SlotId... slots) {
        return failed(fault, List.of(slots));
    }

    static FoundEntity found(SlotId slot) {
        return found(slot, idOf(slot));
    }

    static FoundEntity found(SlotId slot, String id) {
        return new FoundEntity(slot, id, slot.type() + " " + slot.number());
    }

    static List<FoundEntity> found(List<SlotId> slots) {
        return slots.stream().map(Samples::found).toList();
    }

    // ------------------------------------------------------------------ reports

    static PreVerificationReport checked(int attempt, VerificationOutcome outcome, @Nullable Fault fault,
            Check... checks) {
        return new PreVerificationReport(attempt, outcome, List.of(checks), 3, 5000, fault, 210, 1);
    }

    static PreVerificationReport passed(int attempt) {
        return passed(attempt, null);
    }

    /** @param timeZone of the account; null: not told */
    static PreVerificationReport passed(int attempt, @Nullable String timeZone) {
        return new PreVerificationReport(attempt, VerificationOutcome.PASSED,
                List.of(new Check("account_active", Check.Outcome.PASSED, "")), 3, 5000, null, 210, 1, timeZone,
                List.of(), null);
    }

    static CreationReport creation(int round, List<CreatedSlot> created, List<FailedSlot> failed, RoundEnd end) {
        return new CreationReport(round, created, failed, end, null, null, 4);
    }

    static CreationReport done(int round, List<CreatedSlot> created, List<FailedSlot> failed) {
        return creation(round, created, failed, RoundEnd.DONE);
    }

    static CreationReport notYet(int round, List<CreatedSlot> created, List<FailedSlot> failed) {
        return creation(round, created, failed, RoundEnd.NOT_YET);
    }

    static CreationReport interrupted(int round, @Nullable Instant quietAt) {
        return new CreationReport(round, List.of(), List.of(), RoundEnd.INTERRUPTED, null, quietAt, 0);
    }

    static CreationReport limited(int round, List<CreatedSlot> created, List<FailedSlot> failed,
            @Nullable Instant resumeAt) {
        return new CreationReport(round, created, failed, RoundEnd.RATE_LIMITED, resumeAt, null, 4);
    }

    static VerificationReport verified(int attempt, Instant readAt) {
        return new VerificationReport(attempt, VerificationOutcome.PASSED, List.of(), List.of(), 1, 2, 2, readAt,
                null,
                null, 180, 3);
    }

    static VerificationReport differs(int attempt, List<SlotId> missing, List<FoundEntity> unknownToSlots,
            Instant readAt) {
        return new VerificationReport(attempt, VerificationOutcome.REFUSED, missing, unknownToSlots, 1, 2, 2, readAt,
                null, null, 180, 3);
    }

    static VerificationReport unread(int attempt, @Nullable Fault fault, @Nullable Instant verifyAgainAt) {
        return new VerificationReport(attempt, VerificationOutcome.INCONCLUSIVE, List.of(), List.of(), 0, 0, 0, T0,
                verifyAgainAt, fault, 180, 3);
    }

    /** Facebook said yes to each deletion. */
    static DeletionReport deleted(int pass, List<FoundEntity> entities, Instant readAt) {
        return deleted(pass, entities, List.of(), readAt);
    }

    /** @param shown of these the reads of the pass showed already that they are gone */
    static DeletionReport deleted(int pass, List<FoundEntity> entities, List<FoundEntity> shown, Instant readAt) {
        return new DeletionReport(pass, concat(shown, entities), List.of(), RoundEnd.DONE, null, null, readAt,
                entities.size(), 6, ids(entities));
    }

    /** The pass found nothing; of these it saw that they are deleted. */
    static DeletionReport foundNothing(int pass, List<FoundEntity> gone, Instant readAt) {
        return deleted(pass, List.of(), gone, readAt);
    }

    static DeletionReport undeleted(int pass, List<FoundEntity> deleted, List<UndeletedEntity> left) {
        return new DeletionReport(pass, deleted, left, RoundEnd.DONE, null, null, T0, deleted.size() + left.size(), 6,
                ids(deleted));
    }

    static Set<String> ids(List<FoundEntity> entities) {
        return entities.stream().map(FoundEntity::facebookId).collect(Collectors.toSet());
    }

    static JobCommand record(CreationReport report) {
        return new JobCommand.RecordCreation(report);
    }

    static JobCommand record(VerificationReport report) {
        return new JobCommand.RecordVerification(report);
    }

    static JobCommand record(DeletionReport report) {
        return new JobCommand.RecordDeletion(report);
    }

    static JobCommand record(PreVerificationReport report) {
        return new JobCommand.RecordPreVerification(report);
    }

    static JobCommand endWait(int number) {
        return new JobCommand.EndWait(number);
    }

    static JobCommand resumeStalled() {
        return new JobCommand.ResumeStalled(T0);
    }

    // ------------------------------------------------------------------ events

    static JobEvent slotsCreated(int round, List<SlotId> slots) {
        return new JobEvent.SlotsCreated(round, created(slots), READABLE);
    }

    static JobEvent roundEnded(int round) {
        return new JobEvent.CreationRoundEnded(round, RoundEnd.DONE, null, 4);
    }

    /** A pass that deleted nothing. */
    static JobEvent passEnded(int pass) {
        return passEnded(pass, List.of(), List.of(), null);
    }

    static JobEvent passEnded(int pass, List<UndeletedEntity> left) {
        return passEnded(pass, left, List.of(), null);
    }

    static JobEvent passEnded(int pass, List<FoundEntity> unconfirmed, Instant settledAt) {
        return passEnded(pass, List.of(), unconfirmed, settledAt);
    }

    static JobEvent passEnded(int pass, List<UndeletedEntity> left, List<FoundEntity> unconfirmed,
            @Nullable Instant settledAt) {
        return new JobEvent.DeletionPassEnded(pass, left, 6, unconfirmed, settledAt);
    }

    static JobEvent retryScheduled(int waitNumber, int retry, Fault fault) {
        return new JobEvent.RetryScheduled(waitNumber, retry, POLICY.retryAt(T0, JOB, retry), fault);
    }

    static JobEvent deletionRequested(int pass) {
        return new JobEvent.DeletionRequested(pass, DeletionReason.ROLLBACK, List.of());
    }

    static JobEvent rollbackStarted(String reason) {
        return new JobEvent.RollbackStarted(reason, null);
    }

    // ------------------------------------------------------------------ histories

    static RequestSample request(int adSets) {
        var request = new RequestSample();
        request.adSetCount = adSets;
        return request;
    }

    static List<JobEvent> accepted(RequestSample sample) {
        var request = sample.build();
        var plan = LaunchPlan.of(request);
        return List.of(
                new JobEvent.JobAccepted(JOB, request, "f1", plan.adSets(), plan.ads(),
                        request.retryBudget() == null ? POLICY.retryBudget() : request.retryBudget(),
                        request.rollbackPolicy() == null ? RollbackPolicy.AUTOMATIC : request.rollbackPolicy(),
                        request.duplicateName() == null ? DuplicateName.REJECT : request.duplicateName(), LABEL,
                        List.of()),
                new JobEvent.PreVerificationRequested(1, false));
    }

    /** The account was found good, and the first round is under way. */
    static List<JobEvent> creating(RequestSample sample) {
        var accepted = accepted(sample);
        var slots = LaunchPlan.of(sample.build()).slots().stream().map(PlannedSlot::id).toList();
        return concat(accepted, List.<JobEvent>of(new JobEvent.PreVerificationCompleted(passed(1)),
                new JobEvent.CreationRequested(1, false, slots)));
    }

    static List<JobEvent> creating(int adSets) {
        return creating(request(adSets));
    }

    /** Everything was created in the first round, and the first verification is under way. */
    static List<JobEvent> verifying(RequestSample sample) {
        var creating = creating(sample);
        var slots = ((JobEvent.CreationRequested) creating.getLast()).slots();
        return concat(creating, List.of(slotsCreated(1, slots), roundEnded(1),
                new JobEvent.VerificationRequested(1, READABLE)));
    }

    static List<JobEvent> verifying(int adSets) {
        return verifying(request(adSets));
    }

    /** Two ad sets; the second branch met a permanent error, and the first deletion pass is under way. */
    static List<JobEvent> rollingBack() {
        return concat(creating(2), List.of(slotsCreated(1, campaignAndBranches(1, 1)),
                new JobEvent.SlotsFailed(1, failed(SUSPENDED, adSet(2)), null), roundEnded(1),
                rollbackStarted(SUSPENDED.described()), deletionRequested(1)));
    }

    /** Two ad sets, confirmation wanted; the second branch met a permanent error, and a person is asked. */
    static List<JobEvent> proposed() {
        var request = request(2);
        request.rollbackPolicy = RollbackPolicy.CONFIRM;
        return concat(creating(request), List.of(slotsCreated(1, campaignAndBranches(1, 1)),
                new JobEvent.SlotsFailed(1, failed(SUSPENDED, adSet(2)), null), roundEnded(1),
                new JobEvent.RollbackProposed(SUSPENDED.described())));
    }

    /** The history and what came next. */
    static List<JobEvent> plus(List<JobEvent> history, JobEvent... more) {
        var all = new ArrayList<>(history);
        Stream.of(more).forEach(all::add);
        return all;
    }
}
