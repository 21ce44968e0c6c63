package io.campaignlauncher.job.http;

import io.campaignlauncher.graph.AccessToken;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * By whom Facebook is asked about access tokens that are to be stored.
 *
 * @param appToken the app's own access token, its id, {@code |} and its secret; nothing: Facebook is not asked
 */
@ConfigurationProperties("launch.credentials")
record CredentialCheckSettings(@DefaultValue("") String appToken) {

    CredentialCheckSettings {
        if (!appToken.isBlank() && !appToken.strip().matches("\\d{1,30}\\|[\\x21-\\x7e]{1,300}")) {
            throw new IllegalArgumentException(
                    "launch.credentials.app-token must be the app's id, | and its secret");
        }
    }

    boolean isSet() {
        return !appToken.isBlank();
    }

    AccessToken accessToken() {
        return new AccessToken(appToken.strip());
    }

    String appId() {
        return appToken.strip().split("\\|", 2)[0];
    }

    /** Says no secret. */
    @Override
    public String toString() {
        return "CredentialCheckSettings[]";
    }
}
