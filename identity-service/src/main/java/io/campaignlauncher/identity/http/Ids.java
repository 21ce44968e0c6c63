package io.campaignlauncher.identity.http;

import java.util.UUID;
import org.springframework.web.reactive.function.server.ServerRequest;

/** Ids in addresses. */
final class Ids {

    private Ids() {}

    /** @throws Problem 404 for what is no id, as for one that nothing has */
    static UUID of(ServerRequest request, String name, String title) {
        try {
            return UUID.fromString(request.pathVariable(name));
        } catch (IllegalArgumentException e) {
            throw Problem.notFound(title);
        }
    }
}
