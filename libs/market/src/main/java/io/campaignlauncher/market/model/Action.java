package io.campaignlauncher.market.model;

import static io.campaignlauncher.market.model.Role.ADMIN;
import static io.campaignlauncher.market.model.Role.ADVERTISER;
import static io.campaignlauncher.market.model.Role.MODERATOR;
import static io.campaignlauncher.market.model.Role.PUBLISHER;
import static io.campaignlauncher.market.model.Role.SUPER_ADMIN;
import static io.campaignlauncher.market.model.Role.SYSTEM;
import static io.campaignlauncher.market.model.Whose.ANY;
import static io.campaignlauncher.market.model.Whose.OTHERS;
import static io.campaignlauncher.market.model.Whose.OWN;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What is done in the marketplace, and who may do it. Which states it leads through is told by {@link Arrow}. */
public enum Action {
    DRAFT_CAMPAIGN(on(ADVERTISER, OWN)),
    ACTIVATE_CAMPAIGN(on(ADVERTISER, OWN), on(ADMIN, ANY), on(SUPER_ADMIN, ANY)),
    PAUSE_CAMPAIGN(on(ADVERTISER, OWN), on(ADMIN, ANY), on(SUPER_ADMIN, ANY)),
    RESUME_CAMPAIGN(on(ADVERTISER, OWN), on(ADMIN, ANY), on(SUPER_ADMIN, ANY)),
    CANCEL_CAMPAIGN(on(ADVERTISER, OWN), on(ADMIN, ANY), on(SUPER_ADMIN, ANY)),
    COMPLETE_CAMPAIGN(on(ADVERTISER, OWN), on(ADMIN, ANY), on(SUPER_ADMIN, ANY)),
    DRAFT_TARGET(on(ADVERTISER, OWN)),
    EDIT_TARGET(on(ADVERTISER, OWN)),
    SUBMIT_TARGET(on(ADVERTISER, OWN)),
    APPROVE_TARGET(on(MODERATOR, OTHERS), on(ADMIN, OTHERS), on(SUPER_ADMIN, OTHERS)),
    REJECT_TARGET(on(MODERATOR, OTHERS), on(ADMIN, OTHERS), on(SUPER_ADMIN, OTHERS)),
    EXPIRE_REVIEW(on(SYSTEM, ANY)),
    START_POSTING(on(SYSTEM, ANY)),
    REPORT_POST(on(SYSTEM, ANY)),
    DECIDE_UNKNOWN_POST(on(ADMIN, ANY), on(SUPER_ADMIN, ANY)),
    RELEASE_ESCROW(on(SYSTEM, ANY)),
    EXPIRE_POSTING(on(SYSTEM, ANY)),
    DEPOSIT(on(ADMIN, ANY), on(SUPER_ADMIN, ANY)),
    PROPOSE_CORRECTION(on(ADMIN, ANY), on(SUPER_ADMIN, ANY)),
    APPROVE_CORRECTION(on(SUPER_ADMIN, OTHERS)),
    OFFER_CHANNEL(on(PUBLISHER, OWN)),
    REFRESH_CHANNEL(on(PUBLISHER, OWN), on(ADMIN, ANY), on(SUPER_ADMIN, ANY), on(SYSTEM, ANY));

    private final Map<Role, Whose> grants;

    Action(Grant... grants) {
        var map = new EnumMap<Role, Whose>(Role.class);
        Arrays.stream(grants).forEach(grant -> map.put(grant.role(), grant.whose()));
        this.grants = Collections.unmodifiableMap(map);
    }

    private record Grant(Role role, Whose whose) {}

    private static Grant on(Role role, Whose whose) {
        return new Grant(role, whose);
    }

    /** For people. */
    public String word() {
        return Words.of(this);
    }

    /** Who may do it, and to whose things. */
    public Map<Role, Whose> grants() {
        return grants;
    }

    /** The role in which somebody may do it; none where none of their roles may. @param own whether the thing is theirs */
    Optional<Role> roleOf(Actor actor, boolean own) {
        return grants.entrySet().stream()
                .filter(grant -> actor.roles().contains(grant.getKey()) && grant.getValue().covers(own))
                .map(Map.Entry::getKey).findFirst();
    }

    /** Whether any of the roles may do it to anything. */
    boolean openTo(Actor actor) {
        return grants.keySet().stream().anyMatch(actor.roles()::contains);
    }

    /** Of somebody whom it is open to, but who may not do it to this thing. */
    Refusal foreign(Refusal.Subject subject, Actor actor) {
        boolean toOthersOnly = grants.entrySet().stream()
                .filter(grant -> actor.roles().contains(grant.getKey()))
                .allMatch(grant -> grant.getValue() == OTHERS);
        if (!toOthersOnly) {
            return new Refusal.NotOwner(subject);
        }
        return subject == Refusal.Subject.CORRECTION ? new Refusal.OwnCorrection() : new Refusal.OwnCampaign();
    }
}
