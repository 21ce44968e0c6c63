package io.campaignlauncher.simulation;

import io.campaignlauncher.messaging.AccessTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The access tokens of a run. Some are bad from the start, and a process may learn of one later than of the work it is for. */
final class Tokens {

    private static final Duration LATE = Duration.ofSeconds(4);

    private final Map<String, String> tokens = new HashMap<>();
    private final Loop loop;
    private final SeededRandom dice;
    private final FaultSchedule weather;

    Tokens(List<Order> orders, Loop loop, SeededRandom dice, FaultSchedule weather) {
        this.loop = loop;
        this.dice = dice;
        this.weather = weather;
        for (var order : orders) {
            var kind = weather.strikes(Trouble.TOKEN_EXPIRED) ? "expired-"
                    : weather.strikes(Trouble.TOKEN_READONLY) ? "readonly-" : "";
            var credentialId = order.request().getCredentialId();
            tokens.put(credentialId, "EAA-" + kind + credentialId);
        }
    }

    /** As one process knows them. */
    AccessTokens ofOneProcess() {
        var knownFrom = new HashMap<String, Instant>();
        return credentialId -> knownFrom.computeIfAbsent(credentialId, _ -> known()).isAfter(loop.now())
                ? Optional.empty()
                : Optional.ofNullable(tokens.get(credentialId));
    }

    private Instant known() {
        return weather.strikes(Trouble.TOKEN_KNOWN_LATE) ? loop.now().plus(dice.upTo(LATE)) : Loop.BEGIN;
    }
}
