package io.campaignlauncher.identity.model;

import static io.campaignlauncher.access.model.Role.ADMIN;
import static io.campaignlauncher.access.model.Role.ADVERTISER;
import static io.campaignlauncher.access.model.Role.SUPER_ADMIN;
import static io.campaignlauncher.access.model.RouteRule.known;
import static io.campaignlauncher.access.model.RouteRule.open;
import static io.campaignlauncher.access.model.RouteRule.session;

import io.campaignlauncher.access.model.RouteRule;
import io.campaignlauncher.access.model.Scope;
import java.util.Arrays;
import java.util.List;

/** Every route of this service with the rule of who may ask there. Routes are made from this table, in its order, so none can be without a rule. */
public enum AuthRoute {
    REGISTER(open("POST", "/api/auth/register")), //
    LOG_IN(open("POST", "/api/auth/login")), //
    REFRESH(open("POST", "/api/auth/refresh")), //
    LOG_OUT(session("POST", "/api/auth/logout")), //
    LOG_OUT_ALL(session("POST", "/api/auth/logout-all")), //
    ME(known("GET", "/api/auth/me")), //
    SESSIONS(session("GET", "/api/auth/sessions")), //
    OWN_PASSWORD(session("POST", "/api/auth/password")), //
    KEYS(session("GET", "/api/auth/keys", ADVERTISER, ADMIN, SUPER_ADMIN)), //
    MAKE_KEY(session("POST", "/api/auth/keys", ADVERTISER, ADMIN, SUPER_ADMIN)), //
    REVOKE_KEY(session("DELETE", "/api/auth/keys/{keyId}", ADVERTISER, ADMIN, SUPER_ADMIN)), //
    USERS(session("GET", "/api/auth/users", ADMIN, SUPER_ADMIN)), //
    MAKE_USER(session("POST", "/api/auth/users", ADMIN, SUPER_ADMIN)), //
    CHANGE_USER(session("PATCH", "/api/auth/users/{userId}", ADMIN, SUPER_ADMIN)), //
    INVITE(session("POST", "/api/auth/invitations", ADMIN, SUPER_ADMIN)), //
    AUDIT(session("GET", "/api/auth/audit", ADMIN, SUPER_ADMIN)), //
    PUBLIC_KEYS(open("GET", "/.well-known/jwks.json")), //
    HEALTH(open("GET", "/actuator/health/**")), //
    METRICS(session("GET", "/actuator/prometheus", ADMIN, SUPER_ADMIN).orKeysWith(Scope.METRICS_READ)), //
    OPERATIONS(session("GET", "/actuator/**", ADMIN, SUPER_ADMIN));

    private final RouteRule rule;

    AuthRoute(RouteRule rule) {
        this.rule = rule;
    }

    public RouteRule rule() {
        return rule;
    }

    /** In the order in which they are looked at. */
    public static List<RouteRule> rules() {
        return Arrays.stream(values()).map(AuthRoute::rule).toList();
    }
}
