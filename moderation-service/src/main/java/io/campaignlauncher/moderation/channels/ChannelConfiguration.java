package io.campaignlauncher.moderation.channels;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The bot that looks at channels. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BotSettings.class)
public class ChannelConfiguration {

    @Bean
    ChannelLook channelLook(BotSettings settings, MeterRegistry meters) {
        return new ChannelLook(settings, meters);
    }
}
