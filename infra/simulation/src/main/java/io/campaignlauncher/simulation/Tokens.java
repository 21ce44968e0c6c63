package io.campaignlauncher.simulation;

import io.campaignlauncher.messaging.AccessTokens;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The access tokens of a run, as every process knows them; some are bad from the start. */
final class Tokens implements AccessTokens {

    private final Map<String, String> tokens = new HashMap<>();

    Tokens(List<Order> orders, Weather weather) {
        for (var order : orders) {
            var kind = weather.strikes(Trouble.TOKEN_EXPIRED) ? "expired-"
                    : weather.strikes(Trouble.TOKEN_READONLY) ? "readonly-" : "";
            var credentialId = order.request().getCredentialId();
            tokens.put(credentialId, "EAA-" + kind + credentialId);
        }
    }

    @Override
    public Optional<String> accessToken(String credentialId) {
        return Optional.ofNullable(tokens.get(credentialId));
    }
}
