package io.campaignlauncher.tools;

import io.campaignlauncher.job.history.Point;
import io.campaignlauncher.tools.events.OperationRefused;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says how far a job's history is read. */
final class UpTo {

    @Option(names = "--at", paramLabel = "VERSION|TIME", description = "Up to and including this version, or this time such as 2026-01-31T12:00:00Z.")
    private @Nullable String at;

    /** @throws OperationRefused for a text that is no point */
    Point point() {
        try {
            return at == null ? Point.LATEST : Point.of(at);
        } catch (IllegalArgumentException e) {
            throw new OperationRefused("--at " + e.getMessage());
        }
    }
}
