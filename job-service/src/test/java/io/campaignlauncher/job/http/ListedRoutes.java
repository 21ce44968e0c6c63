package io.campaignlauncher.job.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/** Every route with a method, as {@code GET /v1/jobs}; one without a method says only that nothing is there. */
final class ListedRoutes implements RouterFunctions.Visitor {

    private final List<String> found = new ArrayList<>();

    private ListedRoutes() {}

    @SuppressWarnings("rawtypes")
    static List<String> of(Stream<RouterFunction> functions) {
        var routes = new ListedRoutes();
        functions.forEach(function -> function.accept(routes));
        return routes.found;
    }

    @Override
    public void route(RequestPredicate predicate, HandlerFunction<?> handler) {
        predicate.accept(new RequestPredicates.Visitor() {

            private String method = "";

            @Override
            public void method(Set<HttpMethod> methods) {
                method = methods.iterator().next().name();
            }

            @Override
            public void path(String pattern) {
                if (!method.isEmpty()) {
                    found.add(method + " " + pattern);
                }
            }

            @Override
            public void header(String name, String value) {}

            @Override
            public void queryParam(String name, String value) {}

            @Override
            public void version(String version) {}

            @Override
            @Deprecated
            @SuppressWarnings("removal")
            public void pathExtension(String extension) {}

            @Override
            public void startAnd() {}

            @Override
            public void and() {}

            @Override
            public void endAnd() {}

            @Override
            public void startOr() {}

            @Override
            public void or() {}

            @Override
            public void endOr() {}

            @Override
            public void startNegate() {}

            @Override
            public void endNegate() {}

            @Override
            public void unknown(RequestPredicate other) {
                throw new IllegalArgumentException("a route that cannot be listed: " + other);
            }
        });
    }

    @Override
    public void startNested(RequestPredicate predicate) {
        throw new IllegalArgumentException("routes in routes are not listed: " + predicate);
    }

    @Override
    public void endNested(RequestPredicate predicate) {}

    @Override
    public void resources(Function<ServerRequest, Mono<Resource>> lookup) {
        throw new IllegalArgumentException("files cannot be listed");
    }

    @Override
    public void attributes(Map<String, Object> attributes) {}

    @Override
    public void unknown(RouterFunction<?> other) {
        throw new IllegalArgumentException("a route that cannot be listed: " + other);
    }
}
