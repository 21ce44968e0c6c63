package io.campaignlauncher.job.http;

import io.campaignlauncher.access.http.PrincipalToken;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Visibility;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/** Who asks, and what they may see. */
final class Asking {

    private Asking() {}

    static Mono<Principal> principal(ServerRequest request) {
        return PrincipalToken.of(request);
    }

    /** Which jobs who asks may see. */
    static Mono<Visibility> visibility(ServerRequest request) {
        return principal(request).map(Visibility::of);
    }
}
