package io.campaignlauncher.identity.http;

import io.campaignlauncher.access.http.SecuritySettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How identity-service works.
 *
 * @param issuer          who signs access tokens, their {@code iss}: a name such as a URN, and no address of the web, which stands for
 *     somebody else's issuer
 * @param audience        whom access tokens are for, their {@code aud}
 * @param accessTokenLife how long an access token is good, at most one hour
 * @param refreshIdleMax  how long a refresh token is good
 * @param sessionMax      how long a session goes on, however often it is refreshed
 * @param signingKeyLife  how long a key signs access tokens before the next one does
 * @param hashesAtOnce    passwords hashed at a time; each takes 19 MiB and a processor for some 40 ms
 * @param hashesWaiting   passwords that wait to be hashed, at most; further log-ins are answered with 503
 * @param tenant          of everybody who registers without an invitation
 * @param adminFolder     where the first start leaves {@code admin.password}, the password of the first {@code super_admin}, who is
 *     called admin; none: no such user is made
 */
@ConfigurationProperties("launch.identity")
public record IdentitySettings(@DefaultValue(SecuritySettings.OWN_ISSUER) String issuer,
        @DefaultValue("campaign-launcher") String audience, @DefaultValue("10m") Duration accessTokenLife,
        @DefaultValue("7d") Duration refreshIdleMax, @DefaultValue("30d") Duration sessionMax,
        @DefaultValue("30d") Duration signingKeyLife, @DefaultValue("1") int hashesAtOnce,
        @DefaultValue("100") int hashesWaiting, @DefaultValue("local") String tenant,
        @Nullable String adminFolder) {

    private static final Duration ACCESS_TOKEN_LIFE_MAX = Duration.ofHours(1);

    public IdentitySettings {
        if (issuer.isBlank() || audience.isBlank() || tenant.isBlank()) {
            throw new IllegalArgumentException("launch.identity: issuer, audience and tenant may not be empty");
        }
        if (SecuritySettings.isForeign(issuer)) {
            throw new IllegalArgumentException("launch.identity.issuer must be a name such as "
                    + SecuritySettings.OWN_ISSUER + ": an address stands for somebody else's issuer");
        }
        if (!accessTokenLife.isPositive() || accessTokenLife.compareTo(ACCESS_TOKEN_LIFE_MAX) > 0) {
            throw new IllegalArgumentException("launch.identity.access-token-life must be positive and at most 1h");
        }
        if (!refreshIdleMax.isPositive() || !sessionMax.isPositive() || !signingKeyLife.isPositive()
                || hashesAtOnce < 1 || hashesWaiting < 1) {
            throw new IllegalArgumentException("launch.identity: times and bounds must be positive");
        }
    }
}
