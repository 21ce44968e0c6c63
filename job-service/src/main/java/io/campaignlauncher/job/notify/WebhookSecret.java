package io.campaignlauncher.job.notify;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What signs notifications; apart from {@link WebhookSettings}, so that no error about a setting shows it.
 *
 * @param secret base64 of at least 32 bytes that signs what webhooks are told where {@code launch.security.mode} is {@code local};
 *     two, separated by a comma, while it is changed; where it is not set, nobody is told then. The standalone system makes one and keeps
 *     it in its data folder. In mode {@code tokens} it signs nothing: each registered webhook has secrets of its own
 */
@ConfigurationProperties("launch.webhook")
public record WebhookSecret(@DefaultValue("") String secret) {

    /** Says no secret. */
    @Override
    public String toString() {
        return "WebhookSecret[]";
    }
}
