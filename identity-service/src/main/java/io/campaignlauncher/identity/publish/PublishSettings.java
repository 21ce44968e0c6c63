package io.campaignlauncher.identity.publish;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whom identity-service tells what.
 *
 * @param publish whether other services are told over Kafka of sessions that end, users that change and API keys; false: there is none
 *     that would have to know, and no {@code kafka.bootstrap-servers} is needed
 */
@ConfigurationProperties("launch.identity")
record PublishSettings(@DefaultValue("true") boolean publish) {}
