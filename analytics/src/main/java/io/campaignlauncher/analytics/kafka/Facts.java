package io.campaignlauncher.analytics.kafka;

import io.campaignlauncher.analytics.model.Counted.Status;
import io.campaignlauncher.analytics.model.Fact;
import io.campaignlauncher.schemas.CheckOutcome;
import io.campaignlauncher.schemas.CreatedEntity;
import io.campaignlauncher.schemas.DeletionReason;
import io.campaignlauncher.schemas.DeletionRequested;
import io.campaignlauncher.schemas.EntitiesDeleted;
import io.campaignlauncher.schemas.Entity;
import io.campaignlauncher.schemas.ErrorKind;
import io.campaignlauncher.schemas.GraphFault;
import io.campaignlauncher.schemas.JobAccepted;
import io.campaignlauncher.schemas.PreVerificationCompleted;
import io.campaignlauncher.schemas.LaunchScheduled;
import io.campaignlauncher.schemas.RetryScheduled;
import io.campaignlauncher.schemas.SlotsCreated;
import io.campaignlauncher.schemas.SlotsFailed;
import io.campaignlauncher.schemas.SlotsReopened;
import io.campaignlauncher.schemas.VerificationCompleted;
import io.campaignlauncher.schemas.VerificationOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;

/** What each event of {@code job.events} says for the figures. One that this version does not know says nothing. */
final class Facts {

    private static final Fact NOTHING = new Fact.Nothing();

    private Facts() {}

    /** @param type as in {@code ce_type} @param message reads the event: not done for those whose coming says all */
    static Fact of(String type, Supplier<SpecificRecord> message) {
        return switch (type) {
            case "CreationRequested" -> new Fact.RoundBegun();
            case "CreationRoundEnded" -> new Fact.RoundEnded();
            case "RateLimitReached" -> new Fact.RateLimited();
            case "RollbackProposed" -> new Fact.RollbackProposed();
            case "RollbackDeclined" -> new Fact.RollbackDeclined();
            case "JobCancelled" -> new Fact.Cancelled();
            case "LaunchRescheduled" -> new Fact.Rescheduled();
            case "RollbackStarted" -> new Fact.RollbackBegun();
            case "JobCompleted" -> new Fact.Settled(Status.COMPLETED);
            case "JobFailed" -> new Fact.Settled(Status.FAILED);
            case "JobRolledBack" -> new Fact.Settled(Status.ROLLED_BACK);
            case "JobAccepted", "PreVerificationCompleted", "SlotsCreated", "SlotsFailed", "RetryScheduled",
                    "LaunchScheduled", "VerificationCompleted", "SlotsReopened", "DeletionRequested",
                    "EntitiesDeleted" ->
                of(message.get());
            default -> NOTHING;
        };
    }

    private static Fact of(SpecificRecord message) {
        return switch (message) {
            case JobAccepted e -> new Fact.Accepted(small(e.getRequest().getStrategy()), e.getRetryBudget());
            case PreVerificationCompleted e -> new Fact.AccountChecked(judgement(e.getReport().getOutcome()),
                    e.getReport().getChecks().stream().filter(check -> check.getOutcome() == CheckOutcome.FAILED)
                            .map(check -> check.getName()).toList(),
                    Duration.ofMillis(e.getReport().getDurationMs()));
            case SlotsCreated e -> {
                var adopted = (int) e.getSlots().stream().filter(CreatedEntity::getAdopted).count();
                yield adopted == 0 ? NOTHING : new Fact.EntitiesAdopted(adopted, e.getRound() == 0);
            }
            case SlotsFailed e -> e.getFaults().stream().filter(fault -> fault.getKind() == ErrorKind.PERMANENT)
                    .findFirst().<Fact>map(fault -> new Fact.RefusedForGood(reason(fault))).orElse(NOTHING);
            case RetryScheduled e -> new Fact.RetryScheduled(e.getRetryCount(), reason(e.getFault()));
            case LaunchScheduled e -> new Fact.Scheduled(e.getStartAt());
            case VerificationCompleted e -> {
                var report = e.getReport();
                var conclusive = report.getOutcome() == VerificationOutcome.PASSED
                        || report.getOutcome() == VerificationOutcome.REFUSED;
                var different = report.getOutcome() == VerificationOutcome.REFUSED
                        && !(report.getMissing().isEmpty() && report.getUnknownToSlots().isEmpty());
                yield new Fact.Compared(conclusive, different, Duration.ofMillis(report.getDurationMs()));
            }
            case SlotsReopened e -> new Fact.EntitiesMissing(e.getSlots().size());
            case DeletionRequested e when e.getReason() == DeletionReason.SURPLUS ->
                new Fact.DuplicatesFound(ids(e.getEntities()));
            case EntitiesDeleted e when e.getReason() == DeletionReason.SURPLUS ->
                new Fact.DuplicatesRemoved(ids(e.getEntities()).size());
            default -> NOTHING;
        };
    }

    private static Fact.Judgement judgement(VerificationOutcome outcome) {
        return switch (outcome) {
            case PASSED -> Fact.Judgement.PASSED;
            case REFUSED -> Fact.Judgement.REFUSED;
            case INCONCLUSIVE, UNKNOWN -> Fact.Judgement.INCONCLUSIVE;
        };
    }

    /** Those without an id are names that the job uses, and nothing that was found. */
    private static Set<String> ids(List<Entity> entities) {
        return entities.stream().map(Entity::getFacebookId).filter(id -> !id.isEmpty()).collect(Collectors.toSet());
    }

    /** A word of a bounded set: Facebook's messages are none. */
    private static String reason(GraphFault fault) {
        if (fault.getCode() != null) {
            return "error_" + fault.getCode() + (fault.getSubcode() == null ? "" : "_" + fault.getSubcode());
        }
        return fault.getOutcomeUnknown() ? "no_answer" : Fact.RetryScheduled.WITHOUT_CODE;
    }

    private static String small(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
