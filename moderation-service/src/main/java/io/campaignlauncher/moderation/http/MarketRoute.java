package io.campaignlauncher.moderation.http;

import static io.campaignlauncher.access.model.Role.ADMIN;
import static io.campaignlauncher.access.model.Role.ADVERTISER;
import static io.campaignlauncher.access.model.Role.MODERATOR;
import static io.campaignlauncher.access.model.Role.PUBLISHER;
import static io.campaignlauncher.access.model.Role.SUPER_ADMIN;
import static io.campaignlauncher.access.model.RouteRule.known;
import static io.campaignlauncher.access.model.RouteRule.open;
import static io.campaignlauncher.access.model.RouteRule.people;

import io.campaignlauncher.access.model.RouteRule;
import io.campaignlauncher.access.model.Scope;
import java.util.Arrays;
import java.util.List;

/**
 * Every route of this service with the rule of who may ask there. Whose campaign it is, and in which state, is decided behind it; what
 * is for one's own things alone is asked for by everybody who may have some.
 */
enum MarketRoute {
    DRAFT_CAMPAIGN(people("POST", "/api/campaigns", ADVERTISER)),
    CAMPAIGNS(people("GET", "/api/campaigns", ADVERTISER, MODERATOR, ADMIN, SUPER_ADMIN)),
    CAMPAIGN(people("GET", "/api/campaigns/{campaignId}", ADVERTISER, MODERATOR, ADMIN, SUPER_ADMIN)),
    ACTIVATE(people("POST", "/api/campaigns/{campaignId}/activate", ADVERTISER, ADMIN, SUPER_ADMIN)),
    PAUSE(people("POST", "/api/campaigns/{campaignId}/pause", ADVERTISER, ADMIN, SUPER_ADMIN)),
    RESUME(people("POST", "/api/campaigns/{campaignId}/resume", ADVERTISER, ADMIN, SUPER_ADMIN)),
    CANCEL(people("POST", "/api/campaigns/{campaignId}/cancel", ADVERTISER, ADMIN, SUPER_ADMIN)),
    COMPLETE(people("POST", "/api/campaigns/{campaignId}/complete", ADVERTISER, ADMIN, SUPER_ADMIN)),
    DRAFT_TARGET(people("POST", "/api/campaigns/{campaignId}/targets", ADVERTISER)),
    TARGETS(people("GET", "/api/campaigns/{campaignId}/targets", ADVERTISER, MODERATOR, ADMIN, SUPER_ADMIN)),
    TARGET(people("GET", "/api/campaigns/{campaignId}/targets/{targetId}", ADVERTISER, MODERATOR, ADMIN,
            SUPER_ADMIN)),
    EDIT_TARGET(people("PATCH", "/api/campaigns/{campaignId}/targets/{targetId}", ADVERTISER)),
    TARGET_HISTORY(people("GET", "/api/campaigns/{campaignId}/targets/{targetId}/history", ADVERTISER, MODERATOR,
            ADMIN, SUPER_ADMIN)),
    SUBMIT_TARGET(people("POST", "/api/campaigns/{campaignId}/targets/{targetId}/submit", ADVERTISER)),
    PENDING(people("GET", "/api/admin/moderation/pending", MODERATOR, ADMIN, SUPER_ADMIN)),
    REVIEW(people("GET", "/api/admin/moderation/targets/{targetId}", MODERATOR, ADMIN, SUPER_ADMIN)),
    APPROVE(people("POST", "/api/admin/moderation/targets/{targetId}/approve", MODERATOR, ADMIN, SUPER_ADMIN)),
    REJECT(people("POST", "/api/admin/moderation/targets/{targetId}/reject", MODERATOR, ADMIN, SUPER_ADMIN)),
    POSTS(people("GET", "/api/posts", ADVERTISER, PUBLISHER, MODERATOR, ADMIN, SUPER_ADMIN)),
    UNKNOWN_POSTS(people("GET", "/api/admin/posts/unknown", ADMIN, SUPER_ADMIN)),
    DECIDE_POST(people("POST", "/api/admin/posts/{targetId}/decide", ADMIN, SUPER_ADMIN)),
    WALLET(people("GET", "/api/wallet", ADVERTISER, PUBLISHER, MODERATOR, ADMIN, SUPER_ADMIN)),
    ENTRIES(people("GET", "/api/wallet/entries", ADVERTISER, PUBLISHER, MODERATOR, ADMIN, SUPER_ADMIN)),
    WALLETS(people("GET", "/api/admin/wallets", ADMIN, SUPER_ADMIN)),
    DEPOSIT(people("POST", "/api/admin/wallets/{userId}/deposits", ADMIN, SUPER_ADMIN)
            .orKeysWith(Scope.DEPOSITS_WRITE)),
    CORRECTIONS(people("GET", "/api/admin/corrections", ADMIN, SUPER_ADMIN)),
    PROPOSE_CORRECTION(people("POST", "/api/admin/corrections", ADMIN, SUPER_ADMIN)),
    APPROVE_CORRECTION(people("POST", "/api/admin/corrections/{correctionId}/approve", SUPER_ADMIN)),
    AUDIT(people("GET", "/api/admin/audit", ADMIN, SUPER_ADMIN)),
    OFFER_CHANNEL(people("POST", "/api/channels", PUBLISHER)),
    CHANNELS(people("GET", "/api/channels", ADVERTISER, PUBLISHER, MODERATOR, ADMIN, SUPER_ADMIN)),
    SWITCHES(people("GET", "/api/admin/kill-switches", MODERATOR, ADMIN, SUPER_ADMIN)),
    TURN_SWITCH(people("POST", "/api/admin/kill-switches/{name}", ADMIN, SUPER_ADMIN)),
    POST_LINK(open("GET", "/t/{postJobId}")),
    DESCRIPTION(known("GET", "/api/openapi.yaml")),
    LIVE(open("GET", "/api/health/live")),
    READY(open("GET", "/api/health/ready")),
    HEALTH(open("GET", "/actuator/health/**")),
    METRICS(people("GET", "/actuator/prometheus", ADMIN, SUPER_ADMIN).orKeysWith(Scope.METRICS_READ)),
    OPERATIONS(people("GET", "/actuator/**", ADMIN, SUPER_ADMIN));

    private final RouteRule rule;

    MarketRoute(RouteRule rule) {
        this.rule = rule;
    }

    RouteRule rule() {
        return rule;
    }

    static List<RouteRule> rules() {
        return Arrays.stream(values()).map(MarketRoute::rule).toList();
    }
}
