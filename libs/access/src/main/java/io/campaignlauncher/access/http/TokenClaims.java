package io.campaignlauncher.access.http;

import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.access.model.Tenants;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/** What the claims of an access token say about whom it is. */
public final class TokenClaims {

    public static final String TENANT = "tenant";
    public static final String ROLES = "roles";
    public static final String TOKEN_VERSION = "tv";
    public static final String SESSION = "sid";

    private static final String USERNAME = "preferred_username";
    private static final int SUBJECT_CHARACTERS_MAX = 255;
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private TokenClaims() {}

    /**
     * What one of our own tokens is about.
     *
     * @param tokenVersion of the user when it was made
     */
    public record Own(UUID userId, UUID sessionId, int tokenVersion, String tenant, Set<Role> roles) {

        public Principal principal() {
            return new Principal(tenant, userId.toString(), userId.toString(), roles,
                    new Principal.Session(sessionId));
        }
    }

    /** Empty where it is not made as ours are. */
    public static Optional<Own> own(Jwt token) {
        try {
            var tenant = token.getClaim(TENANT) instanceof String text ? text : "";
            return token.getClaim(TOKEN_VERSION) instanceof Number version && !tenant.isBlank()
                    ? Optional.of(new Own(UUID.fromString(String.valueOf(token.getSubject())),
                            UUID.fromString(String.valueOf(token.getClaimAsString(SESSION))), version.intValue(),
                            tenant,
                            roles(token.getClaims(), ROLES)))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whom somebody else's token is about; empty where it does not say so, or not which tenant's. */
    public static Optional<Principal> foreign(Jwt token, SecuritySettings settings) {
        var subject = token.getSubject();
        var claim = settings.tenantClaim();
        var tenant = claim == null || claim.isBlank() ? settings.tenant()
                : value(token.getClaims(), claim) instanceof String text ? text : "";
        if (subject == null || subject.isBlank() || subject.length() > SUBJECT_CHARACTERS_MAX
                || !Tenants.isName(tenant)) {
            return Optional.empty();
        }
        var name = token.getClaim(USERNAME) instanceof String text && !text.isBlank() ? text : subject;
        return Optional.of(new Principal(tenant, subject, name, roles(token.getClaims(), settings.rolesClaim()),
                new Principal.ForeignToken()));
    }

    private static Set<Role> roles(Map<String, Object> claims, String path) {
        var roles = EnumSet.noneOf(Role.class);
        var words = switch (value(claims, path)) {
            case Collection<?> many -> many.stream().map(String::valueOf).toList();
            case String text -> Arrays.asList(BLANKS.split(text));
            case null, default -> Set.<String>of();
        };
        words.forEach(word -> Role.named(word).ifPresent(roles::add));
        return roles;
    }

    /** A claim whose name has dots comes before claims in claims. */
    private static @Nullable Object value(Map<?, ?> claims, String path) {
        if (claims.containsKey(path)) {
            return claims.get(path);
        }
        int dot = path.indexOf('.');
        return dot > 0 && claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner
                ? value(inner, path.substring(dot + 1)) : null;
    }
}
