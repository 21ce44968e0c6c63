package io.campaignlauncher.job.http;

import io.campaignlauncher.access.audit.AuditedChanges.Wish;
import io.campaignlauncher.access.audit.AuditedChanges;
import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.job.request.Fields;
import io.campaignlauncher.job.view.CountsHeldJobs;
import io.campaignlauncher.messaging.KillSwitch;
import io.campaignlauncher.messaging.KillSwitches;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/kill-switches}: the states of the kill switches, and turning one. A turn is answered once Kafka has it for good; the
 * same turn again does no harm.
 */
final class KillSwitchRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(KillSwitchRoutes.class);
    private static final int REASON_CHARACTERS_MAX = 200;

    /** How a switch stands is told whatever else is broken; how much waits for it, where that is soon known. */
    private static final Duration COUNT_PATIENCE = Duration.ofSeconds(1);

    private final KillSwitches switches;
    private final CountsHeldJobs held;
    private final AuditedChanges audited;
    private final HttpSettings settings;

    private record TurnRequest(boolean enabled, @Nullable String reason) {}

    KillSwitchRoutes(KillSwitches switches, CountsHeldJobs held, AuditedChanges audited, HttpSettings settings) {
        this.switches = switches;
        this.held = held;
        this.audited = audited;
        this.settings = settings;
    }

    Mono<ServerResponse> all(ServerRequest request) {
        return known(Asking.visibility(request).flatMap(visible -> Flux.fromArray(KillSwitch.values())
                .concatMap(which -> described(which, visible)).collectList())
                .map(all -> Map.of("killSwitches", all)));
    }

    Mono<ServerResponse> one(ServerRequest request) {
        var which = named(request);
        return known(described(request, which));
    }

    Mono<ServerResponse> turn(ServerRequest request) {
        var which = named(request);
        return JsonBody.of(request, settings.bodyBytesMax())
                .map(KillSwitchRoutes::read)
                .flatMap(turn -> turned(request, which, turn))
                .then(known(described(request, which)));
    }

    /** Work can be stopped whatever else is broken; it goes on only by somebody who is on record. */
    private Mono<Void> turned(ServerRequest request, KillSwitch which, TurnRequest turn) {
        var change = Asking.principal(request)
                .flatMap(asking -> switches.turn(which, turn.enabled(), turn.reason(), asking.subject()))
                .timeout(settings.patience())
                .onErrorMap(e -> notTurned(which, e));
        var wish = new Wish("kill-switch.turn", which.wireName(),
                (turn.enabled() ? "on" : "off") + (turn.reason() == null ? "" : ", " + turn.reason()));
        return turn.enabled() ? audited.make(request, wish, change) : audited.makeInAnyCase(request, wish, change);
    }

    /** What is on the topic overrides settings, so nothing is answered before it was read. */
    private Mono<ServerResponse> known(Mono<?> answer) {
        return switches.known()
                .timeout(settings.patience())
                .onErrorMap(_ -> Problem.unavailable("The kill switches could not be read from Kafka yet; try again."))
                .then(answer).flatMap(Responses::ok);
    }

    private Mono<Map<String, Object>> described(ServerRequest request, KillSwitch which) {
        return Asking.visibility(request).flatMap(visible -> described(which, visible));
    }

    private Mono<Map<String, Object>> described(KillSwitch which, Visibility visible) {
        return Mono.defer(() -> {
            var state = switches.state(which);
            var described = described(which, state);
            return state.enabled() ? Mono.just(described)
                    : Blocking.call(() -> held.heldBy(which, state.turnedAt(), visible)).timeout(COUNT_PATIENCE)
                            .doOnNext(count -> described.put("waiting", count))
                            .onErrorComplete()
                            .thenReturn(described);
        });
    }

    private static Map<String, Object> described(KillSwitch which, KillSwitches.State state) {
        var described = new LinkedHashMap<String, Object>();
        described.put("name", which.wireName());
        described.put("enabled", state.enabled());
        putIfGiven(described, "turnedAt", state.turnedAt());
        putIfGiven(described, "turnedBy", state.turnedBy());
        putIfGiven(described, "reason", state.reason());
        return described;
    }

    private static void putIfGiven(Map<String, Object> described, String name, @Nullable Object value) {
        if (value != null) {
            described.put(name, value.toString());
        }
    }

    private static KillSwitch named(ServerRequest request) {
        return KillSwitch.named(request.pathVariable("name")).orElseThrow(() -> Problem.noSuchKillSwitch(
                Arrays.stream(KillSwitch.values()).map(KillSwitch::wireName).toList()));
    }

    private static TurnRequest read(ObjectNode body) {
        var found = new ArrayList<Violation>();
        var fields = new Fields(body, found);
        var enabled = fields.bool("enabled");
        var reason = fields.text("reason", REASON_CHARACTERS_MAX);
        fields.nothingElse();
        if (enabled == null && found.stream().noneMatch(violation -> violation.field().equals("enabled"))) {
            found.add(new Violation("enabled", "is needed: true or false"));
        }
        if (enabled == null || !found.isEmpty()) {
            throw Problem.badRequest(found);
        }
        return new TurnRequest(enabled, reason);
    }

    private static Problem notTurned(KillSwitch which, Throwable error) {
        LOG.warn("the kill switch {} could not be turned: {}", which.wireName(), error.toString());
        return Problem.unavailable("Kafka did not take the turn; look how the switch stands and turn it again.");
    }
}
