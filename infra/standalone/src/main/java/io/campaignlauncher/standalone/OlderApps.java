package io.campaignlauncher.standalone;

import io.campaignlauncher.messaging.CredentialName;
import io.campaignlauncher.messaging.Credentials;
import io.campaignlauncher.messaging.TokensUnreadable;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the older apps' bodies leave out, so that three fields are enough for a launch here. Every setting may be given another value. */
final class OlderApps {

    private static final Logger LOG = LoggerFactory.getLogger(OlderApps.class);
    private static final String CREDENTIAL = "standalone";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private OlderApps() {}

    static Map<String, Object> defaults(StandaloneSettings settings) {
        return Map.ofEntries(
                Map.entry("launch.older-routes.user-id", "older-apps"),
                Map.entry("launch.older-routes.ad-account-id", settings.adAccountId()),
                Map.entry("launch.older-routes.credential-id", CREDENTIAL),
                Map.entry("launch.older-routes.page-id", UpstreamApp.PAGE),
                Map.entry("launch.older-routes.pixel-id", UpstreamApp.PIXEL),
                Map.entry("launch.older-routes.daily-budget", UpstreamApp.DAILY_BUDGET),
                Map.entry("launch.older-routes.billing-event", UpstreamApp.BILLING_EVENT),
                Map.entry("launch.older-routes.optimization-goal", UpstreamApp.OPTIMIZATION_GOAL),
                Map.entry("launch.older-routes.targeting", UpstreamApp.TARGETING),
                Map.entry("launch.older-routes.creative", UpstreamApp.CREATIVE));
    }

    /**
     * The token of those launches is stored; a second time changes nothing. Nothing is stored with a key that opens none of what
     * is there: the service has said so, and that its key is another must not be hidden by a token of ours.
     */
    static void storeToken(Credentials credentials, StandaloneSettings settings) {
        try {
            if (!credentials.accessToken(CredentialName.local(CREDENTIAL)).filter(settings.accessToken()::equals)
                    .isPresent()) {
                credentials.store(CredentialName.local(CREDENTIAL), settings.accessToken()).block(PATIENCE);
            }
        } catch (TokensUnreadable e) {
            LOG.debug("the token of the older apps is not stored: {}", e.getMessage());
        }
    }
}
