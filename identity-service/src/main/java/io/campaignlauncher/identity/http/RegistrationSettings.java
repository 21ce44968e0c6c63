package io.campaignlauncher.identity.http;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may register.
 *
 * @param registration {@code open}: everybody; {@code invite}: who brings an invitation; {@code closed}: nobody, admins make users
 */
@ConfigurationProperties("launch.security")
public record RegistrationSettings(@DefaultValue("open") Registration registration) {

    /** Who may register. */
    public enum Registration {
        OPEN, INVITE, CLOSED
    }
}
