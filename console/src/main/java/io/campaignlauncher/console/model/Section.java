package io.campaignlauncher.console.model;

import java.util.Collections;
import java.util.Set;

/** The parts that the navigation leads to. */
public enum Section {
    NONE("", ""), //
    LAUNCHES("Launches", "/console", "advertiser", "moderator", "admin", "super_admin"), //
    NEW("New launch", "/console/new", "advertiser", "admin", "super_admin"), //
    INBOX("Needs you", "/console/inbox", "advertiser", "moderator", "admin", "super_admin"), //
    ACCOUNTS("Ad accounts", "/console/accounts", "advertiser", "moderator", "admin", "super_admin"), //
    MARKET("Marketplace", "/console/market"), //
    SWITCHES("Kill switches", "/console/switches", "moderator", "admin", "super_admin"), //
    AUDIT("Audit", "/console/audit", "admin", "super_admin");

    private final String label;
    private final String address;
    /** One of which is needed; none: any. */
    private final Set<String> roles;

    Section(String label, String address, String... roles) {
        this.label = label;
        this.address = address;
        this.roles = Set.of(roles);
    }

    public String label() {
        return label;
    }

    public String address() {
        return address;
    }

    /** Whether there is a link to it: what a page would refuse, nothing leads to. */
    public boolean isShownTo(Who who) {
        return !address.isEmpty() && !who.name().isEmpty()
                && (roles.isEmpty() || !Collections.disjoint(roles, who.roles()));
    }
}
