package io.campaignlauncher.console.http;

import io.campaignlauncher.console.model.Switch;
import java.util.List;
import java.util.Map;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How the kill switches stand. */
final class SwitchReads {

    private static final List<String> NAMES = List.of("intake", "creation", "rollback");

    private final Asked jobs;

    SwitchReads(Asked jobs) {
        this.jobs = jobs;
    }

    /** Empty where nobody known asks. */
    Mono<List<Switch>> all(ServerWebExchange exchange) {
        return exchange.getPrincipal().flatMap(_ -> Flux.fromIterable(NAMES)
                .flatMapSequential(name -> jobs.get("/v1/kill-switches/{name}", Map.of(), name))
                .map(Switch::of).collectList());
    }
}
