package io.campaignlauncher.job.attention;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What counts as waiting for a person.
 *
 * @param stuckAfter      a job that should go on and had no answer for so long is stuck
 * @param leftFor         for so long after its beginning a launch is told that ended with something left on Facebook
 * @param tokenEndsWithin a token that ends sooner is told
 */
@ConfigurationProperties("launch.attention")
public record AttentionSettings(@DefaultValue("10m") Duration stuckAfter, @DefaultValue("14d") Duration leftFor,
        @DefaultValue("7d") Duration tokenEndsWithin) {

    public AttentionSettings {
        if (!stuckAfter.isPositive() || !leftFor.isPositive() || !tokenEndsWithin.isPositive()) {
            throw new IllegalArgumentException("launch.attention: all times must be positive");
        }
    }
}
