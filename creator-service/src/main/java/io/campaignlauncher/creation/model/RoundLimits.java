package io.campaignlauncher.creation.model;

import io.campaignlauncher.schemas.CreateEntities;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long whoever claims a round may send for it, and how long each request may take. The command says so, for the job judges
 * by it when a round is over; where it does not, which is so only in commands of older versions, the creator's settings do.
 */
public record RoundLimits(Duration lease, Duration requestTimeout) {

    public static RoundLimits of(CreateEntities command, CreationSettings settings) {
        return new RoundLimits(either(command.getLeaseMs(), settings.lease()),
                either(command.getRequestTimeoutMs(), settings.requestTimeout()));
    }

    private static Duration either(@Nullable Integer millis, Duration otherwise) {
        return millis == null ? otherwise : Duration.ofMillis(millis);
    }
}
