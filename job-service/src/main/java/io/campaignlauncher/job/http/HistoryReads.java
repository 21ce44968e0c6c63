package io.campaignlauncher.job.http;

import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.job.history.HistoryDocument;
import io.campaignlauncher.job.history.Point;
import io.campaignlauncher.job.history.RecordedJob;
import io.campaignlauncher.job.stored.JobHistory;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Shows a job's past from the event store, up to the point that {@code at} names; {@code after} a version, where that is all that
 * somebody lacks. A request that was taken but has not become
 * a job yet has an empty past.
 */
final class HistoryReads {

    private static final String AT = "at";
    private static final String AFTER = "after";
    private static final Pattern VERSION = Pattern.compile("\\d{1,18}");

    private final JobHistory history;
    private final IdempotencyKeys accepted;

    HistoryReads(JobHistory history, IdempotencyKeys accepted) {
        this.history = history;
        this.accepted = accepted;
    }

    /** Written while it is read: a long history is never in memory as a whole. */
    Mono<ServerResponse> history(ServerRequest request) {
        var jobId = PathJobId.of(request);
        var upTo = point(request);
        var after = after(request);
        return Asking.visibility(request).flatMap(visible -> Blocking.call(() -> {
            requireKnown(jobId, visible);
            return history.events(jobId, after, upTo, visible);
        })).flatMap(events -> answer(request, HistoryDocument.parts(jobId, after, events)));
    }

    Mono<ServerResponse> state(ServerRequest request) {
        var jobId = PathJobId.of(request);
        var at = point(request);
        return Asking.visibility(request).flatMap(visible -> Blocking.call(() -> {
            requireKnown(jobId, visible);
            return history.job(jobId, at, visible).document();
        })).flatMap(Responses::ok);
    }

    /** Blocks. @throws Problem 404, the same for a job that may not be seen and for one that there is not */
    void requireKnown(UUID jobId, Visibility visible) {
        if (!history.knows(jobId, visible) && accepted.find(jobId, visible).isEmpty()) {
            throw Problem.noSuchJob();
        }
    }

    private static Mono<ServerResponse> answer(ServerRequest request, Stream<String> parts) {
        var buffers = request.exchange().getResponse().bufferFactory();
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(BodyInserters.fromDataBuffers(Flux.fromStream(() -> parts)
                        .map(part -> buffers.wrap(part.getBytes(StandardCharsets.UTF_8)))
                        .subscribeOn(Schedulers.boundedElastic())));
    }

    private static long after(ServerRequest request) {
        var text = request.queryParam(AFTER);
        if (text.isEmpty()) {
            return RecordedJob.BEFORE_THE_FIRST;
        }
        return text.filter(given -> VERSION.matcher(given).matches()).map(Long::parseLong)
                .orElseThrow(() -> Problem.badRequest(AFTER, "must be a version, a whole number from 0"));
    }

    private static Point point(ServerRequest request) {
        // In a URL a plus means a blank, and offsets are often sent as they are.
        var text = request.queryParam(AT).map(at -> at.replace(' ', '+'));
        try {
            return text.map(Point::of).orElse(Point.LATEST);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(AT, Point.FORM);
        }
    }
}
