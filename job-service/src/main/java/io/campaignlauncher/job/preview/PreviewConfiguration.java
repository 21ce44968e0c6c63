package io.campaignlauncher.job.preview;

import io.campaignlauncher.accountcheck.LimitsProperties;
import io.campaignlauncher.graph.Graph;
import io.campaignlauncher.job.media.MediaFiles;
import io.campaignlauncher.job.model.JobPolicy;
import io.campaignlauncher.messaging.AccessTokens;
import io.campaignlauncher.messaging.Settings;
import io.campaignlauncher.worker.creation.CreationBatches;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Previews of launches, with the limits of the verifier and the pace of creators. Needs a Graph, AccessTokens, HeldNames, MediaFiles, a JobPolicy, a Clock. */
@Configuration(proxyBeanMethods = false)
public class PreviewConfiguration {

    @Bean
    LaunchPreviews launchPreviews(Graph graph, AccessTokens tokens, HeldNames names, MediaFiles files,
            JobPolicy policy, Clock clock,
            Environment environment) {
        var pace = Settings.of(environment, CreationPaceSettings.class);
        return new LaunchPreviews(graph, tokens, names, files,
                Settings.of(environment, LimitsProperties.class).limits(),
                CreationBatches.within(pace.mutationsPerSecond()), policy, clock);
    }
}
