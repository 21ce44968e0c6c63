package io.campaignlauncher.access.http;

import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.RouteRule;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Answers 429 to whoever asks more often than they may: by address before anybody is known, by who asks once their rule has let them
 * through. This machine itself is in no limit: whoever sits at it runs the service, and behind a proxy on it that is not trusted to say who may
 * stand everybody.
 */
public final class RequestLimits {

    /** Of {@link #byAddress}: after a request has its trace, before anybody is known. */
    public static final int BEFORE_RULES = Ordered.HIGHEST_PRECEDENCE + 10;
    /** Of {@link #byPrincipal}: after Spring Security, before the routes. */
    public static final int AFTER_RULES = 0;

    /** Asked for by machines that would end this service if they got no answer. */
    private static final String HEALTH = "/actuator/health";

    private RequestLimits() {}

    /** @param limit empty: none */
    public static WebFilter byAddress(Optional<Buckets> limit, PeerAddresses peers) {
        return limit.map(addresses -> byAddress(addresses, peers)).orElse((exchange, chain) -> chain.filter(exchange));
    }

    private static WebFilter byAddress(Buckets addresses, PeerAddresses peers) {
        return (exchange, chain) -> {
            var request = exchange.getRequest();
            return peers.isThisMachine(request) || request.getPath().value().startsWith(HEALTH)
                    ? chain.filter(exchange)
                    : limited(exchange, chain, addresses, peers.of(request));
        };
    }

    /** An app's key counts as its owner. @param limit of a route, by its rule; empty: none */
    public static WebFilter byPrincipal(RouteTable table, Function<RouteRule, Optional<Buckets>> limit) {
        return (exchange, chain) -> {
            var buckets = table.rule(exchange.getRequest()).flatMap(limit);
            return buckets.isEmpty() ? chain.filter(exchange)
                    : who(exchange).flatMap(who -> who.isEmpty() ? chain.filter(exchange)
                            : limited(exchange, chain, buckets.get(), who));
        };
    }

    /** Empty: nobody who is counted. */
    private static Mono<String> who(ServerWebExchange exchange) {
        return exchange.getPrincipal().ofType(PrincipalToken.class).map(PrincipalToken::getPrincipal)
                .map(one -> one.means() instanceof Principal.ThisMachine ? "" : one.tenant() + " " + one.subject())
                .defaultIfEmpty("");
    }

    private static Mono<Void> limited(ServerWebExchange exchange, WebFilterChain chain, Buckets buckets, String who) {
        try {
            buckets.take(who);
        } catch (HttpProblem tooMany) {
            return Problems.write(exchange, tooMany);
        }
        return chain.filter(exchange);
    }
}
