package io.campaignlauncher.simulation;

import io.campaignlauncher.messaging.AccessTokens;
import io.campaignlauncher.simulation.engine.FaultSchedule;
import io.campaignlauncher.simulation.engine.Loop;
import io.campaignlauncher.simulation.engine.SeededRandom;
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
    private final SeededRandom random;
    private final FaultSchedule faults;

    Tokens(List<Order> orders, Loop loop, SeededRandom random, FaultSchedule faults) {
        this.loop = loop;
        this.random = random;
        this.faults = faults;
        for (var order : orders) {
            var kind = faults.strikes(FaultKind.TOKEN_EXPIRED) ? "expired-"
                    : faults.strikes(FaultKind.TOKEN_READONLY) ? "readonly-" : "";
            var credentialId = order.request().getCredentialId();
            tokens.put(credentialId, "EAA-" + kind + credentialId);
        }
    }

    /** As one process knows them. */
    AccessTokens ofOneProcess() {
        var knownFrom = new HashMap<String, Instant>();
        return name -> knownFrom.computeIfAbsent(name.id(), _ -> known()).isAfter(loop.now())
                ? Optional.empty()
                : Optional.ofNullable(tokens.get(name.id()));
    }

    private Instant known() {
        return faults.strikes(FaultKind.TOKEN_KNOWN_LATE) ? loop.now().plus(random.upTo(LATE)) : Loop.BEGIN;
    }
}
