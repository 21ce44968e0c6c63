package io.campaignlauncher.console.http;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/** Leads to the log-in, and from there back to where somebody was. */
final class LogInFirst {

    static final String PATH = "/console/login";
    static final String NEXT = "next";
    private static final String LAUNCHES = "/console";

    private LogInFirst() {}

    /** Where to log in for what is asked for. */
    static URI address(ServerHttpRequest request) {
        var next = Addresses.ownOr(shown(request), LAUNCHES).toString();
        return URI.create(next.startsWith(PATH) ? PATH
                : PATH + "?" + NEXT + "=" + URLEncoder.encode(next, StandardCharsets.UTF_8));
    }

    /** The page itself, or the one that a script or a form of its own asks for. */
    private static @Nullable String shown(ServerHttpRequest request) {
        if (isOfScript(request)) {
            return from(request, "HX-Current-URL");
        }
        return isPage(request) ? local(request.getURI()) : from(request, HttpHeaders.REFERER);
    }

    private static boolean isOfScript(ServerHttpRequest request) {
        return request.getHeaders().containsHeader("HX-Request");
    }

    private static @Nullable String from(ServerHttpRequest request, String header) {
        var given = request.getHeaders().getFirst(header);
        try {
            return given == null ? null : local(URI.create(given));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable String local(URI address) {
        return address.getRawQuery() == null ? address.getRawPath()
                : address.getRawPath() + "?" + address.getRawQuery();
    }

    private static boolean isPage(ServerHttpRequest request) {
        return request.getMethod().equals(HttpMethod.GET) || request.getMethod().equals(HttpMethod.HEAD);
    }

    /** @param otherwise writes what shows in place of what a form led to: nothing is sent again behind anybody's back */
    static Mono<Void> lead(ServerHttpRequest request, ServerHttpResponse response, Mono<Void> otherwise) {
        if (isOfScript(request)) {
            response.setStatusCode(HttpStatus.UNAUTHORIZED);
            response.getHeaders().set("HX-Redirect", address(request).toString());
            return response.setComplete();
        }
        if (!isPage(request)) {
            return otherwise;
        }
        response.setStatusCode(HttpStatus.SEE_OTHER);
        response.getHeaders().setLocation(address(request));
        return response.setComplete();
    }
}
