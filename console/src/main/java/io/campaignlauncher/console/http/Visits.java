package io.campaignlauncher.console.http;

import io.campaignlauncher.access.http.PeerAddresses;
import io.campaignlauncher.access.http.PrincipalToken;
import io.campaignlauncher.access.model.Principal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.server.context.ServerSecurityContextRepository;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Who asks for a page: by the session that the browser brings, else, where that is enough, by sitting at the machine. */
final class Visits implements ServerSecurityContextRepository {

    /** What browsers know their session's cookie by. */
    static final String COOKIE = "session";
    private static final String FOUND = Visits.class.getName();
    /** Asked for by machines, which cannot log in. */
    static final String OPERATIONS = "/actuator/";
    private static final Pattern BEARER = Pattern.compile("(?i)bearer +([A-Za-z0-9._~+/=-]+)");

    private final boolean local;
    private final PeerAddresses peers;
    private final Sessions sessions;
    private final Identity identity;
    private final Cookies cookies;

    /** @param local whether whoever sits at this machine need not say who they are */
    Visits(boolean local, PeerAddresses peers, Sessions sessions, Identity identity, Cookies cookies) {
        this.local = local;
        this.peers = peers;
        this.sessions = sessions;
        this.identity = identity;
        this.cookies = cookies;
    }

    /** The same for all of a request: a session that ends meanwhile makes nobody else of who asks. */
    @Override
    @SuppressWarnings("unchecked")
    public Mono<SecurityContext> load(ServerWebExchange exchange) {
        return (Mono<SecurityContext>) exchange.getAttributes()
                .computeIfAbsent(FOUND, _ -> found(exchange.getRequest()).cache());
    }

    private Mono<? extends SecurityContext> found(ServerHttpRequest request) {
        var authorization = request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
        return authorization != null && request.getPath().value().startsWith(OPERATIONS)
                ? machine(request, BEARER.matcher(authorization)) : Mono.justOrEmpty(visit(request));
    }

    /** What is brought counts, and be it wrong. */
    private Mono<Visit> machine(ServerHttpRequest request, Matcher bearer) {
        var address = address(request);
        return bearer.matches()
                ? identity.me(bearer.group(1), address)
                        .map(who -> new Visit(new PrincipalToken(who), null, address))
                        .onErrorResume(Asked::isUnknown, _ -> Mono.empty())
                        .onErrorMap(ServiceProblem.class,
                                _ -> new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE))
                : Mono.empty();
    }

    /** Null: nobody known. Whose session is over is nobody, at this machine too: whatever they do next is not meant as another's. */
    private @Nullable Visit visit(ServerHttpRequest request) {
        var session = session(request);
        if (session.isPresent()) {
            return new Visit(new PrincipalToken(session.get().principal()), session.get(), address(request));
        }
        return isAtThisMachine(request) && !isOver(request)
                ? new Visit(new PrincipalToken(Principal.LOCAL_OPERATOR), null, address(request)) : null;
    }

    Optional<Session> session(ServerHttpRequest request) {
        return Optional.of(cookies.in(request, COOKIE)).filter(secret -> !secret.isEmpty()).flatMap(sessions::of);
    }

    /** Whether it brings a session that is no more. */
    boolean isOver(ServerHttpRequest request) {
        return !cookies.in(request, COOKIE).isEmpty() && session(request).isEmpty();
    }

    /** Whether it need not say who it is. */
    boolean isAtThisMachine(ServerHttpRequest request) {
        return local && peers.isThisMachine(request);
    }

    /** As text; empty: not known. */
    String address(ServerHttpRequest request) {
        return peers.text(request);
    }

    /** Nothing that a request leads to makes somebody known but a log-in. */
    @Override
    public Mono<Void> save(ServerWebExchange exchange, @Nullable SecurityContext context) {
        return Mono.empty();
    }
}
