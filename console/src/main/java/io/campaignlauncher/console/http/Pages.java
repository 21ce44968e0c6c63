package io.campaignlauncher.console.http;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import io.campaignlauncher.access.http.PrincipalToken;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.console.model.Again;
import io.campaignlauncher.console.model.Page;
import io.campaignlauncher.console.model.Problem;
import io.campaignlauncher.console.model.Section;
import io.campaignlauncher.console.model.Switch;
import io.campaignlauncher.console.model.Who;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Writes pages: templates that the build has made classes of, with what stands around every page. */
final class Pages {

    private static final String TEMPLATES = "io.campaignlauncher.console.templates";
    /** Nothing from elsewhere, and no script and no style but from files of ours. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final TemplateEngine engine = TemplateEngine.createPrecompiled(null, ContentType.Html, null, TEMPLATES);
    private final Assets assets;
    private final SwitchReads switches;
    private final WaitingCount waiting;
    private final Theme theme;

    Pages(Assets assets, SwitchReads switches, WaitingCount waiting, Theme theme) {
        this.assets = assets;
        this.switches = switches;
        this.waiting = waiting;
        this.theme = theme;
    }

    /** What goes wrong on the way to a page is a page. */
    HandlerFunction<ServerResponse> page(Function<ServerRequest, Mono<Void>> written) {
        return request -> ServerResponse.ok().build((exchange, _) -> Mono.defer(() -> written.apply(request))
                .onErrorResume(ServiceProblem.class, error -> shown(exchange, error))
                .onErrorResume(LogInNeeded.class, _ -> logInFirst(exchange)));
    }

    /**
     * A form, after which the browser asks for a page: sending that again changes nothing.
     *
     * @param done takes what the form holds, and says where the browser goes then
     */
    HandlerFunction<ServerResponse> form(BiFunction<ServerRequest, MultiValueMap<String, String>, Mono<URI>> done) {
        return page(request -> request.formData().flatMap(form -> done.apply(request, form))
                .flatMap(next -> lead(request.exchange(), next)));
    }

    /** Has the browser ask for another page. */
    static Mono<Void> lead(ServerWebExchange exchange, URI next) {
        return Mono.defer(() -> {
            var response = exchange.getResponse();
            response.setStatusCode(HttpStatus.SEE_OTHER);
            response.getHeaders().setLocation(next);
            return response.setComplete();
        });
    }

    /** Where what is asked for is not as it should be, a page says so beside its form, with the status of the problem. */
    static <T> Mono<T> besideForm(ServerRequest request, Mono<T> answered, Function<Problem, T> otherwise) {
        return answered.onErrorResume(
                error -> error instanceof ServiceProblem refused && refused.problem().status() == 400,
                error -> Mono.fromCallable(() -> {
                    request.exchange().getResponse().setStatusCode(HttpStatus.BAD_REQUEST);
                    return otherwise.apply(((ServiceProblem) error).problem());
                }));
    }

    /**
     * A form that is shown again, with what was typed, where a service did not take it.
     *
     * @param again writes its page, with the status of what went wrong
     */
    HandlerFunction<ServerResponse> form(BiFunction<ServerRequest, MultiValueMap<String, String>, Mono<URI>> done,
            FormAgain again) {
        return page(request -> request.formData().flatMap(form -> done.apply(request, form)
                .flatMap(next -> lead(request.exchange(), next))
                .onErrorResume(ServiceProblem.class, error -> {
                    if (!error.problem().isToMend()) {
                        return Mono.error(error);
                    }
                    prepare(request.exchange(), error);
                    return again.write(request, form, error.problem());
                })));
    }

    /** How a form is shown once more. */
    interface FormAgain {

        Mono<Void> write(ServerRequest request, MultiValueMap<String, String> form, Problem problem);
    }

