package io.campaignlauncher.console.http;

import io.campaignlauncher.console.model.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import java.util.function.Function;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.security.web.server.csrf.ServerCsrfTokenRepository;
import org.springframework.security.web.server.csrf.XorServerCsrfTokenRequestAttributeHandler;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Forms with a file. Spring would keep the file on disk or in memory before anybody looked at it; here it passes through as it comes, once the
 * token that only our own pages have was seen before it.
 */
final class FileForms {

    /** Only here a form is not looked at before its route. */
    private static final Set<String> ADDRESSES = Set.of("/console/files", "/console/files/launch",
            "/console/media/images");
    private static final String TOKEN = "_csrf";
    private static final String TOKEN_HEADER = "X-CSRF-TOKEN";

    private final ServerCsrfTokenRepository tokens;
    private final XorServerCsrfTokenRequestAttributeHandler masks = new XorServerCsrfTokenRequestAttributeHandler();

    FileForms(ServerCsrfTokenRepository tokens) {
        this.tokens = tokens;
    }

    /** Whatever changes something and is no such form. */
    static ServerWebExchangeMatcher others(ServerWebExchangeMatcher changes) {
        return exchange -> isOne(exchange) ? MatchResult.notMatch() : changes.matches(exchange);
    }

    private static boolean isOne(ServerWebExchange exchange) {
        var type = exchange.getRequest().getHeaders().getContentType();
        return exchange.getRequest().getMethod() == HttpMethod.POST
                && ADDRESSES.contains(exchange.getRequest().getPath().value())
                && MediaType.MULTIPART_FORM_DATA.isCompatibleWith(type);
    }

    /**
     * @param then takes the form, and lets the file pass on
     * @throws ServiceProblem where it is no such form of ours
     */
    <T> Mono<T> read(ServerRequest request, Function<FormWithFile, Mono<T>> then) {
        return FileFormReader.read(request,
                form -> requireOurs(request.exchange(), form.text(TOKEN)).then(Mono.defer(() -> then.apply(form))));
    }

    private Mono<Void> requireOurs(ServerWebExchange exchange, String given) {
        var asHeader = exchange.mutate().request(request -> request.header(TOKEN_HEADER, given)).build();
        return tokens.loadToken(exchange)
                .filterWhen(token -> masks.resolveCsrfTokenValue(asHeader, token)
                        .map(value -> isEqual(value, token)).defaultIfEmpty(false))
                .switchIfEmpty(Mono.error(() -> new ServiceProblem(Problem.OLD_FORM, null)))
                .then();
    }

    private static boolean isEqual(String value, CsrfToken token) {
        return MessageDigest.isEqual(value.getBytes(StandardCharsets.UTF_8),
                token.getToken().getBytes(StandardCharsets.UTF_8));
    }
}
