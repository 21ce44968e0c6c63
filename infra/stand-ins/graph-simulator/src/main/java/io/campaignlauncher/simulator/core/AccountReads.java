package io.campaignlauncher.simulator.core;

import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The account node and its edges, and the page and the pixel that every account may use. */
final class AccountReads {

    private static final int LEAST_SPEND_CAP_US_CENTS = 10_000;

    private final GraphWorld world;
    private final EdgeReads edges;
    private final ParsedJson json;
    private final FieldSelection.Cache selections;
    private final Images images;

    AccountReads(GraphWorld world, EdgeReads edges, ParsedJson json, FieldSelection.Cache selections, Images images) {
        this.world = world;
        this.edges = edges;
        this.json = json;
        this.selections = selections;
        this.images = images;
    }

    ObjectNode node(Account account, FieldSelection selection, Instant now) {
        var node = Json.object();
        for (var field : selection.fields()) {
            if (!NodeFields.of(ObjectKind.ACCOUNT).contains(field.name())) {
                throw NodeReads.unknown(field.name(), ObjectKind.ACCOUNT);
            }
            var value = value(account, field.name(), now);
            if (value != null) {
                node.set(field.name(), value);
            }
        }
        node.put("id", "act_" + account.digits);
        return node;
    }

    private @Nullable JsonNode value(Account account, String name, Instant now) {
        return switch (name) {
            case "account_id" -> Json.text(account.digits);
            case "name" -> Json.text("Account " + account.digits);
            case "account_status" -> number(account.status);
            case "disable_reason" -> number(account.disableReason);
            case "currency" -> Json.text(account.place.currency().name());
            case "timezone_name" -> Json.text(account.place.timeZone().getId());
            case "timezone_offset_hours_utc" -> offsetHours(account.place, now);
            case "spend_cap", "amount_spent", "balance" -> Json.text("0");
            case "funding_source" -> Json.text("3000000001");
            case "funding_source_details" ->
                Json.object().put("id", "3000000001").put("display_string", "VISA *1111").put(
                        "type", 1);
            case "min_daily_budget" -> Json.NODES.numberNode(account.leastBudget());
            case "min_campaign_group_spend_cap" -> Json.text(Long.toString(
                    account.place.currency().minorUnits(LEAST_SPEND_CAP_US_CENTS)));
            case "is_prepay_account", "is_personal" ->
                name.equals("is_personal") ? number(0) : Json.NODES.booleanNode(false);
            case "user_tasks" -> Json.array().add("DRAFT").add("ANALYZE").add("ADVERTISE").add("MANAGE");
            case "capabilities" -> Json.array().add("CAN_CREATE_CALL_ADS").add("CAN_USE_REACH_AND_FREQUENCY");
            case "business" -> Json.object().put("id", "4000000001").put("name", "Simulated business");
            case "has_page_authorized_adaccount" -> Json.NODES.booleanNode(true);
            case "created_time" -> Json.text("2020-01-01T00:00:00+0000");
            case "age" -> number(2000);
            default -> null;
        };
    }

    private static JsonNode number(int value) {
        return Json.NODES.numberNode(value);
    }

    /** Hours at this time, which daylight saving changes; whole ones as a whole number. */
    private static JsonNode offsetHours(AccountPlace place, Instant now) {
        int seconds = place.timeZone().getRules().getOffset(now).getTotalSeconds();
        return seconds % 3600 == 0 ? number(seconds / 3600) : Json.NODES.numberNode(seconds / 3600.0);
    }

    /** An edge of the account. */
    ObjectNode edge(Call call, Account account, Instant now) {
        var objects = objects(account, call);
        if (objects != null) {
            return edges.page(call, objects, now);
        }
        return switch (call.edge()) {
            case "adimages" -> images.edge(call, account, selections);
            case "adspixels" -> Json.data(listed(GraphWorld.PIXEL, call, selections));
            case "promote_pages" -> Json.data(listed(GraphWorld.PAGE, call, selections));
            case "minimum_budgets" -> Json.data(minimumBudgets(account));
            case "ads_volume" -> Json.data(Json.object().put("ads_running_or_in_review_count", account.activeAds));
            default -> throw GraphRefusal.noSuchObject(call.method(), call.node() + "/" + call.edge());
        };
    }

