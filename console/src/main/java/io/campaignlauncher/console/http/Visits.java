package io.campaignlauncher.console.http;

import io.campaignlauncher.access.http.PeerAddresses;
import io.campaignlauncher.access.http.PrincipalToken;
import io.campaignlauncher.access.model.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.server.context.ServerSecurityContextRepository;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Who asks for a page: by the session that the browser brings, else, where that is enough, by sitting at the machine. */
final class Visits implements ServerSecurityContextRepository {

    /** What browsers know their session's cookie by. */
    static final String COOKIE = "session";
    private static final String FOUND = Visits.class.getName();

    private final boolean local;
    private final PeerAddresses peers;
    private final Sessions sessions;
    private final Cookies cookies;

    /** @param local whether whoever sits at this machine need not say who they are */
    Visits(boolean local, PeerAddresses peers, Sessions sessions, Cookies cookies) {
        this.local = local;
        this.peers = peers;
        this.sessions = sessions;
        this.cookies = cookies;
    }

    /** The same for all of a request: a session that ends meanwhile makes nobody else of who asks. */
    @Override
    @SuppressWarnings("unchecked")
    public Mono<SecurityContext> load(ServerWebExchange exchange) {
        var found = (Optional<SecurityContext>) exchange.getAttributes()
                .computeIfAbsent(FOUND, _ -> Optional.ofNullable(visit(exchange.getRequest())));
        return Mono.justOrEmpty(found);
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
