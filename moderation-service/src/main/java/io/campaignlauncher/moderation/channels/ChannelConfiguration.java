package io.campaignlauncher.moderation.channels;

import io.campaignlauncher.telegram.TelegramProperties;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The bot that looks at channels. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TelegramProperties.class)
public class ChannelConfiguration {

    @Bean
    ChannelLook channelLook(TelegramProperties settings, MeterRegistry meters) {
        return new ChannelLook(settings, meters);
    }
}
