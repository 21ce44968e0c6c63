package io.campaignlauncher.console.http;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerRequest;

/** What a browser sent along, without blanks around it; empty for what it did not. */
final class Given {

    private Given() {}

    static String in(ServerRequest request, String parameter) {
        return request.queryParam(parameter).orElse("").strip();
    }

    /** All that a parameter has, with commas between: a box of a form that is ticked adds one. */
    static String allIn(ServerRequest request, String parameter) {
        return request.queryParams().getOrDefault(parameter, List.of()).stream().filter(Objects::nonNull)
                .map(String::strip).filter(value -> !value.isEmpty()).collect(Collectors.joining(","));
    }

    /** Whether it came from a form that leaves nothing out: there is a shorter address that says the same. */
    static boolean isRedundant(ServerRequest request) {
        return request.queryParams().values().stream().anyMatch(values -> values.size() > 1 || values.contains(""));
    }

    static String in(MultiValueMap<String, String> form, String field) {
        return Optional.ofNullable(form.getFirst(field)).orElse("").strip();
    }
}
