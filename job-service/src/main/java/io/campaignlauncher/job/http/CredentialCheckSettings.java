package io.campaignlauncher.job.http;

import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.sendonce.BaseUrl;
import io.campaignlauncher.graph.GraphSettings;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * By whom Facebook is asked about access tokens that are to be stored.
 *
 * @param appToken the app's own access token, its id, {@code |} and its secret; nothing: Facebook is not asked. Needs
 *     {@code graph.base-url} beside it
 */
@ConfigurationProperties("launch.credentials")
record CredentialCheckSettings(@DefaultValue("") String appToken) {

    /** Tokens are stored now and then. */
    private static final int CONNECTIONS_MAX = 8;
    private static final int PENDING_MAX = 500;

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

    /**
     * Where Facebook is, as the workers know it.
     *
     * @param baseUrl        address of a Graph API, https except on this machine; must be set, but in the standalone system, which
     *     starts a simulator where none is named
     * @param allowHttp      whether access tokens may travel in plain text to another machine
     * @param apiVersion     version of the Graph API in every address
     */
    @ConfigurationProperties("graph")
    record Facebook(@DefaultValue("") String baseUrl, @DefaultValue("false") boolean allowHttp,
            @DefaultValue(GraphSettings.API_VERSION) String apiVersion) {

        /** @throws IllegalStateException where the address is missing */
        GraphSettings settings() {
            if (baseUrl.isBlank()) {
                throw new IllegalStateException("launch.credentials.app-token is set: set graph.base-url, too");
            }
            var defaults = GraphSettings.towards(BaseUrl.of("graph", baseUrl, allowHttp));
            return new GraphSettings(defaults.baseUrl(), apiVersion, defaults.requestTimeout(),
                    defaults.connectTimeout(), CONNECTIONS_MAX, PENDING_MAX);
        }
    }

    /** Says no secret. */
    @Override
    public String toString() {
        return "CredentialCheckSettings[]";
    }
}
