package io.campaignlauncher.moderation.http;

import io.campaignlauncher.access.http.Answers;
import io.campaignlauncher.access.http.PrincipalToken;
import io.campaignlauncher.moderation.store.AuditQueries;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** What people and the system did in the marketplace of one's tenant, for admins. */
final class AuditRoutes {

    private final AuditQueries audit;

    AuditRoutes(AuditQueries audit) {
        this.audit = audit;
    }

    Mono<ServerResponse> list(ServerRequest request) {
        var page = Page.of(request);
        var actor = request.queryParam("actor").filter(given -> !given.isBlank()).orElse(null);
        var target = target(request.queryParam("targetId").orElse(""));
        return PrincipalToken.of(request).flatMap(asking -> Answers.blocking(() -> page.answer("entries",
                audit.lines(asking.tenant(), actor, target, page.after(), page.fetched())))).flatMap(Answers::ok);
    }

    private static @Nullable UUID target(String given) {
        try {
            return given.isEmpty() ? null : UUID.fromString(given);
        } catch (IllegalArgumentException e) {
            throw Page.mistake("targetId", "must be the id of a target");
        }
    }
}
