package io.campaignlauncher.job.http;

import io.campaignlauncher.access.http.QueryParameters;
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
        var asked = new QueryParameters(request);
        var number = asked.number(name, min, max);
        asked.areGood();
        return number;
    }
}
