package io.campaignlauncher.console.http;

import java.time.Duration;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Light or dark, which a cookie remembers. */
final class Theme {

    static final String COOKIE = "console-theme";
    private static final Set<String> KNOWN = Set.of("light", "dark");
    private static final Duration REMEMBERED = Duration.ofDays(365);

    private Theme() {}

    /** @return empty for what is none: as the browser is set */
    static String of(String text) {
        return KNOWN.contains(text) ? text : "";
    }

    static Mono<ServerResponse> choose(ServerRequest request) {
        return request.formData().flatMap(form -> {
            var cookie = ResponseCookie.from(COOKIE, of(String.valueOf(form.getFirst("theme")))).path("/console")
                    .maxAge(REMEMBERED).sameSite("Strict").httpOnly(true).build();
            return ServerResponse.status(HttpStatus.SEE_OTHER).cookie(cookie)
                    .location(Addresses.ownOr(form.getFirst("back"), "/console")).build();
        });
    }
}
