package io.campaignlauncher.job.facebook;

import io.campaignlauncher.graph.GraphImages;
import io.campaignlauncher.graph.GraphSettings;
import io.campaignlauncher.graph.GraphVideos;
import io.campaignlauncher.graph.HttpGraph;
import io.campaignlauncher.graph.MediaSettings;
import io.campaignlauncher.job.media.MediaGraph;
import io.campaignlauncher.messaging.Settings;
import io.campaignlauncher.worker.GraphProperties;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;

/** The Graph API, as the workers' settings say, with few connections: what people ask for waits here, no launch does. */
@Configuration(proxyBeanMethods = false)
public class FacebookConfiguration {

    private static final int CONNECTIONS_MAX = 32;
    private static final int PENDING_MAX = 500;

    @Bean(destroyMethod = "close")
    @Primary
    HttpGraph graph(Environment environment, MeterRegistry meters) {
        return HttpGraph.over(settings(environment), meters);
    }

    /** For images: whoever sends slowly holds a connection, and holds up no question. */
    @Bean(destroyMethod = "close")
    HttpGraph imageGraph(Environment environment, MeterRegistry meters) {
        return HttpGraph.over(settings(environment), meters);
    }

    /** Videos go to an address of their own. */
    @Bean(destroyMethod = "close")
    HttpGraph videoGraph(Environment environment, MeterRegistry meters) {
        var graph = settings(environment);
        return HttpGraph.over(new GraphSettings(
                Settings.of(environment, VideoAddress.class).beside(graph.baseUrl()), graph.apiVersion(),
                graph.requestTimeout(), graph.connectTimeout(), CONNECTIONS_MAX, PENDING_MAX, graph.traceparentSent()),
                meters);
    }

    @Bean
    MediaGraph mediaGraph(HttpGraph graph, @Qualifier("imageGraph") HttpGraph images,
            @Qualifier("videoGraph") HttpGraph videos) {
        return new MediaGraph(new GraphImages(images, MediaSettings.DEFAULTS),
                new GraphVideos(videos, graph, MediaSettings.DEFAULTS));
    }

    private static GraphSettings settings(Environment environment) {
        return Settings.of(environment, GraphProperties.class).settings(CONNECTIONS_MAX, PENDING_MAX);
    }
}
