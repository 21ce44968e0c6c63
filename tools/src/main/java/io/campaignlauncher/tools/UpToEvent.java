package io.campaignlauncher.tools;

import io.campaignlauncher.job.history.Point;
import io.campaignlauncher.tools.events.OperationRefused;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says how far events of the marketplace are read. */
final class UpToEvent {

    @Option(names = "--at", paramLabel = "POSITION|TIME", description = "Up to and including the event of this position, or this time such as 2026-01-31T12:00:00Z.")
    private @Nullable String at;

    /** @throws OperationRefused for a text that is no point */
    Point point() {
        try {
            return at == null ? Point.LATEST : Point.of(at);
        } catch (IllegalArgumentException e) {
            throw new OperationRefused(
                    "--at must be the position of an event (a whole number) or a time with its offset"
                            + " (such as 2026-01-31T12:00:00Z)");
        }
    }
}
