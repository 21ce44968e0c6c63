package io.campaignlauncher.rollback.model;

import io.campaignlauncher.schemas.DeletionFault;
import io.campaignlauncher.schemas.DeletionReported;
import io.campaignlauncher.schemas.DeletionRequested;
import io.campaignlauncher.schemas.Entity;
import io.campaignlauncher.schemas.ErrorKind;
import io.campaignlauncher.schemas.GraphFault;
import io.campaignlauncher.schemas.RoundEnd;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a pass did.
 *
 * @param deleted  ids that are gone
 * @param failures by id what went wrong
 * @param resumeAt when Facebook may be called again; null: no limit was met
 */
public record PassResult(Set<String> deleted, Map<String, GraphFault> failures, @Nullable Instant resumeAt) {

    public PassResult {
        deleted = Set.copyOf(deleted);
        failures = Map.copyOf(failures);
    }

    public DeletionReported report(DeletionRequested request, DeletionPlan plan, Instant lookedAt, int httpCalls) {
        var gone = new LinkedHashSet<>(plan.gone());
        var kept = new LinkedHashMap<Entity, GraphFault>();
        for (var entity : plan.phases().stream().flatMap(List::stream).toList()) {
            var fault = failures.get(entity.getFacebookId());
            if (deleted.contains(entity.getFacebookId())) {
                gone.add(entity);
            } else if (fault != null) {
                kept.put(entity, fault);
            } else {
                throw new IllegalStateException("nobody knows what became of " + entity.getFacebookId());
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
                .setFaults(faults)
                .setEnd(resumeAt == null ? RoundEnd.DONE : RoundEnd.RATE_LIMITED)
                .setResumeAt(resumeAt)
                .setLookedAt(lookedAt)
                .setFound(plan.found())
                .setHttpCalls(httpCalls)
                .build();
    }

    /** The report of a pass that could not look: it deleted nothing and saw nothing. */
    public static DeletionReported notLooked(DeletionRequested request, GraphFault fault, Instant unlessNamed,
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
