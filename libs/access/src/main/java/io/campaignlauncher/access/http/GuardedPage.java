package io.campaignlauncher.access.http;

import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.access.model.RouteRule;
import io.campaignlauncher.access.model.Scope;
import io.campaignlauncher.messaging.ManagementPage;
import io.campaignlauncher.messaging.PageGuard;
import io.campaignlauncher.telemetry.TraceSpan;
import java.net.InetSocketAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Puts before the metrics of a worker the rule that stands before those of every service. Its health is open. */
final class GuardedPage implements PageGuard {

    private static final RouteRule RULE = RouteRule.people("GET", ManagementPage.METRICS, Role.ADMIN,
            Role.SUPER_ADMIN).orKeysWith(Scope.METRICS_READ);
    private static final Pattern BEARER = Pattern.compile("(?i)bearer +([A-Za-z0-9._~+/=-]+)");

    private final BearerAuthentication bearers;
    private final boolean localOperator;

    /** @param localOperator whether a request from this machine that brings nothing is the local operator's */
    GuardedPage(BearerAuthentication bearers, boolean localOperator) {
        this.bearers = bearers;
        this.localOperator = localOperator;
    }

    @Override
    public Mono<Refusal> refusal(@Nullable String authorization, @Nullable InetSocketAddress peer) {
        return asking(authorization, peer)
                .map(RULE::judge)
                .defaultIfEmpty(RULE.judge(null))
                .flatMap(verdict -> switch (verdict) {
                    case ALLOWED -> Mono.<Refusal>empty();
                    case WHO_ARE_YOU -> Mono.just(refusal(HttpProblem.nobodyKnown()));
                    case NOT_YOURS -> Mono.just(refusal(HttpProblem.notAllowed("Your roles do not cover this.")));
                })
                .onErrorResume(BearerAuthentication.Unavailable.class, _ -> Mono.just(refusal(
                        HttpProblem.notNow("Whether the token is good cannot be told now; try again."))))
                .onErrorResume(_ -> Mono.just(refusal(HttpProblem.nobodyKnown())));
    }

    private Mono<Principal> asking(@Nullable String authorization, @Nullable InetSocketAddress peer) {
        if (authorization == null) {
            return localOperator && isLoopback(peer) ? Mono.just(Principal.LOCAL_OPERATOR) : Mono.empty();
        }
        var bearer = BEARER.matcher(authorization);
        return bearer.matches() ? bearers.principal(bearer.group(1)) : Mono.empty();
    }

    private static Refusal refusal(HttpProblem problem) {
        return new Refusal(problem.status().value(), problem.body(TraceSpan.NONE));
    }

    private static boolean isLoopback(@Nullable InetSocketAddress peer) {
        return peer != null && peer.getAddress() != null && peer.getAddress().isLoopbackAddress();
    }
}
