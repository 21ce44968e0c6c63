package io.campaignlauncher.moderation.http;

import io.campaignlauncher.access.http.Answers;
import io.campaignlauncher.access.http.JsonBody;
import io.campaignlauncher.access.http.PrincipalToken;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.market.model.Actor;
import io.campaignlauncher.market.model.Decision;
import io.campaignlauncher.market.model.IssuedCommand;
import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.market.model.Role;
import io.campaignlauncher.moderation.store.Decisions;
import io.campaignlauncher.telemetry.TraceSpan;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Has a request decided, and reads its answer from what is stored afterwards. */
final class Deciding {

    static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final String IDEMPOTENCY_HIT = "Idempotency-Hit";
    private static final int KEY_MAX = 200;

    private final Decisions decisions;

    Deciding(Decisions decisions) {
        this.decisions = decisions;
    }

    /**
     * @param status of an answer by which something is new; a repeated request is answered with 200
     * @param answer reads what there is to tell; blocks
     */
    Mono<ServerResponse> decide(ServerRequest request, HttpStatus status, Function<Principal, MarketCommand> command,
            Function<Principal, Object> answer) {
        return PrincipalToken.of(request).flatMap(asking -> Mono.deferContextual(context -> {
            var correlationId = Objects.requireNonNullElseGet(TraceSpan.of(context).traceId(),
                    () -> UUID.randomUUID().toString());
            return Answers.blocking(() -> decided(asking, correlationId, command.apply(asking)))
                    .flatMap(isNew -> Answers.blocking(() -> answer.apply(asking)).flatMap(body -> {
                        if (!isNew) {
                            request.exchange().getResponse().getHeaders().set(IDEMPOTENCY_HIT, "true");
                        }
                        return Answers.of(isNew ? status : HttpStatus.OK, body);
                    }));
        }));
    }

    /**
     * Has something new decided on.
     *
     * @param kind of what it is, so that one key may make one of each
     */
    Mono<ServerResponse> create(ServerRequest request, String kind,
            BiFunction<UUID, Principal, MarketCommand> command,
            BiFunction<UUID, Principal, Object> answer) {
        return PrincipalToken.of(request).flatMap(asking -> {
            var id = newId(request, asking, kind);
            return decide(request, HttpStatus.CREATED, _ -> command.apply(id, asking), _ -> answer.apply(id, asking));
        });
    }

    /** Whether anything is new. */
    private boolean decided(Principal asking, String correlationId, MarketCommand command) {
        return switch (decisions.decide(new IssuedCommand(actor(asking), correlationId, command))) {
            case Decision.Accepted(var events) -> !events.isEmpty();
            case Decision.Refused(var refusal) -> throw MarketProblem.of(refusal);
        };
    }

    static Actor actor(Principal asking) {
        return new Actor(asking.tenant(), asking.subject(), asking.roles().stream()
                .map(role -> Role.named(role.word())).flatMap(Optional::stream).collect(Collectors.toSet()));
    }

    /** Of something new: the same for the same key of the same user, so that what is asked for twice is there once. */
    private static UUID newId(ServerRequest request, Principal asking, String kind) {
        var keys = request.headers().header(IDEMPOTENCY_KEY);
        if (keys.isEmpty()) {
            return UUID.randomUUID();
        }
        var key = keys.getFirst();
        if (keys.size() > 1 || key.isBlank() || key.length() > KEY_MAX) {
            var check = new JsonBody.Check();
            check.wrong(IDEMPOTENCY_KEY, "may be given once, with 1 to " + KEY_MAX + " characters");
            check.end();
        }
        var name = String.join("\n", kind, request.path(), asking.tenant(), asking.subject(), key);
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