    private static void prepare(ServerWebExchange exchange, ServiceProblem error) {
        exchange.getResponse().setStatusCode(HttpStatusCode.valueOf(error.problem().status()));
        if (error.retryAfter() != null) {
            exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, error.retryAfter());
        }
    }

    private Mono<Void> shown(ServerWebExchange exchange, ServiceProblem error) {
        prepare(exchange, error);
        return problem(exchange, error.problem());
    }

    /** @param contents what a template gets beside the page */
    Mono<Void> write(ServerWebExchange exchange, String template, String title, Section section,
            Map<String, Object> contents) {
        return page(exchange, title, section, off(exchange))
                .flatMap(page -> write(exchange, template, page, contents));
    }

    /** A part of a page that is there already: the same words, nothing around it. */
    Mono<Void> part(ServerWebExchange exchange, String template, Map<String, Object> contents) {
        return page(exchange, "", Section.NONE, Mono.just(List.of()))
                .flatMap(page -> write(exchange, template, page, contents));
    }

    /** With the title of what went wrong, and its status. */
    Mono<Void> problem(ServerWebExchange exchange, Problem problem) {
        return problem(exchange, problem, false);
    }

    /** @param logIn whether to log in would help */
    Mono<Void> problem(ServerWebExchange exchange, Problem problem, boolean logIn) {
        exchange.getResponse().setStatusCode(HttpStatusCode.valueOf(problem.status()));
        return write(exchange, "problem.jte", problem.title(), Section.NONE,
                Map.of("problem", problem, "logIn", logIn));
    }

    /** Where nobody known asks, or not any more. */
    Mono<Void> logInFirst(ServerWebExchange exchange) {
        return LogInFirst.lead(exchange.getRequest(), exchange.getResponse(),
                Mono.defer(() -> problem(exchange, Problem.here(HttpStatus.UNAUTHORIZED.value(), "Log in first",
                        "What you sent was not taken. Log in, then send it once more."), true)));
    }

    /** A form that was not taken, with why, and with what it held. */
    Mono<Void> again(ServerWebExchange exchange, Problem problem, Section section, Again form) {
        exchange.getResponse().setStatusCode(HttpStatusCode.valueOf(problem.status()));
        return write(exchange, "again.jte", problem.title(), section, Map.of("problem", problem, "again", form));
    }

    private Mono<Page> page(ServerWebExchange exchange, String title, Section section, Mono<List<Switch>> off) {
        var request = exchange.getRequest();
        Mono<CsrfToken> token = exchange.getAttributeOrDefault(CsrfToken.class.getName(), Mono.empty());
        return Mono.zip(token.map(CsrfToken::getToken).defaultIfEmpty(""), off, who(exchange), waiting.of(exchange))
                .map(all -> new Page(title, section, all.getT3(), request.getPath().value(), assets.address(),
                        theme.of(request), all.getT1(), all.getT2(), all.getT4(),
                        LogInFirst.address(request).toString()));
    }

    private static Mono<Who> who(ServerWebExchange exchange) {
        return exchange.getPrincipal().ofType(PrincipalToken.class).map(PrincipalToken::getPrincipal)
                .map(one -> new Who(one.username(),
                        one.roles().stream().map(Role::word).collect(Collectors.toUnmodifiableSet()),
                        one.means() instanceof Principal.Session))
                .defaultIfEmpty(Who.NOBODY);
    }

    /** Where it cannot be told, no page fails for it: its contents say what is away. */
    private Mono<List<Switch>> off(ServerWebExchange exchange) {
        return switches.all(exchange)
                .map(all -> all.stream().filter(one -> !one.on()).toList())
                .onErrorReturn(ServiceProblem.class, List.of())
                .onErrorReturn(LogInNeeded.class, List.of())
                .defaultIfEmpty(List.of());
    }

    private Mono<Void> write(ServerWebExchange exchange, String template, Page page, Map<String, Object> contents) {
        var response = exchange.getResponse();
        headers(response);
        var parameters = new HashMap<>(contents);
        parameters.put("page", page);
        var body = response.bufferFactory().wrap(rendered(template, parameters));
        return response.writeWith(Mono.just(body));
    }

    private byte[] rendered(String template, Map<String, Object> parameters) {
        var output = new Utf8ByteOutput();
        engine.render(template, parameters, output);
        var bytes = new ByteArrayOutputStream(output.getContentLength());
        try {
            output.writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void headers(ServerHttpResponse response) {
        var headers = response.getHeaders();
        headers.setContentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8));
        headers.set("Content-Security-Policy", POLICY);
        headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
