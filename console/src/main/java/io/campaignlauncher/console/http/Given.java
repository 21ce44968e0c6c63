package io.campaignlauncher.console.http;

import java.util.Optional;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerRequest;

/** What a browser sent along, without blanks around it; empty for what it did not. */
final class Given {

    private Given() {}

    static String in(ServerRequest request, String parameter) {
        return request.queryParam(parameter).orElse("").strip();
    }

    static String in(MultiValueMap<String, String> form, String field) {
        return Optional.ofNullable(form.getFirst(field)).orElse("").strip();
    }
}
