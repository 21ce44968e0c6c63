package io.campaignlauncher.console.http;

import java.util.Map;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** A service that is asked for what a page shows, as whoever looks at it. */
final class Asked {

    private final ServiceClient service;

    Asked(ServiceClient service) {
        this.service = service;
    }

    Mono<JsonNode> get(String path, Map<String, String> query, Object... variables) {
        return service.get(path, query, variables);
    }

    /** Has the service do something. */
    Mono<JsonNode> send(Call call) {
        return service.send(call);
    }
}
