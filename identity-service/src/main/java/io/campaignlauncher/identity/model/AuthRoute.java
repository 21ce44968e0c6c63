package io.campaignlauncher.identity.model;

import static io.campaignlauncher.access.model.Role.ADMIN;
import static io.campaignlauncher.access.model.Role.ADVERTISER;
import static io.campaignlauncher.access.model.Role.SUPER_ADMIN;

import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Role;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every route of this service with the rule of who may ask there. Routes are made from this table, in its order, so none can be without a rule. */
public enum AuthRoute {
    REGISTER("POST", "/api/auth/register", Who.ANYBODY), //
    LOG_IN("POST", "/api/auth/login", Who.ANYBODY), //
    REFRESH("POST", "/api/auth/refresh", Who.ANYBODY), //
    LOG_OUT("POST", "/api/auth/logout", Who.SESSION), //
    LOG_OUT_ALL("POST", "/api/auth/logout-all", Who.SESSION), //
    ME("GET", "/api/auth/me", Who.SESSION_OR_KEY), //
    SESSIONS("GET", "/api/auth/sessions", Who.SESSION), //
    KEYS("GET", "/api/auth/keys", Who.SESSION, ADVERTISER, ADMIN, SUPER_ADMIN), //
    MAKE_KEY("POST", "/api/auth/keys", Who.SESSION, ADVERTISER, ADMIN, SUPER_ADMIN), //
    REVOKE_KEY("DELETE", "/api/auth/keys/{keyId}", Who.SESSION, ADVERTISER, ADMIN, SUPER_ADMIN), //
    USERS("GET", "/api/auth/users", Who.SESSION, ADMIN, SUPER_ADMIN), //
    MAKE_USER("POST", "/api/auth/users", Who.SESSION, ADMIN, SUPER_ADMIN), //
    CHANGE_USER("PATCH", "/api/auth/users/{userId}", Who.SESSION, ADMIN, SUPER_ADMIN), //
    INVITE("POST", "/api/auth/invitations", Who.SESSION, ADMIN, SUPER_ADMIN), //
    PUBLIC_KEYS("GET", "/.well-known/jwks.json", Who.ANYBODY), //
    HEALTH("GET", "/actuator/health/**", Who.ANYBODY), //
    OPERATIONS("GET", "/actuator/**", Who.SESSION, ADMIN, SUPER_ADMIN);

    /** Whom a route is for, before roles are looked at. */
    public enum Who {
        ANYBODY, SESSION, SESSION_OR_KEY
    }

    /** What becomes of a request. */
    public enum Verdict {
        ALLOWED, WHO_ARE_YOU, NOT_YOURS
    }

    private final String method;
    private final String path;
    private final Who who;
    private final Set<Role> roles;

    /** @param roles one of which is needed; none: any */
    AuthRoute(String method, String path, Who who, Role... roles) {
        this.method = method;
        this.path = path;
        this.who = who;
        this.roles = Set.of(roles);
    }

    public String method() {
        return method;
    }

    /** A pattern: names in braces stand for one segment. */
    public String path() {
        return path;
    }

    public boolean isForAnybody() {
        return who == Who.ANYBODY;
    }

    /** @param asking null: nobody known */
    public Verdict judge(@Nullable Principal asking) {
        if (isForAnybody()) {
            return Verdict.ALLOWED;
        }
        if (asking == null) {
            return Verdict.WHO_ARE_YOU;
        }
        boolean means = switch (asking.means()) {
            case Principal.Session _ -> true;
            case Principal.Key _,Principal.ThisMachine _ -> who == Who.SESSION_OR_KEY;
        };
        boolean role = roles.isEmpty() || asking.roles().stream().anyMatch(roles::contains);
        return means && role ? Verdict.ALLOWED : Verdict.NOT_YOURS;
    }
}
