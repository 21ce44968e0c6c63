package io.campaignlauncher.standalone;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the standalone system alone.
 *
 * @param dataDir     folder in which everything is kept; where it is not set, a temporary one that goes with the process
 * @param analytics   whether the figures are kept in this process and shown on the metrics page
 * @param accessToken access token that the launch that is shown uses
 * @param adAccountId ad account that the launch that is shown uses
 */
@ConfigurationProperties("standalone")
record StandaloneProperties(@DefaultValue("") String dataDir, @DefaultValue("true") boolean analytics,
        @DefaultValue(StandaloneProperties.TOKEN) String accessToken,
        @DefaultValue(StandaloneProperties.ACCOUNT) String adAccountId) {

    private static final String TOKEN = "demo-access-token";
    private static final String ACCOUNT = "act_1001";

    StandaloneProperties {
        accessToken = accessToken.isBlank() ? TOKEN : accessToken;
        adAccountId = adAccountId.isBlank() ? ACCOUNT : adAccountId;
    }

    /** Says no secret. */
    @Override
    public String toString() {
        return "StandaloneProperties[dataDir=" + dataDir + "]";
    }
}
