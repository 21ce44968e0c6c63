package io.campaignlauncher.console.http;

import io.campaignlauncher.access.http.PeerAddresses;
import io.campaignlauncher.access.http.PrincipalToken;
import io.campaignlauncher.access.model.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.server.context.ServerSecurityContextRepository;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Who asks for a page. */
final class Visits implements ServerSecurityContextRepository {

    private final boolean local;
    private final PeerAddresses peers;

    /** @param local whether whoever sits at this machine need not say who they are */
    Visits(boolean local, PeerAddresses peers) {
        this.local = local;
        this.peers = peers;
    }

    @Override
    public Mono<SecurityContext> load(ServerWebExchange exchange) {
        return local && peers.isThisMachine(exchange.getRequest())
                ? Mono.just(new SecurityContextImpl(new PrincipalToken(Principal.LOCAL_OPERATOR)))
                : Mono.empty();
    }

    /** Nothing that a request leads to makes somebody known but a log-in. */
    @Override
    public Mono<Void> save(ServerWebExchange exchange, @Nullable SecurityContext context) {
        return Mono.empty();
    }
}
