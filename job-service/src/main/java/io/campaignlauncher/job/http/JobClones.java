package io.campaignlauncher.job.http;

import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.job.history.Point;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.Phase;
import io.campaignlauncher.job.request.LaunchJson;
import io.campaignlauncher.job.request.MergePatch;
import io.campaignlauncher.job.stored.JobHistory;
import java.util.UUID;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * {@code POST /v1/jobs/{jobId}/clone}: the request of a job once more, with the changes that the body says as a merge patch. What comes
 * of it is a job of its own, taken as every request is: under its own key, of whoever asks now.
 */
final class JobClones {

    private final JobIntake intake;
    private final JobHistory history;

    JobClones(JobIntake intake, JobHistory history) {
        this.intake = intake;
        this.history = history;
    }

    Mono<ServerResponse> take(ServerRequest request) {
        var jobId = PathJobId.of(request);
        return Asking.principal(request).flatMap(asking -> intake.body(request)
                .flatMap(changes -> Blocking.call(() -> request(jobId, Visibility.of(asking)))
                        .map(original -> MergePatch.apply(LaunchJson.write(original), changes)))
                .flatMap(body -> intake.take(request, body, asking)));
    }

    /** Blocks. @throws Problem 404, the same for a job that may not be seen, and for what is no job yet */
    private LaunchRequest request(UUID jobId, Visibility visible) {
        var job = history.job(jobId, new Point.AtVersion(0), visible);
        if (job.state().phase() == Phase.ABSENT) {
            throw Problem.noSuchJob();
        }
        return job.state().terms().request();
    }
}
