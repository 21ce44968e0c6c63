package io.campaignlauncher.job.notify;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What signs notifications; apart from {@link WebhookSettings}, so that no error about a setting shows it.
 *
 * @param secret base64 of at least 32 bytes that signs what webhooks are told; two, separated by a comma, while it is changed;
 *     where it is not set, nobody is told. The standalone system makes one and keeps it in its data folder
 */
@ConfigurationProperties("launch.webhook")
public record WebhookSecret(@DefaultValue("") String secret) {

    /** Says no secret. */
    @Override
    public String toString() {
        return "WebhookSecret[]";
    }
}
