package io.campaignlauncher.console.http;

import io.campaignlauncher.access.model.RouteRule;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.ServerResponse;

/** What answers an address, with the rule of who may ask there: one cannot be without the other. */
record Route(RouteRule rule, HandlerFunction<ServerResponse> handler) {

    RequestPredicate predicate() {
        return RequestPredicates.method(HttpMethod.valueOf(rule.method())).and(RequestPredicates.path(rule.path()));
    }
}
