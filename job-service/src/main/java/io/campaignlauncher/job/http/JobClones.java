package io.campaignlauncher.job.http;

import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.job.request.LaunchJson;
import io.campaignlauncher.job.request.MergePatch;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * {@code POST /v1/jobs/{jobId}/clone}: the request of a job once more, with the changes that the body says as a merge patch. What comes
 * of it is a job of its own, taken as every request is: under its own key, of whoever asks now.
 */
final class JobClones {

    private final JobIntake intake;
    private final JobsAsAccepted jobs;

    JobClones(JobIntake intake, JobsAsAccepted jobs) {
        this.intake = intake;
        this.jobs = jobs;
    }

    Mono<ServerResponse> take(ServerRequest request) {
        var jobId = PathJobId.of(request);
        return Asking.principal(request).flatMap(asking -> intake.body(request)
                .flatMap(changes -> Blocking.call(() -> jobs.job(jobId, Visibility.of(asking)).terms().request())
                        .map(original -> MergePatch.apply(LaunchJson.write(original), changes)))
                .flatMap(body -> intake.take(request, body, asking)));
    }
}
