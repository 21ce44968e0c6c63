package io.campaignlauncher.simulator.core;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads edges of objects: newest first, page by page, without what is deleted, and without what is archived or too new
 * unless it is asked for or its lag is over.
 */
final class EdgeReads {

    private static final int PAGE_USUAL = 25;
    private static final int PAGE_MAX = 5000;

    private final NodeReads nodes = new NodeReads(this::asField);
    private final FieldSelection.Cache selections;
    private final ParsedJson json;

    EdgeReads(FieldSelection.Cache selections, ParsedJson json) {
        this.selections = selections;
        this.json = json;
    }

    NodeReads nodes() {
        return nodes;
    }

    /** One page of these objects as the call asks for it. */
    ObjectNode page(Call call, NavigableMap<Long, GraphObject> source, Instant now) {
        var inputs = new Inputs(call.parameters(), json);
        var selection = inputs.has("fields") ? selections.of(inputs.required("fields")) : FieldSelection.ID;
        var query = query(inputs, now);
        int limit = limit(inputs);
        var page = take(source, query, inputs, limit);
        var answer = Json.object();
        var data = answer.putArray("data");
        page.items().forEach(item -> data.add(nodes.read(item, selection, now)));
        if (!page.items().isEmpty()) {
            answer.set("paging", paging(call, page, limit));
        }
        if (inputs.has("summary")) {
            var summary = answer.putObject("summary");
            if (inputs.required("summary").contains("total_count") || inputs.isTrue("summary")) {
                summary.put("total_count", source.values().stream().filter(query::matches).count());
            }
        }
        return answer;
    }

    private EdgeQuery query(Inputs inputs, Instant now) {
        var statuses = inputs.list("effective_status");
        Set<String> wanted = null;
        if (statuses != null) {
            wanted = new HashSet<>();
            for (var each : statuses) {
                wanted.add(each.asString(""));
            }
        }
        return new EdgeQuery(Filter.list(inputs.list("filtering")), wanted, inputs.money("updated_since"), now);
    }

    /** How many items a page is to hold. */
    static int limit(Inputs inputs) {
        var limit = inputs.money("limit");
        if (limit == null) {
            return PAGE_USUAL;
        }
        if (limit < 1) {
            throw GraphRefusal.invalid("Param limit must be at least 1").blaming("limit");
        }
        return (int) Math.min(limit, PAGE_MAX);
    }

    private record Page(List<GraphObject> items, boolean more, boolean earlier) {}

    private static Page take(NavigableMap<Long, GraphObject> source, EdgeQuery query, Inputs inputs, int limit) {
        var before = inputs.has("before") ? cursor(inputs.required("before")) : null;
        var after = inputs.has("after") ? cursor(inputs.required("after")) : null;
        NavigableMap<Long, GraphObject> rest;
        if (before != null) {
            rest = source.tailMap(before, false);
        } else if (after != null) {
            rest = source.headMap(after, false).descendingMap();
        } else {
            rest = source.descendingMap();
        }
        var items = new ArrayList<GraphObject>();
        boolean more = false;
        for (var each : rest.values()) {
            if (query.matches(each)) {
                if (items.size() == limit) {
                    more = true;
                    break;
                }
                items.add(each);
            }
        }
        if (before != null) {
            Collections.reverse(items);
            return new Page(items, true, more);
        }
        return new Page(items, more, after != null);
    }

