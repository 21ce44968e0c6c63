package io.campaignlauncher.job.http;

import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.job.history.RecordedJob;
import io.campaignlauncher.job.live.LiveJobs;
import io.campaignlauncher.job.live.TooManyFollowers;
import io.campaignlauncher.job.model.Strategy;
import io.campaignlauncher.job.model.WebhookRules;
import io.campaignlauncher.messaging.AccessTokens;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * The older apps' routes: they launch like {@code POST /v1/jobs} and answer when the launch has settled. A caller who has waited
 * long enough is told where to look; the launch goes on.
 */
final class LegacyRoutes {

    private final JobIntake intake;
    private final LiveJobs live;
    private final AccessTokens credentials;
    private final WebhookRules webhooks;
    private final LegacyRoutesSettings settings;

    LegacyRoutes(JobIntake intake, LiveJobs live, AccessTokens credentials, WebhookRules webhooks,
            LegacyRoutesSettings settings) {
        this.intake = intake;
        this.live = live;
        this.credentials = credentials;
        this.webhooks = webhooks;
        this.settings = settings;
    }

    HandlerFunction<ServerResponse> launching(Strategy strategy) {
        return request -> Asking.principal(request).flatMap(asking -> intake.body(request)
                .map(body -> LegacyBody.request(body, strategy, asking, key(request), settings, credentials, webhooks))
                .flatMap(read -> intake.take(read.request(), Visibility.of(asking))
                        .flatMap(taken -> answer(taken.jobId(), read, Visibility.of(asking)))));
    }

    /** A caller without a key gets one: its request is a launch of its own each time it is sent. */
    private static List<String> key(ServerRequest request) {
        var given = request.headers().header(IdempotencyKey.HEADER);
        return given.isEmpty() ? List.of(UUID.randomUUID().toString()) : given;
    }

    private Mono<ServerResponse> answer(UUID jobId, LegacyBody.Read read, Visibility visible) {
        var seen = new AtomicReference<>(RecordedJob.unseen(jobId));
        return live.follow(jobId, RecordedJob.BEFORE_THE_FIRST, visible)
                .doOnNext(seen::set)
                .then()
                .timeout(settings.waitMax(), Mono.empty())
                .onErrorResume(TooManyFollowers.class, _ -> Mono.empty())
                .then(Mono.fromSupplier(seen::get))
                .flatMap(job -> {
                    var answer = LegacyAnswer.of(job).to(read);
                    return answer.status() == HttpStatus.ACCEPTED
                            ? Responses.accepted(answer.body(), URI.create("/v1/jobs/" + jobId))
                            : Responses.of(answer.status(), answer.body());
                });
    }
}
