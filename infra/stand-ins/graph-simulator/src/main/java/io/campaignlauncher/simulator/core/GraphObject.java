package io.campaignlauncher.simulator.core;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A campaign, ad set, ad, creative, label or video as it is stored. Only {@link GraphWorld} and the operations change
 * it.
 */
final class GraphObject {

    enum Status { ACTIVE, PAUSED, ARCHIVED, DELETED }

    final ObjectKind kind;
    /** Boxed once: every map below and around this object has it as its key. */
    final Long number;
    final Account account;
    final @Nullable GraphObject campaign;
    final @Nullable GraphObject adSet;
    final Instant createdTime;

    String name;
    Status status;
    /** Immutable, and shared with other objects that have the same. */
    Map<String, JsonNode> fields;
    Instant updatedTime;
    Instant onEdgesFrom;
    Instant byIdFrom;
    /** Answered with success, but stored nowhere. */
    boolean phantom;
    @Nullable
    GraphObject creative;
    @Nullable
    GraphObject source;
    @Nullable
    Video video;
    @Nullable
    String oddStatus;
    Instant oddStatusFrom = Instant.MIN;

    private Set<GraphObject> labels = Set.of();
    private Map<ObjectKind, NavigableMap<Long, GraphObject>> children = Map.of();
    private @Nullable NavigableMap<Long, GraphObject> copies;

    GraphObject(ObjectKind kind, long number, Account account, @Nullable GraphObject campaign,
            @Nullable GraphObject adSet,
            String name, Status status, Map<String, JsonNode> fields, Instant now) {
        this.kind = kind;
        this.number = number;
        this.account = account;
        this.campaign = campaign;
        this.adSet = adSet;
        this.name = name;
        this.status = status;
        this.fields = fields;
        this.createdTime = now;
        this.updatedTime = now;
        this.onEdgesFrom = now;
        this.byIdFrom = now;
    }

    String id() {
        return number.toString();
    }

    /** Sets these fields and leaves the others. */
    void change(Map<String, JsonNode> changed) {
        if (!changed.isEmpty()) {
            var all = new HashMap<>(fields);
            all.putAll(changed);
            fields = Map.copyOf(all);
        }
    }

    /** Its own status and, for a deleted or archived parent, the parent's. */
    Status inheritedStatus() {
        var worst = status;
        if (adSet != null && adSet.status.ordinal() >= Status.ARCHIVED.ordinal() && adSet.status.compareTo(worst) > 0) {
            worst = adSet.status;
        }
        if (campaign != null && campaign.status.ordinal() >= Status.ARCHIVED.ordinal()
                && campaign.status.compareTo(worst) > 0) {
            worst = campaign.status;
        }
        return worst;
    }

    boolean isDeleted() {
        return inheritedStatus() == Status.DELETED;
    }

    boolean isArchived() {
        return inheritedStatus() == Status.ARCHIVED;
    }

    String effectiveStatus(Instant now) {
        var inherited = inheritedStatus();
        if (inherited == Status.DELETED || inherited == Status.ARCHIVED) {
            return inherited.name();
        }
        if (oddStatus != null && !now.isBefore(oddStatusFrom)) {
            return oddStatus;
        }
        if (status == Status.PAUSED) {
            return "PAUSED";
        }
        if (campaign != null && campaign.status == Status.PAUSED) {
            return "CAMPAIGN_PAUSED";
        }
        if (adSet != null && adSet.status == Status.PAUSED) {
            return "ADSET_PAUSED";
        }
        if (kind == ObjectKind.AD && now.isBefore(createdTime.plus(account.rules.reviewTime()))) {
            return "PENDING_REVIEW";
        }
        return "ACTIVE";
    }

    boolean isOnEdges(Instant now) {
        return !now.isBefore(onEdgesFrom);
    }

    NavigableMap<Long, GraphObject> children(ObjectKind wanted) {
        var found = children.get(wanted);
        return found == null ? Collections.emptyNavigableMap() : found;
    }

    void addChild(GraphObject child) {
        if (!children.containsKey(child.kind)) {
            var more = new EnumMap<ObjectKind, NavigableMap<Long, GraphObject>>(ObjectKind.class);
            more.putAll(children);
            more.put(child.kind, new TreeMap<>());
            children = Map.copyOf(more);
        }
        children(child.kind).put(child.number, child);
    }

    void removeChild(GraphObject child) {
        children(child.kind).remove(child.number);
    }

    NavigableMap<Long, GraphObject> copies() {
        return copies == null ? Collections.emptyNavigableMap() : copies;
    }

    void addCopy(GraphObject copy) {
        if (copies == null) {
            copies = new TreeMap<>();
        }
        copies.put(copy.number, copy);
    }

    Set<GraphObject> labels() {
        return labels;
    }

    /** For a label: the objects of one kind that carry it are its children. */
    void label(Set<GraphObject> replacement) {
        labels.forEach(label -> label.removeChild(this));
        labels = replacement.size() < 2 ? Set.copyOf(replacement) : new LinkedHashSet<>(replacement);
        if (!phantom && status != Status.DELETED) {
            labels.forEach(label -> label.addChild(this));
        }
    }

    /** Forgets that its labels lead to it, as nothing leads to a deleted object. */
    void leaveLabels() {
        labels.forEach(label -> label.removeChild(this));
    }
}
