package io.campaignlauncher.simulator.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** All that exists on the simulated Facebook. */
final class GraphWorld {

    static final String PAGE = "1000000001";
    static final String PIXEL = "2000000001";
    /** Exists and can be read, but no account has an advertiser's role on it. */
    static final String FOREIGN_PAGE = "1000000002";
    /** Exists and can be read, but is shared with no account. */
    static final String FOREIGN_PIXEL = "2000000002";

    final GraphRules rules;
    final Ids ids = new Ids();
    final Map<Long, AsyncNode> async = new LinkedHashMap<>();
    private final Map<String, Account> accounts = new LinkedHashMap<>();
    private final Map<Long, GraphObject> byId = new HashMap<>();

    GraphWorld(GraphRules rules) {
        this.rules = rules;
    }

    /** The account with these digits, made on first use. Accounts 1002, 1003 and 1004 are the troubled ones. */
    Account account(String digits, Instant now) {
        var known = accounts.get(digits);
        if (known != null) {
            return known;
        }
        if (Ids.number(digits) == 0) {
            throw GraphRefusal.noSuchAlias("act_" + digits);
        }
        var account = new Account(digits, rules);
        accounts.put(digits, account);
        switch (digits) {
            case "1002" -> {
                account.status = 2;
                account.disableReason = 1;
            }
            case "1003" -> fill(account, now);
            case "1004" -> account.status = 3;
            default -> {
            }
        }
        return account;
    }

    /** Forgets every account and all that was ever stored, as if nobody had called yet. */
    void clear() {
        accounts.clear();
        byId.clear();
        async.clear();
    }

    private void fill(Account account, Instant now) {
        for (int i = 1; i <= rules.objectsMax() && i <= 6000; i++) {
            var fields = new HashMap<String, JsonNode>(4);
            fields.put("objective", Json.text("OUTCOME_SALES"));
            add(new GraphObject(ObjectKind.CAMPAIGN, ids.next(), account, null, null, "Old campaign " + i,
                    GraphObject.Status.PAUSED, fields, now));
        }
    }

    Iterable<Account> accounts() {
        return accounts.values();
    }

    int objects() {
        return byId.size();
    }

    @Nullable
    GraphObject find(long number) {
        return byId.get(number);
    }

    void add(GraphObject object) {
        byId.put(object.number, object);
        object.account.add(object);
        object.account.activeAds += isActiveAd(object) ? 1 : 0;
        if (object.campaign != null) {
            object.campaign.addChild(object);
        }
        if (object.adSet != null) {
            object.adSet.addChild(object);
        }
        if (object.source != null) {
            object.source.addCopy(object);
        }
    }

    void changeStatus(GraphObject object, GraphObject.Status status) {
        object.account.activeAds -= isActiveAd(object) ? 1 : 0;
        object.status = status;
        object.account.activeAds += isActiveAd(object) ? 1 : 0;
    }

    void rename(GraphObject object, String name) {
        if (object.kind == ObjectKind.LABEL) {
            object.account.labelsByName.remove(object.name, object);
            object.account.labelsByName.putIfAbsent(name, object);
        }
        object.name = name;
    }

    private static boolean isActiveAd(GraphObject object) {
        return object.kind == ObjectKind.AD && object.status == GraphObject.Status.ACTIVE;
    }

    /** Hides an object and its descendants from every edge; they stay readable by id. */
    void delete(GraphObject object, Instant now) {
        object.updatedTime = now;
        for (var each : withDescendants(object)) {
            each.account.activeAds -= isActiveAd(each) ? 1 : 0;
            each.account.remove(each);
            each.leaveLabels();
            if (each.campaign != null) {
                each.campaign.removeChild(each);
            }
            if (each.adSet != null) {
                each.adSet.removeChild(each);
            }
        }
        object.status = GraphObject.Status.DELETED;
        if (object.kind == ObjectKind.LABEL) {
            object.account.labelsByName.remove(object.name, object);
        }
    }

    /** A deleted creative, label or ad leaves no trace on those that used it; a campaign takes its ad sets and ads along. */
    private static List<GraphObject> withDescendants(GraphObject object) {
        var all = new ArrayList<GraphObject>();
        all.add(object);
        if (object.kind == ObjectKind.CAMPAIGN) {
            all.addAll(object.children(ObjectKind.AD_SET).values());
        }
        if (object.kind == ObjectKind.CAMPAIGN || object.kind == ObjectKind.AD_SET) {
            all.addAll(object.children(ObjectKind.AD).values());
        }
        return all;
    }
}
