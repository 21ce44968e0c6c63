package io.campaignlauncher.job.http;

import io.campaignlauncher.job.calls.GraphCalls.Page;
import io.campaignlauncher.job.calls.GraphCalls.Place;
import io.campaignlauncher.job.calls.GraphCalls;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code GET /v1/jobs/{jobId}/calls}: the requests to Facebook for a job, as well as they were noted. */
final class CallReads {

    private static final String AFTER = "after";

    private final GraphCalls calls;
    private final IdempotencyKeys accepted;
    private final HttpSettings settings;

    CallReads(GraphCalls calls, IdempotencyKeys accepted, HttpSettings settings) {
        this.calls = calls;
        this.accepted = accepted;
        this.settings = settings;
    }

    Mono<ServerResponse> calls(ServerRequest request) {
        var jobId = PathJobId.of(request);
        var after = after(request);
        int limit = Paging.limit(request, settings);
        return Asking.visibility(request)
                .flatMap(visible -> Blocking.call(() -> calls.page(jobId, visible, after, limit)
                        .or(() -> accepted.find(jobId, visible).map(_ -> Page.EMPTY))
                        .orElseThrow(Problem::noSuchJob)))
                .flatMap(page -> {
                    var answer = new LinkedHashMap<String, @Nullable Object>();
                    answer.put("calls", page.calls());
                    answer.put("totals", page.totals());
                    answer.put("notNoted", page.notNoted());
                    answer.put("next", page.next() == null ? null : page.next().toString());
                    return Responses.ok(answer);
                });
    }

    /** Null where nothing is said. */
    private static @Nullable Place after(ServerRequest request) {
        var text = request.queryParam(AFTER).orElse(null);
        return text == null ? null
                : Place.of(text).orElseThrow(() -> Problem.badRequest(AFTER, "must be the next of another page"));
    }
}
