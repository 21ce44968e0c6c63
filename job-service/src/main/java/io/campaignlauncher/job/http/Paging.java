package io.campaignlauncher.job.http;

import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;

/** What is asked of a list. */
final class Paging {

    private Paging() {}

    /** @throws Problem 400, where it is not within the bounds */
    static int limit(ServerRequest request, HttpSettings settings) {
        var asked = number(request, "limit", settings.pageSizeMax());
        return asked == null ? settings.pageSize() : asked.intValue();
    }

    /** Null where nothing is said. @throws Problem 400, where it is no number from 1 to max */
    static @Nullable Long number(ServerRequest request, String name, long max) {
        return number(request, name, 1, max);
    }

    /** Null where nothing is said. @throws Problem 400, where it is no number from min to max */
    static @Nullable Long number(ServerRequest request, String name, long min, long max) {
        var text = request.queryParam(name).orElse(null);
        if (text == null) {
            return null;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw Problem.badRequest(name, "must be a whole number from " + min + " to " + max);
    }
}