    private static Long cursor(String text) {
        try {
            long number = Ids.number(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII));
            if (number > 0) {
                return number;
            }
        } catch (IllegalArgumentException e) {
            throw GraphRefusal.invalid("Invalid cursors values");
        }
        throw GraphRefusal.invalid("Invalid cursors values");
    }

    private static String cursor(GraphObject object) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(object.id().getBytes(StandardCharsets.US_ASCII));
    }

    private static ObjectNode paging(Call call, Page page, int limit) {
        var first = cursor(page.items().getFirst());
        var last = cursor(page.items().getLast());
        var paging = Json.object();
        paging.putObject("cursors").put("before", first).put("after", last);
        if (page.more()) {
            paging.put("next", address(call, limit, "after", last));
        }
        if (page.earlier()) {
            paging.put("previous", address(call, limit, "before", first));
        }
        return paging;
    }

    private static String address(Call call, int limit, String cursorName, String cursor) {
        var parameters = new LinkedHashMap<String, String>();
        if (call.token() != null) {
            parameters.put("access_token", call.token());
        }
        parameters.putAll(call.parameters());
        // The secret's proof is not repeated: who has the secret appends it again.
        parameters.keySet().removeAll(List.of("after", "before", "limit", "method", "appsecret_proof"));
        parameters.put("limit", Integer.toString(limit));
        parameters.put(cursorName, cursor);
        var text = new StringBuilder(call.origin()).append("/v24.0/").append(call.node()).append('/')
                .append(call.edge());
        char separator = '?';
        for (var each : parameters.entrySet()) {
            text.append(separator).append(URLEncoder.encode(each.getKey(), StandardCharsets.UTF_8)).append('=').append(
                    URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8));
            separator = '&';
        }
        return text.toString();
    }

    /** An edge's objects below an object; null where there is no such edge. */
    static @Nullable NavigableMap<Long, GraphObject> below(GraphObject owner, String edge) {
        return switch (owner.kind) {
            case CAMPAIGN -> switch (edge) {
                case "adsets" -> owner.children(ObjectKind.AD_SET);
                case "ads" -> owner.children(ObjectKind.AD);
                case "copies" -> owner.copies();
                default -> null;
            };
            case AD_SET -> switch (edge) {
                case "ads" -> owner.children(ObjectKind.AD);
                case "adcreatives" -> creatives(owner.children(ObjectKind.AD).values());
                case "copies" -> owner.copies();
                default -> null;
            };
            case AD -> switch (edge) {
                case "adcreatives" -> creatives(List.of(owner));
                case "copies" -> owner.copies();
                default -> null;
            };
            case LABEL -> switch (edge) {
                case "campaigns" -> owner.children(ObjectKind.CAMPAIGN);
                case "adsets" -> owner.children(ObjectKind.AD_SET);
                case "ads" -> owner.children(ObjectKind.AD);
                case "adcreatives" -> owner.children(ObjectKind.CREATIVE);
                default -> null;
            };
            case CREATIVE, IMAGE, VIDEO, PAGE, PIXEL, ACCOUNT -> null;
        };
    }

    private static NavigableMap<Long, GraphObject> creatives(Iterable<GraphObject> ads) {
        var found = new TreeMap<Long, GraphObject>();
        for (var ad : ads) {
            if (ad.creative != null && !ad.creative.isDeleted()) {
                found.put(ad.creative.number, ad.creative);
            }
        }
        return found;
    }

    /** The edge as a field of a node: null where the node has no such edge, missing where it is empty. */
    private @Nullable JsonNode asField(GraphObject owner, FieldSelection.Field field, Instant now) {
        if (owner.video != null && field.name().equals("thumbnails")) {
            return Thumbnails.edge(owner, owner.video, field.inner().isEmpty() ? null : field.selection(), now);
        }
        var source = below(owner, field.name());
        if (source == null) {
            return null;
        }
        var parameters = new LinkedHashMap<String, String>();
        var call = new Call(FaultTarget.READ_EDGE, "GET", owner.id(), field.name(), parameters, Map.of(), null, "");
        if (field.limit() > 0) {
            parameters.put("limit", Integer.toString(field.limit()));
        }
        var page = take(source, new EdgeQuery(List.of(), null, null, now), new Inputs(parameters, json),
                field.limit() > 0
                        ? field.limit() : PAGE_USUAL);
        if (page.items().isEmpty()) {
            return Json.NODES.missingNode();
        }
        var node = Json.object();
        var data = node.putArray("data");
        page.items().forEach(item -> data.add(nodes.read(item, field.selection(), now)));
        var paging = paging(call, page, page.items().size());
        paging.remove("next");
        node.set("paging", paging);
        return node;
    }
}
