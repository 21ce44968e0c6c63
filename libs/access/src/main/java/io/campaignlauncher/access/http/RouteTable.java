package io.campaignlauncher.access.http;

import io.campaignlauncher.access.model.RouteRule;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/** Every route of a service with its rule. The first that fits a request counts; what fits none is for nobody. */
public final class RouteTable {

    private final List<Row> rows;
    private final boolean tokensOnly;

    private record Row(RouteRule rule, HttpMethod method, PathPattern path) {}

    public RouteTable(List<RouteRule> rules) {
        this(rules.stream().map(rule -> new Row(rule, HttpMethod.valueOf(rule.method()),
                PathPatternParser.defaultInstance.parse(rule.path()))).toList(), false);
    }

    private RouteTable(List<Row> rows, boolean tokensOnly) {
        this.rows = rows;
        this.tokensOnly = tokensOnly;
    }

    /** The same routes, where nobody is known for sitting at the machine. */
    public RouteTable forTokensOnly() {
        return new RouteTable(rows, true);
    }

    boolean knowsLocalOperator() {
        return !tokensOnly;
    }

    public List<RouteRule> rules() {
        return rows.stream().map(Row::rule).toList();
    }

    /** Empty: for nobody. */
    public Optional<RouteRule> rule(ServerHttpRequest request) {
        // Whoever may get something may ask what it would be.
        var method = request.getMethod().equals(HttpMethod.HEAD) ? HttpMethod.GET : request.getMethod();
        var path = request.getPath().pathWithinApplication();
        return rows.stream().filter(row -> row.method().equals(method) && row.path().matches(path)).findFirst()
                .map(Row::rule);
    }

    /** By the rule of its route; without one nobody may. */
    public Mono<AuthorizationResult> judge(Mono<Authentication> asking, ServerWebExchange exchange) {
        var rule = rule(exchange.getRequest());
        if (rule.isEmpty()) {
            return Mono.just(new AuthorizationDecision(false));
        }
        return asking.ofType(PrincipalToken.class)
                .map(token -> rule.get().judge(token.getPrincipal()))
                .switchIfEmpty(Mono.fromSupplier(() -> rule.get().judge(null)))
                .map(verdict -> new AuthorizationDecision(verdict == RouteRule.Verdict.ALLOWED));
    }
}
