package io.campaignlauncher.simulation.market;

import static io.campaignlauncher.market.model.Role.ADMIN;
import static io.campaignlauncher.market.model.Role.ADVERTISER;
import static io.campaignlauncher.market.model.Role.MODERATOR;
import static io.campaignlauncher.market.model.Role.PUBLISHER;
import static io.campaignlauncher.market.model.Role.SUPER_ADMIN;
import static io.campaignlauncher.market.model.Role.SYSTEM;

import io.campaignlauncher.market.model.Actor;
import io.campaignlauncher.market.model.Role;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who may do what, as the page of the marketplace says it. */
enum AuditedRoles {
    CAMPAIGN_DRAFT(Map.of(ADVERTISER, Things.OWN)),
    CAMPAIGN_TURN(Map.of(ADVERTISER, Things.OWN, ADMIN, Things.ANY, SUPER_ADMIN, Things.ANY)),
    TARGET_WRITE(Map.of(ADVERTISER, Things.OWN)),
    TARGET_JUDGE(Map.of(MODERATOR, Things.OTHERS, ADMIN, Things.OTHERS, SUPER_ADMIN, Things.OTHERS)),
    WORK(Map.of(SYSTEM, Things.ANY)),
    OFFICE(Map.of(ADMIN, Things.ANY, SUPER_ADMIN, Things.ANY)),
    CORRECTION_APPROVE(Map.of(SUPER_ADMIN, Things.OTHERS)),
    CHANNEL_OFFER(Map.of(PUBLISHER, Things.OWN)),
    CHANNEL_REFRESH(Map.of(PUBLISHER, Things.OWN, ADMIN, Things.ANY, SUPER_ADMIN, Things.ANY, SYSTEM, Things.ANY));

    private enum Things {
        OWN, ANY, OTHERS
    }

    private final Map<Role, Things> allowed;

    AuditedRoles(Map<Role, Things> allowed) {
        this.allowed = allowed;
    }

    boolean openTo(Set<Role> roles) {
        return roles.stream().anyMatch(allowed::containsKey);
    }

    /** @return the refusal; null where it may be done */
    @Nullable
    String refusal(Actor actor, @Nullable String owner, String ofOwnThing) {
        if (!openTo(actor.roles())) {
            return "RoleMissing";
        }
        boolean own = actor.userId().equals(owner);
        var things = actor.roles().stream().filter(allowed::containsKey).map(allowed::get).toList();
        if (things.contains(Things.ANY) || own && things.contains(Things.OWN)
                || !own && things.contains(Things.OTHERS)) {
            return null;
        }
        return things.stream().allMatch(each -> each == Things.OTHERS) ? ofOwnThing : "NotOwner";
    }
}
