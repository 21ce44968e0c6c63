package io.campaignlauncher.messaging;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Up while every part gets on or has nothing to do. Down names the parts that have not for too long, with the seconds since, and
 * those that cannot before a person has done something, with what. A part counts from its service's start, so one that does not come to begin is seen as well.
 */
final class ProgressHealth implements HealthIndicator {

    private final List<Progress> parts;
    private final Duration stalledAfter;

    /** @param stalledAfter so long without progress is too long */
    ProgressHealth(List<Progress> parts, Duration stalledAfter) {
        this.parts = List.copyOf(parts);
        this.stalledAfter = stalledAfter;
    }

    @Override
    public Health health() {
        var health = Health.up();
        for (var part : parts) {
            var stalled = part.stalledFor();
            var heldUpBy = part.heldUpBy();
            if (heldUpBy != null) {
                health.down().withDetail(part.part(), heldUpBy);
            } else if (stalled.compareTo(stalledAfter) > 0) {
                health.down().withDetail(part.part(), "stalled for " + stalled.toSeconds() + " s");
            } else {
                health.withDetail(part.part(), "gets on");
            }
        }
        return health.build();
    }
}
