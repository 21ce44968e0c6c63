package io.campaignlauncher.console.http;

import static io.campaignlauncher.access.model.RouteRule.people;

import io.campaignlauncher.access.http.PrincipalToken;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.console.model.Again;
import io.campaignlauncher.console.model.Problem;
import io.campaignlauncher.console.model.Rollback;
import io.campaignlauncher.console.model.Section;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What people decide about a launch: to stop it, to move its start, whether what exists of it is deleted. Each says why. Where it is
 * not done, nothing that somebody typed is lost, and where it is too late for it, the page says what happened instead.
 */
final class Decisions implements Area {

    private static final String ONE = "/console/jobs/{jobId}";
    private static final String CANCEL = "/cancel";
    private static final String START = "/start";
    private static final String ROLLBACK = "/rollback";
    private static final String REASON = "reason";
    private static final String NOW = "now";

    private final Asked jobs;
    private final LaunchReads launches;
    private final Pages pages;

    Decisions(Asked jobs, LaunchReads launches, Pages pages) {
        this.jobs = jobs;
        this.launches = launches;
        this.pages = pages;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route(people("POST", ONE + CANCEL, LaunchPages.READERS),
                        pages.page(request -> form(request, this::stop))),
                new Route(people("POST", ONE + START, LaunchPages.READERS),
                        pages.page(request -> form(request, this::move))),
                new Route(people("GET", ONE + ROLLBACK, LaunchPages.READERS),
                        pages.page(request -> preview(request, Optional.empty(), "", ""))),
                new Route(people("POST", ONE + ROLLBACK, LaunchPages.READERS),
                        pages.page(request -> form(request, this::rollback))));
    }

    /** What a form holds, and what of it is shown again. */
    private record Sent(ServerRequest request, MultiValueMap<String, String> form, String jobId, String by) {

        String in(String field) {
            return Given.in(form, field);
        }

        ServerWebExchange exchange() {
            return request.exchange();
        }

        /** As everybody writes it, so that the same sent twice is the same. */
        ObjectNode body() {
            return JsonMapper.shared().createObjectNode().put(REASON, in(REASON)).put("userId", by);
        }
    }

    private interface Deed {
        Mono<Void> of(Sent sent);
    }

    private static Mono<Void> form(ServerRequest request, Deed deed) {
        var by = PrincipalToken.of(request).map(Principal::subject);
        return request.formData().zipWith(by)
                .flatMap(both -> deed.of(new Sent(request, both.getT1(), request.pathVariable("jobId"), both.getT2())));
    }

    private Mono<Void> stop(Sent sent) {
        var again = new Again(address(sent, CANCEL), "Stop the launch", true, address(sent, ""),
                List.of(why(sent, "Why is it stopped?")));
        return said(sent, again, () -> jobs.send(Call.of(HttpMethod.POST, "/v1/jobs/{jobId}/cancel", sent.body(),
                sent.jobId())).then());
    }

    private Mono<Void> move(Sent sent) {
        var begins = sent.in("begin").equals(NOW);
        var start = begins ? NOW : sent.in("startAt");
        var again = new Again(address(sent, START), begins ? "Begin now" : "Move the start", false, address(sent, ""),
                List.of(new Again.Field("begin", "", begins ? NOW : "", "hidden"),
                        new Again.Field("startAt", "Start, by the clock of the ad account", sent.in("startAt"),
                                begins ? "hidden" : "datetime-local"),
                        why(sent, "Why is it moved?")));
        return said(sent, again, () -> jobs.send(Call.of(HttpMethod.PUT, "/v1/jobs/{jobId}/start",
                sent.body().put("startAt", start), sent.jobId())).then());
    }

    /** Deletes only where who says so knows how much: as much as there is now, whatever their page showed. */
    private Mono<Void> rollback(Sent sent) {
        var decision = sent.in("decision");
        var reason = sent.in(REASON);
        var deletes = decision.equals("CONFIRM");
        if (reason.isEmpty()) {
            return preview(sent.request(), Optional.of(missing()), decision, reason);
        }
        Mono<Void> done = jobs.send(Call.of(HttpMethod.POST, "/v1/jobs/{jobId}/rollback",
                sent.body().put("decision", decision), sent.jobId())).then(away(sent));
        var known = deletes
                ? jobs.get("/v1/jobs/{jobId}/rollback", Map.of(), sent.jobId())
                        .map(preview -> wrongCount(sent, preview.path("entities").size()))
                : Mono.just(Optional.<Problem>empty());
        return known.flatMap(wrong -> wrong.isPresent() ? preview(sent.request(), wrong, decision, reason) : done)
                .onErrorResume(ServiceProblem.class, error -> error.problem().status() == 503
                        ? notDone(sent, error.problem(), new Again(address(sent, ROLLBACK),
                                deletes ? "Delete what exists" : "Keep what exists", deletes, address(sent, ""),
                                List.of(new Again.Field("decision", "", decision, "hidden"),
                                        new Again.Field("count", "", sent.in("count"), "hidden"),
                                        why(sent, deletes ? "Why is it deleted?" : "Why is it kept?"))))
                        : notDone(sent, error.problem(), null));
    }

    private static Optional<Problem> wrongCount(Sent sent, int there) {
        var typed = sent.in("count");
        if (typed.equals(Integer.toString(there))) {
            return Optional.empty();
        }
        var since = typed.equals(sent.in("seen"))
                ? "Since this page was loaded that has changed: it is " + there + " now, not " + typed + "."
                : "It is " + there + " here.";
        return Optional.of(new Problem(400, "Nothing was deleted", "",
                List.of(new Problem.Mistake("number", "must be how many things will be deleted. " + since)), ""));
    }

    private Mono<Void> said(Sent sent, Again again, Supplier<Mono<Void>> deed) {
        if (sent.in(REASON).isEmpty()) {
            return notDone(sent, missing(), again);
        }
        return deed.get().then(away(sent))
                .onErrorResume(ServiceProblem.class, error -> notDone(sent, error.problem(), again));
    }

    private static Problem missing() {
        return new Problem(400, "Nothing was changed", "",
                List.of(new Problem.Mistake(REASON, "is needed: others will want to know why")), "");
    }

    private Mono<Void> away(Sent sent) {
        return Pages.lead(sent.exchange(), URI.create(address(sent, "")));
    }

    /** Too late: how it stands now. Otherwise the same form with what it held; null: there is nothing to send again. */
    private Mono<Void> notDone(Sent sent, Problem problem, @Nullable Again again) {
        if (problem.status() == HttpStatus.CONFLICT.value()) {
            sent.exchange().getResponse().setStatusCode(HttpStatus.CONFLICT);
            return launches.now(sent.jobId()).flatMap(launch -> pages.write(sent.exchange(), "late.jte",
                    problem.title(), Section.LAUNCHES, Map.of("problem", problem, "launch", launch)));
        }
        return again == null ? pages.problem(sent.exchange(), problem)
                : pages.again(sent.exchange(), problem, Section.LAUNCHES, again);
    }

    private Mono<Void> preview(ServerRequest request, Optional<Problem> problem, String decision, String reason) {
        var jobId = request.pathVariable("jobId");
        problem.ifPresent(one -> request.exchange().getResponse()
                .setStatusCode(HttpStatusCode.valueOf(one.status())));
        return jobs.get("/v1/jobs/{jobId}/rollback", Map.of(), jobId)
                .flatMap(preview -> launches.state(jobId, "").flatMap(state -> pages.write(request.exchange(),
                        "rollback.jte", "Decide", Section.LAUNCHES,
                        Map.of("rollback", Rollback.of(preview, state), "jobId", jobId, "name",
                                state.path("campaignName").asString(""), "problem", problem, "decision", decision,
                                "reason", reason))));
    }

    private static Again.Field why(Sent sent, String label) {
        return new Again.Field(REASON, label, sent.in(REASON), "textarea");
    }

    private static String address(Sent sent, String rest) {
        return "/console/jobs/" + sent.jobId() + rest;
    }
}
