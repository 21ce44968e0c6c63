package io.campaignlauncher.console.http;

import io.campaignlauncher.access.http.PrincipalToken;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.console.model.Switch;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** How the kill switches stand. */
final class SwitchReads {

    /** The job-service's rule: whoever asks without being allowed is noted there. */
    private static final Set<Role> READERS = Set.of(Role.MODERATOR, Role.ADMIN, Role.SUPER_ADMIN);

    private final Asked jobs;

    SwitchReads(Asked jobs) {
        this.jobs = jobs;
    }

    /** Empty where whoever asks may not know. */
    Mono<List<Switch>> all(ServerWebExchange exchange) {
        return exchange.getPrincipal().ofType(PrincipalToken.class).map(PrincipalToken::getPrincipal)
                .filter(who -> !Collections.disjoint(who.roles(), READERS)).flatMap(_ -> all());
    }

    Mono<List<Switch>> all() {
        return jobs.get("/v1/kill-switches", Map.of()).map(Switch::all);
    }
}
