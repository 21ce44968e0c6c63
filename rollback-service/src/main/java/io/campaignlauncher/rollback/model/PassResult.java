package io.campaignlauncher.rollback.model;

import io.campaignlauncher.schemas.DeletionFault;
import io.campaignlauncher.schemas.DeletionReported;
import io.campaignlauncher.schemas.DeletionRequested;
import io.campaignlauncher.schemas.Entity;
import io.campaignlauncher.schemas.ErrorKind;
import io.campaignlauncher.schemas.FaultTexts;
import io.campaignlauncher.schemas.GraphFault;
import io.campaignlauncher.schemas.RoundEnd;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a pass did.
 *
 * @param deleted  by id why it counts as gone
 * @param failures by id what went wrong
 * @param resumeAt when Facebook may be called again; null: no limit was met
 */
public record PassResult(Map<String, Evidence> deleted, Map<String, GraphFault> failures,
        @Nullable Instant resumeAt) {

    /** What tells that an entity is gone. Only a read counts: Facebook may say yes to a deletion and do nothing. */
    public enum Evidence {
        /** Facebook said yes to its deletion. */
        SAID,
        /** Facebook answered its deletion with that there is no such entity. */
        NOT_THERE,
        /** A read after it shows it as deleted. */
        SHOWN
    }

    public PassResult {
        deleted = Map.copyOf(deleted);
        failures = Map.copyOf(failures);
    }

    public DeletionReported report(DeletionRequested request, DeletionPlan plan, Instant readAt, int httpCalls) {
        var gone = new LinkedHashSet<>(plan.gone());
        var unconfirmed = new ArrayList<String>();
        var kept = new LinkedHashMap<Entity, GraphFault>();
        for (var entity : plan.phases().stream().flatMap(List::stream).toList()) {
            var id = entity.getFacebookId();
            var fault = failures.get(id);
            if (deleted.containsKey(id)) {
                gone.add(entity);
                if (isDoubtful(deleted.get(id), plan.found().contains(id))) {
                    unconfirmed.add(id);
                }
            } else if (fault != null) {
                kept.put(entity, fault);
            } else {
                throw new IllegalStateException("nobody knows what became of " + id);
            }
        }
        plan.withheld().forEach(one -> kept.put(one.entity(), one.fault()));
        var faults = List.copyOf(new LinkedHashSet<>(kept.values()));
        var failed = new ArrayList<DeletionFault>();
        kept.forEach((entity, fault) -> failed.add(new DeletionFault(entity, faults.indexOf(fault))));
        return DeletionReported.newBuilder()
                .setJobId(request.getJobId())
                .setPass(request.getPass())
                .setDeleted(List.copyOf(gone))
                .setFailed(failed)
                .setFaults(FaultTexts.bounded(faults))
                .setEnd(resumeAt == null ? RoundEnd.DONE : RoundEnd.RATE_LIMITED)
                .setResumeAt(resumeAt)
                .setLookedAt(readAt)
                .setFound(plan.found().size())
                .setHttpCalls(httpCalls)
                .setUnconfirmed(unconfirmed)
                .setLeftOut(plan.leftOut())
                .build();
    }

    /** @param found this pass read it before it deleted */
    private static boolean isDoubtful(Evidence evidence, boolean found) {
        return switch (evidence) {
            case SAID -> true;
            case NOT_THERE -> found;
            case SHOWN -> false;
        };
    }

    /** The report of a pass that could not read what exists: it deleted nothing. */
    public static DeletionReported notRead(DeletionRequested request, GraphFault fault, Instant unlessNamed,
            int httpCalls) {
        var limited = fault.getKind() == ErrorKind.RATE_LIMIT;
        return DeletionReported.newBuilder()
                .setJobId(request.getJobId())
                .setPass(request.getPass())
                .setEnd(limited ? RoundEnd.RATE_LIMITED : RoundEnd.DONE)
                .setResumeAt(limited ? resumeAt(fault, unlessNamed) : null)
                .setFault(fault)
                .setHttpCalls(httpCalls)
                .build();
    }

    /** @param unlessNamed where Facebook named no time */
    public static Instant resumeAt(GraphFault limit, Instant unlessNamed) {
        return limit.getRetryAt() == null ? unlessNamed : limit.getRetryAt();
    }
}
