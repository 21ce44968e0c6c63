package io.campaignlauncher.console.http;

import static io.campaignlauncher.access.model.RouteRule.open;

import io.campaignlauncher.access.http.Buckets;
import io.campaignlauncher.access.http.HttpProblem;
import io.campaignlauncher.console.model.LogIn;
import io.campaignlauncher.console.model.Problem;
import io.campaignlauncher.console.model.Section;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.security.web.server.csrf.ServerCsrfTokenRepository;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The log-in, and its end. */
final class LogInPages implements Area {

    private static final URI LOG_IN = URI.create(LogInFirst.PATH);

    private final Identity identity;
    private final Sessions sessions;
    private final Renewals renewals;
    private final Visits visits;
    private final Cookies cookies;
    private final ServerCsrfTokenRepository forms;
    private final Buckets tries;
    private final boolean foreignIssuer;
    private final LogInFigures figures;
    private final Pages pages;

    /**
     * @param tries         by address, of those that wait for an answer or were wrong
     * @param foreignIssuer whether people log in elsewhere
     */
    LogInPages(Identity identity, Sessions sessions, Renewals renewals, Visits visits, Cookies cookies,
            ServerCsrfTokenRepository forms, Buckets tries, boolean foreignIssuer,
            LogInFigures figures, Pages pages) {
        this.identity = identity;
        this.sessions = sessions;
        this.renewals = renewals;
        this.visits = visits;
        this.cookies = cookies;
        this.forms = forms;
        this.tries = tries;
        this.foreignIssuer = foreignIssuer;
        this.figures = figures;
        this.pages = pages;
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(open("GET", LogInFirst.PATH), pages.page(this::shown)),
                new Route(open("POST", LogInFirst.PATH), pages.page(this::tried)),
                new Route(open("POST", "/console/logout"), pages.form((request, _) -> ended(request))));
    }

    private Mono<Void> shown(ServerRequest request) {
        return show(request.exchange(), "", next(request.queryParam(LogInFirst.NEXT)), null);
    }

    /** @param problem null: none yet */
    private Mono<Void> show(ServerWebExchange exchange, String name, URI next, @Nullable Problem problem) {
        var request = exchange.getRequest();
        boolean over = visits.isOver(request);
        if (over) {
            // Said once.
            exchange.getResponse().addCookie(cookies.none(Visits.COOKIE));
        }
        return pages.write(exchange, "login.jte", "Log in", Section.NONE, Map.of("logIn", new LogIn(name,
                next.toString(), problem, over, "cross-site".equals(request.getHeaders().getFirst("Sec-Fetch-Site")),
                visits.isAtThisMachine(request), foreignIssuer)));
    }

    private Mono<Void> tried(ServerRequest request) {
        return request.formData().flatMap(form -> {
            var name = Given.in(form, "username");
            var next = next(Optional.ofNullable(form.getFirst(LogInFirst.NEXT)));
            return entered(request.exchange(), name, password(form))
                    .then(Mono.defer(() -> {
                        figures.tried(LogInFigures.Outcome.OK);
                        return Pages.lead(request.exchange(), next);
                    }))
                    .onErrorResume(ServiceProblem.class, error -> refused(request.exchange(), name, next, error));
        });
    }

    /** As it was typed, blanks and all. */
    private static String password(MultiValueMap<String, String> form) {
        return Optional.ofNullable(form.getFirst("password")).orElse("");
    }

    private Mono<Void> entered(ServerWebExchange exchange, String name, String password) {
        var address = visits.address(exchange.getRequest());
        return Mono.fromRunnable(() -> admit(address))
                .then(Mono.defer(() -> identity.logIn(name, password, address)))
                .flatMap(tokens -> identity.me(tokens.access(), address)
                        .flatMap(who -> before(exchange).then(forms.saveToken(exchange, null))
                                .doOnSuccess(_ -> exchange.getResponse().addCookie(
                                        cookies.of(Visits.COOKIE, sessions.open(who, tokens), null)))));
    }

    private void admit(String address) {
        if (foreignIssuer) {
            throw new ServiceProblem(Problem.here(HttpStatus.NOT_FOUND.value(), "There is no log-in here",
                    "People log in elsewhere."), null);
        }
        try {
            tries.take(address);
        } catch (HttpProblem problem) {
            var headers = new HttpHeaders();
            problem.headers(headers);
            throw new ServiceProblem(Problem.here(problem.status().value(), problem.title(), problem.detail()),
                    headers.getFirst(HttpHeaders.RETRY_AFTER));
        }
    }

    /** Why is the same for whatever is wrong with name and password. */
    private Mono<Void> refused(ServerWebExchange exchange, String name, URI next, ServiceProblem error) {
        var response = exchange.getResponse();
        if (error.retryAfter() != null) {
            response.getHeaders().set(HttpHeaders.RETRY_AFTER, error.retryAfter());
        }
        var problem = LogIn.refusal(error.problem(), error.retryAfter());
        response.setStatusCode(HttpStatusCode.valueOf(problem.status()));
        figures.tried(switch (problem.status()) {
            case 401 -> LogInFigures.Outcome.REFUSED;
            case 429 -> LogInFigures.Outcome.LIMITED;
            default -> LogInFigures.Outcome.UNAVAILABLE;
        });
        return show(exchange, name, next, problem);
    }

    /** Whatever this browser was logged in as before is over. */
    private Mono<Void> before(ServerWebExchange exchange) {
        return Mono.justOrEmpty(visits.session(exchange.getRequest()))
                .flatMap(session -> end(session, visits.address(exchange.getRequest())));
    }

    /** Here at once; that it ends at the identity-service too keeps nobody waiting who cannot be helped by it. */
    private Mono<Void> end(Session session, String address) {
        sessions.end(session, LogInFigures.End.LOG_OUT);
        var tokens = session.tokens();
        return identity.logOut(tokens.access(), address)
                .onErrorResume(Asked::isUnknown, _ -> renewals.after(session, tokens, address)
                        .flatMap(next -> identity.logOut(next.access(), address)))
                .onErrorComplete(error -> error instanceof ServiceProblem || error instanceof LogInNeeded).then();
    }

    private Mono<URI> ended(ServerRequest request) {
        var exchange = request.exchange();
        exchange.getResponse().addCookie(cookies.none(Visits.COOKIE));
        return before(exchange).then(forms.saveToken(exchange, null)).thenReturn(LOG_IN);
    }

    private static URI next(Optional<String> given) {
        return Addresses.ownOr(given.orElse(null), "/console");
    }
}
