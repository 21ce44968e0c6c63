package io.campaignlauncher.tools.facebook;

import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.Graph;
import io.campaignlauncher.graph.GraphReads;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.look.FacebookComparison;
import io.campaignlauncher.look.FacebookDifference;
import io.campaignlauncher.look.FacebookReader;
import io.campaignlauncher.tools.events.OperationRefused;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/** A look at Facebook that says everything or fails. */
public final class FacebookCheck {

    private static final int PAGES_MAX = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private FacebookCheck() {}

    /**
     * Every difference, the slots' first. Blocks.
     *
     * @param job that was accepted
     * @throws OperationRefused where something could not be read
     */
    public static List<FacebookDifference> of(JobState job, Graph graph, AccessToken token) {
        var snapshot = Objects.requireNonNull(new FacebookReader(new GraphReads(graph, PAGES_MAX),
                InstantSource.system()).read(job, token).block(PATIENCE));
        snapshot.faults().stream().findFirst().ifPresent(error -> {
            throw new OperationRefused("Facebook could not be read: " + error.message());
        });
        return FacebookComparison.of(job, snapshot).differences();
    }
}
