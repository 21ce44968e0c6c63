package io.campaignlauncher.moderation.http;

import io.campaignlauncher.access.http.Answers;
import io.campaignlauncher.access.http.HttpProblem;
import io.campaignlauncher.access.http.JsonBody;
import io.campaignlauncher.access.http.PrincipalToken;
import io.campaignlauncher.market.model.MarketSwitch;
import io.campaignlauncher.moderation.store.KillSwitches;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Kill switches, health, and what the API is like. */
final class OperationRoutes {

    private static final Resource DESCRIPTION = new ClassPathResource("api/market.yaml");

    private final KillSwitches switches;
    private final MarketHealth health;

    private record Turn(@Nullable Boolean enabled, @Nullable String reason) {}

    OperationRoutes(KillSwitches switches, MarketHealth health) {
        this.switches = switches;
        this.health = health;
    }

    Mono<ServerResponse> switches(ServerRequest request) {
        return Answers.blocking(() -> Map.of("killSwitches", switches.all())).flatMap(Answers::ok);
    }

    Mono<ServerResponse> turn(ServerRequest request) {
        var name = MarketSwitch.named(request.pathVariable("name"))
                .orElseThrow(() -> HttpProblem.noSuch("No such kill switch"));
        return JsonBody.of(request, Turn.class).flatMap(body -> {
            var check = new JsonBody.Check();
            var reason = check.needed("reason", body.reason());
            check.rule("enabled", body.enabled() == null ? "is needed" : null);
            check.rule("reason", reason.length() > 500 ? "may have at most 500 characters" : null);
            check.end();
            return PrincipalToken.of(request).flatMap(asking -> Answers.blocking(() -> {
                switches.turn(name, Boolean.TRUE.equals(body.enabled()), asking.subject(), reason);
                return Map.of("name", name.word(), "enabled", Boolean.TRUE.equals(body.enabled()), "reason", reason);
            })).flatMap(Answers::ok);
        });
    }

    /** Of every route, in OpenAPI. */
    Mono<ServerResponse> description(ServerRequest request) {
        return ServerResponse.ok().contentType(MediaType.APPLICATION_YAML).bodyValue(DESCRIPTION);
    }

    Mono<ServerResponse> live(ServerRequest request) {
        return Answers.ok(Map.of("ok", true));
    }

    Mono<ServerResponse> ready(ServerRequest request) {
        return Answers.blocking(health::now).flatMap(now -> Answers
                .of(now.ok() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE, now));
    }
}
