package io.campaignlauncher.job.http;

import io.campaignlauncher.access.audit.AuditedChanges;
import io.campaignlauncher.access.http.OtherBodies;
import io.campaignlauncher.job.media.ImageUploads;
import io.campaignlauncher.job.media.MediaFiles;
import io.campaignlauncher.job.media.UploadSettings;
import io.campaignlauncher.job.media.VideoUploads;
import io.campaignlauncher.messaging.Credentials;
import io.campaignlauncher.messaging.Readiness;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Images and videos over HTTP. */
@Configuration(proxyBeanMethods = false)
public class MediaRoutesConfiguration {

    private static final String PLACES = "launch.media.places";

    @Bean
    OtherBodies mediaBodies() {
        return MediaRoutes.BODIES;
    }

    /** With an order, so that it comes before the route for addresses that nobody answers. */
    @Bean
    @Order(0)
    RouterFunction<ServerResponse> mediaRoutes(ImageUploads images, VideoUploads videos, MediaFiles media,
            Credentials credentials, Readiness readiness, AuditedChanges audited, UploadSettings uploads,
            HttpSettings settings, MeterRegistry meters) {
        var ready = Mono.defer(readiness::ready).timeout(settings.patience())
                .onErrorMap(_ -> Problem.unavailable("The service is still starting; send the request again."));
        var known = new MediaRoutes(media, settings);
        var ofImages = new ImageRoutes(images, credentials, ready, audited,
                places("image", uploads.imagesAtOnce(), meters));
        var ofVideos = new VideoRoutes(videos, credentials, ready, audited,
                places("video", uploads.videosAtOnce(), meters), settings);
        return RouterFunctions.route()
                .GET("/v1/media", known::list)
                .POST("/v1/media/images", ofImages::upload)
                .POST("/v1/media/videos", ofVideos::begin)
                .PUT("/v1/media/videos/{adAccountId}/{sha256}", ofVideos::chunk)
                .GET("/v1/media/videos/{adAccountId}/{sha256}", ofVideos::where)
                .filter(Responses::withProblems)
                .filter(MediaRoutes::withRefusals)
                .build();
    }

    private static Places places(String type, int all, MeterRegistry meters) {
        var places = new Places(all, "As many files are being passed on as there are places; send this one again.");
        Gauge.builder(PLACES, places, Places::taken).tag("type", type)
                .description("Uploads that are being passed on just now").register(meters);
        return places;
    }
}
