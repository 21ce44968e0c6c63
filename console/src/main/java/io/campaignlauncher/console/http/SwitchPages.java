package io.campaignlauncher.console.http;

import static io.campaignlauncher.access.model.Role.ADMIN;
import static io.campaignlauncher.access.model.Role.MODERATOR;
import static io.campaignlauncher.access.model.Role.SUPER_ADMIN;
import static io.campaignlauncher.access.model.RouteRule.people;

import io.campaignlauncher.console.model.Again;
import io.campaignlauncher.console.model.Problem;
import io.campaignlauncher.console.model.Section;
import io.campaignlauncher.console.model.Switch;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The kill switches: how they stand, since when, by whom and why, and what waits for them. Whoever turns one says why. */
final class SwitchPages implements Area {

    private static final String ALL = "/console/switches";

    private final Asked jobs;
    private final SwitchReads switches;
    private final Pages pages;

    SwitchPages(Asked jobs, SwitchReads switches, Pages pages) {
        this.jobs = jobs;
        this.switches = switches;
        this.pages = pages;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route(people("GET", ALL, MODERATOR, ADMIN, SUPER_ADMIN),
                        pages.page(request -> show(request.exchange(), Optional.empty(), "", ""))),
                new Route(people("POST", ALL + "/{name}", ADMIN, SUPER_ADMIN),
                        pages.page(request -> request.formData().flatMap(form -> turn(request, form)))));
    }

    private Mono<Void> turn(ServerRequest request, MultiValueMap<String, String> form) {
        var exchange = request.exchange();
        var name = request.pathVariable("name");
        var reason = Given.in(form, "reason");
        if (reason.isEmpty()) {
            return show(exchange, Optional.of(new Problem(400, "Nothing was switched", "",
                    List.of(new Problem.Mistake("reason", "is needed: others will want to know why")), "")), name, "");
        }
        var body = JsonMapper.shared().createObjectNode().put("enabled", Given.in(form, "enabled").equals("true"))
                .put("reason", reason);
        return switches.all().flatMap(all -> {
            var since = all.stream().filter(one -> one.name().equals(name))
                    .filter(one -> !one.turnedAt().equals(Given.in(form, "seen"))).findFirst();
            return since.isPresent() ? show(exchange, Optional.of(before(since.get())), name, reason)
                    : jobs.send(Call.of(HttpMethod.PUT, "/v1/kill-switches/{name}", body, name))
                            .then(Pages.lead(exchange, URI.create(ALL)));
        }).onErrorResume(ServiceProblem.class, error -> error.problem().status() == HttpStatus.BAD_REQUEST.value()
                ? show(exchange, Optional.of(error.problem()), name, reason)
                : pages.again(exchange, error.problem(), Section.SWITCHES, again(name, form, reason)));
    }

    private static Again again(String name, MultiValueMap<String, String> form, String reason) {
        var on = Given.in(form, "enabled");
        return new Again(ALL + "/" + name, on.equals("true") ? "Switch on" : "Switch off", !on.equals("true"), ALL,
                List.of(new Again.Field("enabled", "", on, "hidden"),
                        new Again.Field("seen", "", Given.in(form, "seen"), "hidden"),
                        new Again.Field("reason", "Why?", reason, "text")));
    }

    /** Somebody else was quicker: what they did counts until who comes later has seen it. */
    private static Problem before(Switch now) {
        return Problem.here(409, "Somebody was here since you looked",
                (now.turnedBy().isEmpty() ? "Somebody" : now.turnedBy()) + " switched it " + (now.on() ? "on" : "off")
                        + (now.reason().isEmpty() ? "." : ": " + now.reason() + ".") + " You changed nothing.");
    }

    /** @param name   of the switch that the problem is about @param reason that was given for it */
    private Mono<Void> show(ServerWebExchange exchange, Optional<Problem> problem, String name, String reason) {
        problem.ifPresent(one -> exchange.getResponse().setStatusCode(HttpStatusCode.valueOf(one.status())));
        return switches.all().flatMap(all -> pages.write(exchange, "switches.jte", "Kill switches", Section.SWITCHES,
                Map.of("switches", all, "problem", problem, "about", name, "reason", reason)));
    }
}
