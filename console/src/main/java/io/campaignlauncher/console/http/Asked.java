package io.campaignlauncher.console.http;

import java.util.Map;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** A service that is asked for what a page shows, as whoever sits at this machine. */
final class Asked {

    private final ServiceClient service;

    Asked(ServiceClient service) {
        this.service = service;
    }

    Mono<JsonNode> get(String path, Map<String, String> query, Object... variables) {
        return service.get(path, query, variables);
    }
}
