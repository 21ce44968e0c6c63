package io.campaignlauncher.job.axon;

import io.campaignlauncher.job.model.Decision;
import java.util.List;

/** Every command was refused, and there is still no job. Expected, never retried; carries no stack trace. */
final class JobRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Decision> decisions;

    JobRefused(String jobId, List<Decision> decisions) {
        super("job " + jobId + " refused: " + decisions, null, false, false);
        this.decisions = decisions;
    }

    List<Decision> decisions() {
        return decisions;
    }
}
