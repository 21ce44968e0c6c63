package io.campaignlauncher.job.view;

import io.campaignlauncher.readmodel.JobColumn;
import io.campaignlauncher.readmodel.JobView;
import io.campaignlauncher.schemas.EntityType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a job has made, or may still make, more than was asked for.
 *
 * @param tracked       slots that Facebook is known to fill
 * @param facebook      what the last conclusive verification counted; null: there was none
 * @param actual        Facebook is right: its counts, unless something was created or deleted after it
 * @param remaining     still to be made
 * @param canCreateMore something remains and the job is still on its way to it
 * @param atLimit       nothing remains
 * @param exceededLimit there is more of something than was asked for
 */
public record IdempotencyFigures(EntityCounts requested, EntityCounts tracked, @Nullable EntityCounts facebook,
        @Nullable Instant facebookLookedAt, EntityCounts actual, EntityCounts remaining, boolean canCreateMore,
        boolean atLimit, boolean exceededLimit) {

    static IdempotencyFigures of(JobView job) {
        var lookedAt = job.time(JobColumn.FACEBOOK_LOOKED_AT);
        var facebook = lookedAt == null ? null
                : new EntityCounts(job.count(JobColumn.FACEBOOK_CAMPAIGNS), job.count(JobColumn.FACEBOOK_AD_SETS),
                        job.count(JobColumn.FACEBOOK_ADS));
        var onItsWay = !job.settled() && !job.<Boolean>needed(JobColumn.ROLLBACK_TRIGGERED)
                && job.time(JobColumn.ROLLBACK_DECLINED_AT) == null;
        return of(new EntityCounts(1, job.count(JobColumn.REQUESTED_AD_SETS), job.count(JobColumn.REQUESTED_ADS)),
                new EntityCounts(job.created(EntityType.CAMPAIGN), job.count(JobColumn.AD_SETS_CREATED),
                        job.count(JobColumn.ADS_CREATED)),
                facebook, lookedAt, job.time(JobColumn.ENTITIES_CHANGED_AT), onItsWay);
    }

    /**
     * @param changedAt when entities were last created or deleted; null: never
     * @param onItsWay  the job is neither settled nor being rolled back
     */
    public static IdempotencyFigures of(EntityCounts requested, EntityCounts tracked, @Nullable EntityCounts facebook,
            @Nullable Instant lookedAt, @Nullable Instant changedAt, boolean onItsWay) {
        var actual = facebook != null && lookedAt != null && (changedAt == null || lookedAt.isAfter(changedAt))
                ? facebook : tracked;
        var remaining = new EntityCounts(Math.max(0, requested.campaigns() - actual.campaigns()),
                Math.max(0, requested.adSets() - actual.adSets()), Math.max(0, requested.ads() - actual.ads()));
        var nothingRemains = remaining.equals(EntityCounts.NONE);
        var exceeded = actual.campaigns() > requested.campaigns() || actual.adSets() > requested.adSets()
                || actual.ads() > requested.ads();
        return new IdempotencyFigures(requested, tracked, facebook, lookedAt, actual, remaining,
                onItsWay && !nothingRemains, nothingRemains, exceeded);
    }
}
