package io.campaignlauncher.console.http;

import java.time.Duration;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Light or dark, which a cookie remembers. */
final class Theme {

    static final String COOKIE = "theme";
    private static final Set<String> KNOWN = Set.of("light", "dark");
    private static final Duration REMEMBERED = Duration.ofDays(365);

    private final Cookies cookies;

    Theme(Cookies cookies) {
        this.cookies = cookies;
    }

    /** @return empty for none that is known: as the browser is set */
    String of(ServerHttpRequest request) {
        return of(cookies.in(request, COOKIE));
    }

    private static String of(String text) {
        return KNOWN.contains(text) ? text : "";
    }

    Mono<ServerResponse> choose(ServerRequest request) {
        return request.formData().flatMap(form -> {
            var cookie = cookies.of(COOKIE, of(String.valueOf(form.getFirst("theme"))), REMEMBERED);
            return ServerResponse.status(HttpStatus.SEE_OTHER).cookie(cookie)
                    .location(Addresses.ownOr(form.getFirst("back"), "/console")).build();
        });
    }
}
