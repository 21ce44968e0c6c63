package io.campaignlauncher.access.http;

import java.util.UUID;
import org.springframework.web.reactive.function.server.ServerRequest;

/** Ids in addresses. */
public final class PathIds {

    private PathIds() {}

    /** @throws HttpProblem 404 for what is no id, as for one that nothing has */
    public static UUID of(ServerRequest request, String name, String title) {
        try {
            return UUID.fromString(request.pathVariable(name));
        } catch (IllegalArgumentException e) {
            throw HttpProblem.noSuch(title);
        }
    }
}
