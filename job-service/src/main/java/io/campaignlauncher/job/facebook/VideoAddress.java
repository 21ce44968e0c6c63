package io.campaignlauncher.job.facebook;

import io.campaignlauncher.sendonce.BaseUrl;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where videos are sent to.
 *
 * @param baseUrl   empty: {@code https://graph-video.facebook.com} for Facebook's own Graph API, else where the Graph API is
 * @param allowHttp whether access tokens may travel in plain text to another machine
 */
@ConfigurationProperties("graph.video")
record VideoAddress(@DefaultValue("") String baseUrl, @DefaultValue("false") boolean allowHttp) {

    private static final String FACEBOOK = "graph.facebook.com";
    private static final URI FACEBOOKS_VIDEOS = URI.create("https://graph-video.facebook.com");

    /** @param graph where the Graph API is */
    URI beside(URI graph) {
        if (!baseUrl.isBlank()) {
            return BaseUrl.of("graph.video", baseUrl, allowHttp);
        }
        return FACEBOOK.equals(graph.getHost()) ? FACEBOOKS_VIDEOS : graph;
    }
}
