package io.campaignlauncher.simulator.core;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An ad account: its status, its limits and all that lives in it. Deleted objects are not in here, only found by id. */
final class Account {

    final String digits;
    final GraphRules rules;
    final AccountLimits limits;
    final Map<String, GraphObject> labelsByName = new HashMap<>();
    final Map<Map<String, JsonNode>, GraphObject> creativesByFields = new HashMap<>();
    /** By upload session. */
    final Map<String, GraphObject> uploads = new HashMap<>();
    final Map<String, Image> images = new LinkedHashMap<>();

    /**
     * An image by its hash.
     *
     * @param whole every field that its node has
     * @param bytes its size
     */
    record Image(ObjectNode whole, int bytes) {}

    int status = 1;
    AccountPlace place;
    int disableReason;
    int activeAds;
    @Nullable
    Instant blockedByPolicyUntil;

    private final Map<ObjectKind, NavigableMap<Long, GraphObject>> live = new EnumMap<>(ObjectKind.class);

    Account(String digits, GraphRules rules) {
        this.digits = digits;
        this.rules = rules;
        this.place = rules.newAccounts();
        this.limits = new AccountLimits(digits, rules);
    }

    /** The smallest daily budget of an ad set billed by impressions, in minor units of the account's currency. */
    long leastBudget() {
        return place.currency().minorUnits(rules.budgetMinMinorUnits());
    }

    /** Whether the status lets new objects be created (graph-api.md section 2). */
    boolean mayCreate() {
        return status == 1 || status == 8 || status == 9;
    }

    NavigableMap<Long, GraphObject> live(ObjectKind kind) {
        var found = live.get(kind);
        return found == null ? Collections.emptyNavigableMap() : found;
    }

    void add(GraphObject object) {
        live.computeIfAbsent(object.kind, _ -> new TreeMap<>()).put(object.number, object);
    }

    void remove(GraphObject object) {
        live(object.kind).remove(object.number);
    }
}
