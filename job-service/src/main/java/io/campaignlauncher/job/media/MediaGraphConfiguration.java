package io.campaignlauncher.job.media;

import io.campaignlauncher.graph.HttpGraph;
import io.campaignlauncher.messaging.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Facebook over HTTP, for uploads. Needs an Environment and a MeterRegistry. */
@Configuration(proxyBeanMethods = false)
public class MediaGraphConfiguration {

    /** Where no address is set nothing is uploaded, and the service does all else. */
    @Bean(destroyMethod = "close")
    ConnectedGraph mediaGraph(Environment environment, MeterRegistry meters) {
        var settings = Settings.of(environment, MediaGraphSettings.class);
        if (!settings.isSet()) {
            return new ConnectedGraph(null, null);
        }
        return new ConnectedGraph(HttpGraph.over(settings.graph(), meters), HttpGraph.over(
                settings.videos(Settings.of(environment, MediaGraphSettings.Videos.class)), meters));
    }
}
