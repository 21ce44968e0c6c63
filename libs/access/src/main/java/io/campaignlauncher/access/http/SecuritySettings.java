package io.campaignlauncher.access.http;

import io.campaignlauncher.access.model.Tenants;
import io.campaignlauncher.messaging.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;

/**
 * Whose access tokens are taken.
 *
 * @param issuer      who signs them, their {@code iss}: our identity-service, by a name that is no address, or any OpenID Connect
 *     issuer, by its http or https address
 * @param audience    whom they must be for, their {@code aud}
 * @param jwksUri     where the issuer's public keys are; none: by discovery at the issuer's address. Must be set for our own issuer
 *     where {@code launch.security.mode} is {@code tokens}
 * @param algorithm   by which another issuer signs, the only one that is taken, as in {@code RS256} or {@code PS256}; ours signs
 *     with ES256 and nothing else
 * @param rolesClaim  where another issuer's tokens have the roles, as words or as one text with blanks between them; with dots for
 *     claims in claims, as in {@code realm_access.roles}. Words that are no roles here do not count
 * @param tenantClaim where another issuer's tokens have the tenant; a token without it is not taken. None: all are of
 *     {@code launch.security.tenant}
 * @param tenant      of everybody whom another issuer knows, where no claim says it
 */
@ConfigurationProperties("launch.security")
public record SecuritySettings(@DefaultValue(SecuritySettings.OWN_ISSUER) String issuer,
        @DefaultValue("campaign-launcher") String audience, @Nullable String jwksUri,
        @DefaultValue("RS256") String algorithm, @DefaultValue("roles") String rolesClaim,
        @Nullable String tenantClaim, @DefaultValue("local") String tenant) {

    /** Of our identity-service, unless it is told otherwise. */
    public static final String OWN_ISSUER = "urn:campaign-launcher:identity";

    private static final Pattern WEB = Pattern.compile("https?://.+");

    public SecuritySettings {
        if (issuer.isBlank() || audience.isBlank() || rolesClaim.isBlank()) {
            throw new IllegalArgumentException("launch.security: issuer, audience and roles-claim may not be empty");
        }
        if (!Tenants.isName(tenant)) {
            throw new IllegalArgumentException("launch.security.tenant " + Tenants.RULE);
        }
        if (jwksUri != null && !jwksUri.isBlank()) {
            requireAddress("launch.security.jwks-uri", jwksUri);
        }
        if (isForeign(issuer)) {
            requireAddress("launch.security.issuer", issuer);
        }
        if (SignatureAlgorithm.from(algorithm) == null) {
            throw new IllegalArgumentException("launch.security.algorithm must be one of RS256, RS384, RS512, PS256,"
                    + " PS384, PS512, ES256, ES384 and ES512");
        }
    }

    /** Whether tokens come from somebody else's issuer: such a one has an address, ours has none. */
    public boolean isForeign() {
        return isForeign(issuer);
    }

    /** @param issuer as tokens name it */
    public static boolean isForeign(String issuer) {
        return WEB.matcher(issuer).matches();
    }

    /** Not repeated in the message, as whoever wrote one with a password in it meant it to be kept. */
    private static void requireAddress(String setting, String address) {
        try {
            var read = new URI(address);
            if (WEB.matcher(address).matches() && read.getHost() != null && read.getUserInfo() == null) {
                return;
            }
        } catch (URISyntaxException e) {
            // As for one that is no address of the web.
        }
        throw new IllegalArgumentException(
                setting + " must be an http or https address with a host and without a user");
    }

    public static SecuritySettings of(Environment environment) {
        return Settings.of(environment, SecuritySettings.class);
    }

    /** Whether an issuer is named, ours or another's: then none is needed in the same process. */
    public boolean namesIssuer() {
        return isForeign() || keysAddress() != null;
    }

    /** Whether there are tokens and API keys of ours, about which Kafka tells more than they do. */
    public boolean hasOwnIssuer() {
        return !isForeign() && keysAddress() != null;
    }

    /** Null where nobody's keys can be known. */
    @Nullable
    URI keysAddress() {
        return jwksUri == null || jwksUri.isBlank() ? null : URI.create(jwksUri);
    }
}
