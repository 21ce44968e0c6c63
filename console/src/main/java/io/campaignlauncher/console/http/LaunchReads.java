package io.campaignlauncher.console.http;

import io.campaignlauncher.console.model.Launch;
import io.campaignlauncher.console.model.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * Reads one launch. One request after the other: a refusal of one would break off the others, and with them connections that others
 * use.
 */
final class LaunchReads {

    private static final String STATE = "/v1/jobs/{jobId}/state";
    private static final String HISTORY = "/v1/jobs/{jobId}/history";
    private static final Pattern VERSION = Pattern.compile("\\d{1,9}");

    private final Asked jobs;

    LaunchReads(Asked jobs) {
        this.jobs = jobs;
    }

    /** @param at a version or a time; empty: now */
    Mono<Launch> at(String jobId, String at) {
        return at.isEmpty() ? now(jobId) : then(jobId, at);
    }

    Mono<Launch> now(String jobId) {
        return state(jobId, "").flatMap(state -> history(jobId, state).map(history -> Launch.now(state, history)));
    }

    private Mono<Launch> then(String jobId, String at) {
        return state(jobId, at).flatMap(state -> before(jobId, state)
                .flatMap(before -> history(jobId, state)
                        .flatMap(history -> jobs.get("/v1/jobs/{jobId}", Map.of(), jobId)
                                .map(job -> Launch.then(state, before, history, job.path("version").asLong(-1))))));
    }

    /** The state one event earlier. */
    private Mono<JsonNode> before(String jobId, JsonNode state) {
        var version = state.path("version").asLong(-1);
        return version < 1 ? Mono.just(state) : state(jobId, Long.toString(version - 1));
    }

    Mono<JsonNode> state(String jobId, String at) {
        return jobs.get(STATE, at.isEmpty() ? Map.of() : Map.of("at", at), jobId);
    }

    /** As much of it as a page shows. */
    private Mono<JsonNode> history(String jobId, JsonNode state) {
        var query = new LinkedHashMap<String, String>();
        var after = Launch.momentsAfter(state);
        var version = state.path("version").asLong(-1);
        if (after >= 0) {
            query.put("after", Long.toString(after));
        }
        if (version >= 0) {
            query.put("at", Long.toString(version));
        }
        return jobs.get(HISTORY, query, jobId);
    }

    /** One event with what it holds. */
    Mono<JsonNode> event(String jobId, String version) {
        if (!VERSION.matcher(version).matches()) {
            return Mono.error(noSuchEvent());
        }
        var query = new LinkedHashMap<String, String>();
        var before = Long.parseLong(version) - 1;
        if (before >= 0) {
            query.put("after", Long.toString(before));
        }
        query.put("at", version);
        return jobs.get(HISTORY, query, jobId).flatMap(history -> history.path("events").isEmpty()
                ? Mono.error(noSuchEvent()) : Mono.just(history.path("events").path(0)));
    }

    private static ServiceProblem noSuchEvent() {
        return new ServiceProblem(Problem.here(404, "There is no such event", "The launch has none of this number."),
                null);
    }
}
