package io.campaignlauncher.job.http;

import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.job.history.Point;
import io.campaignlauncher.job.history.RecordedJob;
import io.campaignlauncher.job.live.LiveJobs;
import io.campaignlauncher.job.live.LiveSettings;
import io.campaignlauncher.job.stored.JobHistory;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * {@code GET /v1/jobs/{jobId}/stream}: an event {@code progress} for each event of the job, and {@code settled} instead for the
 * one that settles it. Each bears the job's version, so that whoever was cut off goes on after it, here or on another
 * instance; who has seen the end is told with 204 not to come back.
 */
final class JobStream {

    private static final Logger LOG = LoggerFactory.getLogger(JobStream.class);
    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final Pattern VERSION = Pattern.compile("\\d{1,18}");
    private static final Duration COME_BACK_AFTER = Duration.ofSeconds(1);
    /** Events written ahead of a reader that is slow; the rest waits in the event store. */
    private static final int AHEAD_MAX = 16;

    private final LiveJobs live;
    private final LiveSettings settings;
    private final JobHistory history;
    private final HistoryReads reads;

    JobStream(LiveJobs live, LiveSettings settings, JobHistory history, HistoryReads reads) {
        this.live = live;
        this.settings = settings;
        this.history = history;
        this.reads = reads;
    }

    Mono<ServerResponse> follow(ServerRequest request) {
        var jobId = PathJobId.of(request);
        var after = lastEventId(request);
        return Asking.visibility(request).flatMap(visible -> follow(jobId, after, visible));
    }

    private Mono<ServerResponse> follow(UUID jobId, long after, Visibility visible) {
        return Blocking.call(() -> endWasSeen(jobId, after, visible)).flatMap(seen -> {
            if (seen) {
                return ServerResponse.noContent().build();
            }
            return live.full() ? Mono.error(Problem.unavailable("Too many jobs are followed here; try again later."))
                    : ServerResponse.ok()
                            .contentType(MediaType.TEXT_EVENT_STREAM)
                            .cacheControl(CacheControl.noStore())
                            .body(BodyInserters.fromServerSentEvents(events(jobId, after, visible)));
        });
    }

    private boolean endWasSeen(UUID jobId, long after, Visibility visible) {
        reads.requireKnown(jobId, visible);
        if (after == RecordedJob.BEFORE_THE_FIRST) {
            return false;
        }
        var job = history.job(jobId, Point.LATEST, visible);
        return job.state().phase().settled() && job.version() <= after;
    }

    private Flux<ServerSentEvent<String>> events(UUID jobId, long after, Visibility visible) {
        var hello = ServerSentEvent.<String>builder().comment("job " + jobId).retry(COME_BACK_AFTER).build();
        var heartbeat = Flux.interval(settings.heartbeat()).onBackpressureDrop()
                .map(_ -> ServerSentEvent.<String>builder().comment("still here").build());
        return Flux.concat(Mono.just(hello), live.follow(jobId, after, visible)
                .map(JobStream::event)
                .publish(events -> Flux.merge(AHEAD_MAX, events, heartbeat.takeUntilOther(events.ignoreElements())),
                        AHEAD_MAX))
                .take(settings.streamMax())
                .onErrorResume(e -> {
                    // The answer is under way: all that can be said is its end, and the client comes back.
                    LOG.warn("job {} can be followed no further: {}", jobId, e.toString());
                    return Flux.empty();
                });
    }

    private static ServerSentEvent<String> event(RecordedJob job) {
        return ServerSentEvent.builder(job.summary().toString())
                .id(Long.toString(job.version()))
                .event(job.state().phase().settled() ? "settled" : "progress")
                .build();
    }

    private static long lastEventId(ServerRequest request) {
        var id = request.headers().firstHeader(LAST_EVENT_ID);
        if (id == null || id.isBlank()) {
            return RecordedJob.BEFORE_THE_FIRST;
        }
        if (!VERSION.matcher(id.strip()).matches()) {
            throw Problem.badRequest(LAST_EVENT_ID, "must be the id of an event of this stream, a whole number from 0");
        }
        return Long.parseLong(id.strip());
    }
}
