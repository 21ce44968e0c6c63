package io.campaignlauncher.job.media;

import io.campaignlauncher.graph.GraphSettings;
import io.campaignlauncher.sendonce.BaseUrl;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where images and videos go; without an address none are taken.
 *
 * @param baseUrl      address of a Graph API, https except on this machine; must be set, but in the standalone system, which
 *     starts a simulator where none is named
 * @param allowHttp    whether access tokens may travel in plain text to another machine
 * @param apiVersion   version of the Graph API in every address
 */
@ConfigurationProperties("graph")
record MediaGraphSettings(@DefaultValue("") String baseUrl, @DefaultValue("false") boolean allowHttp,
        @DefaultValue(GraphSettings.API_VERSION) String apiVersion) {

    private static final String FACEBOOK = "graph.facebook.com";
    private static final String FACEBOOKS_VIDEOS = "https://graph-video.facebook.com";

    /** Uploads are bounded by their places, and each is one request at a time for an account. */
    private static final int CONNECTIONS_MAX = 64;
    private static final int PENDING_MAX = 500;

    /**
     * Where videos are sent to.
     *
     * @param baseUrl   empty: {@code https://graph-video.facebook.com} for Facebook's own Graph API, else where the Graph API is
     * @param allowHttp whether access tokens may travel in plain text to another machine
     */
    @ConfigurationProperties("graph.video")
    record Videos(@DefaultValue("") String baseUrl, @DefaultValue("false") boolean allowHttp) {}

    boolean isSet() {
        return !baseUrl.isBlank();
    }

    GraphSettings graph() {
        return towards(BaseUrl.of("graph", baseUrl, allowHttp));
    }

    GraphSettings videos(Videos videos) {
        if (!videos.baseUrl().isBlank()) {
            return towards(BaseUrl.of("graph.video", videos.baseUrl(), videos.allowHttp()));
        }
        var graph = BaseUrl.of("graph", baseUrl, allowHttp);
        return towards(FACEBOOK.equals(graph.getHost()) ? URI.create(FACEBOOKS_VIDEOS) : graph);
    }

    private GraphSettings towards(URI address) {
        var defaults = GraphSettings.towards(address);
        return new GraphSettings(defaults.baseUrl(), apiVersion, defaults.requestTimeout(), defaults.connectTimeout(),
                CONNECTIONS_MAX, PENDING_MAX);
    }
}