    private @Nullable NavigableMap<Long, GraphObject> objects(Account account, Call call) {
        return switch (call.edge()) {
            case "campaigns" -> account.live(ObjectKind.CAMPAIGN);
            case "adsets" -> account.live(ObjectKind.AD_SET);
            case "ads" -> account.live(ObjectKind.AD);
            case "adcreatives" -> account.live(ObjectKind.CREATIVE);
            case "adlabels" -> account.live(ObjectKind.LABEL);
            case "advideos" -> account.live(ObjectKind.VIDEO);
            case "campaignsbylabels" -> labelled(account, call, ObjectKind.CAMPAIGN);
            case "adsetsbylabels" -> labelled(account, call, ObjectKind.AD_SET);
            case "adsbylabels" -> labelled(account, call, ObjectKind.AD);
            case "adcreativesbylabels" -> labelled(account, call, ObjectKind.CREATIVE);
            default -> null;
        };
    }

    /** Labels are given by id, never by name. */
    private NavigableMap<Long, GraphObject> labelled(Account account, Call call, ObjectKind kind) {
        var inputs = new Inputs(call.parameters(), json);
        inputs.required("ad_label_ids");
        boolean all = "ALL".equals(inputs.oneOf("operator", java.util.Set.of("ANY", "ALL")));
        NavigableMap<Long, GraphObject> found = null;
        var ids = inputs.list("ad_label_ids");
        for (var id : ids == null ? Json.array() : ids) {
            var label = world.find(Ids.number(id.asString("")));
            if (label == null || label.kind != ObjectKind.LABEL || label.account != account || label.isDeleted()) {
                throw GraphRefusal.invalid("The ad label " + id.asString("") + " does not exist")
                        .blaming("ad_label_ids");
            }
            var having = label.children(kind);
            if (found == null) {
                found = new TreeMap<>(having);
            } else if (all) {
                found.keySet().retainAll(having.keySet());
            } else {
                found.putAll(having);
            }
        }
        return found == null ? new TreeMap<>() : found;
    }

    private static ObjectNode minimumBudgets(Account account) {
        long least = account.leastBudget();
        return Json.object().put("currency", account.place.currency().name()).put("min_daily_budget_imp", least)
                .put("min_daily_budget_high_freq", 5
                        * least)
                .put("min_daily_budget_low_freq", 40 * least).put("min_daily_budget_video_views", 5 * least);
    }

    /** A page or a pixel; null where the id is neither. */
    static @Nullable ObjectNode fixture(String id, @Nullable FieldSelection selection) {
        boolean isPage = id.equals(GraphWorld.PAGE) || id.equals(GraphWorld.FOREIGN_PAGE);
        boolean isPixel = id.equals(GraphWorld.PIXEL) || id.equals(GraphWorld.FOREIGN_PIXEL);
        if (!isPage && !isPixel) {
            return null;
        }
        var whole = isPage ? page(id) : pixel(id);
        if (selection == null) {
            return Json.object().put("id", id).put("name", whole.path("name").asString(""));
        }
        var node = Json.object();
        var kind = isPage ? ObjectKind.PAGE : ObjectKind.PIXEL;
        for (var field : selection.fields()) {
            if (!NodeFields.of(kind).contains(field.name())) {
                throw NodeReads.unknown(field.name(), kind);
            }
            if (whole.get(field.name()) instanceof JsonNode value) {
                node.set(field.name(), value);
            }
        }
        return node.put("id", id);
    }

    /** A page or a pixel on an edge: with all that it has where the call does not name fields. */
    static ObjectNode listed(String id, Call call, FieldSelection.Cache selections) {
        var fields = call.parameters().get("fields");
        var found = fields == null || fields.isEmpty() ? null : fixture(id, selections.of(fields));
        return found != null ? found : id.equals(GraphWorld.PAGE) ? page(id) : pixel(id);
    }

    private static ObjectNode page(String id) {
        var page = Json.object().put("id", id).put("name", "Page " + id);
        page.putArray("tasks").add("ADVERTISE").add("ANALYZE").add("CREATE_CONTENT");
        return page.put("is_published", true);
    }

    private static ObjectNode pixel(String id) {
        return Json.object().put("id", id).put("name", "Pixel " + id).put("is_unavailable", false).put(
                "last_fired_time",
                "2026-01-01T00:00:00+0000");
    }
}
