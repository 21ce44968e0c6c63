package io.campaignlauncher.console.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * What a browser keeps for us: for these pages alone, out of reach of scripts, and never sent from a page elsewhere.
 *
 * @param https whether it sends them over https alone
 */
record Cookies(boolean https) {

    private static final String PATH = "/console";

    /** As browsers know it: one whose name says so, they take over https alone. */
    String name(String name) {
        return (https ? "__Secure-" : "") + "console-" + name;
    }

    /** @param life null: until the browser is closed */
    ResponseCookie of(String name, String value, @Nullable Duration life) {
        var cookie = ResponseCookie.from(name(name), value).path(PATH).httpOnly(true).sameSite("Strict").secure(https);
        return (life == null ? cookie : cookie.maxAge(life)).build();
    }

    /** Has a browser forget it. */
    ResponseCookie none(String name) {
        return of(name, "", Duration.ZERO);
    }

    /** Empty where there is none. */
    String in(ServerHttpRequest request, String name) {
        HttpCookie cookie = request.getCookies().getFirst(name(name));
        return cookie == null ? "" : cookie.getValue();
    }
}
