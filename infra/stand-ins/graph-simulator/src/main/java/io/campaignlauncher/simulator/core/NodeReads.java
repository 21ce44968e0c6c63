package io.campaignlauncher.simulator.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns stored objects into nodes with the fields asked for. Absent values are left out, unknown fields refused. */
final class NodeReads {

    /** Edges that may be asked for as fields. */
    interface EdgesAsFields {
        @Nullable
        JsonNode edge(GraphObject owner, FieldSelection.Field field, Instant now);
    }

    private final EdgesAsFields edges;

    NodeReads(EdgesAsFields edges) {
        this.edges = edges;
    }

    ObjectNode read(GraphObject object, FieldSelection selection, Instant now) {
        var node = Json.object();
        var names = NodeFields.of(object.kind);
        for (var field : selection.fields()) {
            JsonNode value;
            if (names.contains(field.name())) {
                value = value(object, field, now);
            } else {
                value = edges.edge(object, field, now);
                if (value == null) {
                    throw unknown(field.name(), object.kind);
                }
                if (value.isMissingNode()) {
                    value = null;
                }
            }
            if (value != null) {
                node.set(field.name(), value);
            }
        }
        if (!node.has("id") && object.kind != ObjectKind.IMAGE) {
            node.put("id", object.id());
        }
        return node;
    }

    static GraphRefusal unknown(String field, ObjectKind kind) {
        return unknown(field, kind.nodeType);
    }

    static GraphRefusal unknown(String field, String nodeType) {
        return GraphRefusal
                .invalid("Tried accessing nonexisting field (" + field + ") on node type (" + nodeType + ")");
    }

    private @Nullable JsonNode value(GraphObject object, FieldSelection.Field field, Instant now) {
        if (object.video != null) {
            var ofVideo = ofVideo(object, object.video, field.name(), now);
            if (ofVideo != null) {
                return ofVideo;
            }
        }
        return switch (field.name()) {
            case "id" -> Json.text(object.id());
            case "name" -> Json.text(object.name);
            case "account_id" -> Json.text(object.account.digits);
            case "account" -> Json.object().put("id", "act_" + object.account.digits).put("account_id",
                    object.account.digits);
            case "created_time" -> Json.text(Times.text(object.createdTime));
            case "updated_time" -> Json.text(Times.text(object.updatedTime));
            case "status", "configured_status" -> object.kind == ObjectKind.LABEL ? null
                    : Json.text(
                            object.inheritedStatus() == GraphObject.Status.DELETED ? "DELETED" : object.status.name());
            case "effective_status" -> Json.text(object.effectiveStatus(now));
            case "adlabels" -> labels(object);
            case "campaign_id" -> object.campaign == null ? null : Json.text(object.campaign.id());
            case "adset_id" -> object.adSet == null ? null : Json.text(object.adSet.id());
            case "campaign" -> nested(object.campaign, field, now);
            case "adset" -> nested(object.adSet, field, now);
            case "creative" -> nested(object.creative, field, now);
            case "source_campaign_id", "source_adset_id", "source_ad_id" -> Json.text(object.source == null ? "0"
                    : object.source.id());
            case "source_campaign", "source_adset", "source_ad" -> nested(object.source, field, now);
            case "issues_info" -> issues(object, now);
            case "ad_review_feedback" -> feedback(object, now);
            default -> stored(object, field.name());
        };
    }

    private static @Nullable JsonNode ofVideo(GraphObject object, Video video, String name, Instant now) {
        return switch (name) {
            case "status" -> video.statusNode(now);
            case "title" -> Json.text(object.name);
            case "published" -> Json.NODES.booleanNode(false);
            case "picture" -> Thumbnails.picture(object, video, now);
            default -> null;
        };
    }

    private @Nullable JsonNode nested(@Nullable GraphObject other, FieldSelection.Field field, Instant now) {
        return other == null ? null : read(other, field.selection(), now);
    }

    private static @Nullable JsonNode labels(GraphObject object) {
        if (object.labels().isEmpty()) {
            return null;
        }
        var list = Json.array();
        for (var label : object.labels()) {
            list.add(Json.object().put("id", label.id()).put("name", label.name).put("created_time", Times.text(
                    label.createdTime)).put("updated_time", Times.text(label.updatedTime)));
        }
        return list;
    }

    private static @Nullable JsonNode issues(GraphObject object, Instant now) {
        if (!object.effectiveStatus(now).equals("WITH_ISSUES")) {
            return null;
        }
        return Json
                .array().add(
                        Json.object().put("level", object.kind.nodeType.equals("AdGroup") ? "AD" : object.kind.name())
                                .put("error_code", 1815869).put("error_summary", "Ad post is not available")
                                .put("error_message",
                                        "The post that this ad shows is not available.")
                                .put("error_type", "HARD_ERROR"));
    }

    private static @Nullable JsonNode feedback(GraphObject object, Instant now) {
        if (!object.effectiveStatus(now).equals("DISAPPROVED")) {
            return null;
        }
        var feedback = Json.object();
        feedback.putObject("global").put("CIRCUMVENTING_SYSTEMS",
                "The ad does not comply with the advertising standards.");
        return feedback;
    }

    private static @Nullable JsonNode stored(GraphObject object, String name) {
        var value = object.fields.get(name);
        if (value != null) {
            return name.equals("targeting") ? withDefaults(value) : value;
        }
        return switch (object.kind) {
            case CAMPAIGN -> switch (name) {
                case "buying_type" -> Json.text("AUCTION");
                case "can_use_spend_cap" -> Json.NODES.booleanNode(true);
                case "budget_remaining" -> budget(object);
                case "smart_promotion_type" -> Json.text("GUIDED_CREATION");
                case "special_ad_category" -> firstCategory(object);
                case "pacing_type" -> Json.array().add("standard");
                case "start_time" -> Json.text(Times.text(object.createdTime));
                default -> null;
            };
            case AD_SET -> switch (name) {
                case "budget_remaining" -> budget(object);
                case "pacing_type" -> Json.array().add("standard");
                case "destination_type" -> Json.text("UNDEFINED");
                case "is_dynamic_creative" -> Json.NODES.booleanNode(false);
                case "start_time" -> Json.text(Times.text(object.createdTime));
                case "daily_budget", "lifetime_budget" -> Json.text("0");
                case "bid_strategy" ->
                    object.campaign != null && object.campaign.fields.get(name) instanceof JsonNode own
                            ? own : Json.text(object.fields.containsKey("bid_amount") ? "LOWEST_COST_WITH_BID_CAP"
                                    : "LOWEST_COST_WITHOUT_CAP");
                default -> null;
            };
            case CREATIVE -> name.equals("object_type") ? Json.text("SHARE") : null;
            case AD, LABEL, IMAGE, VIDEO, PAGE, PIXEL, ACCOUNT -> null;
        };
    }

    private static @Nullable JsonNode budget(GraphObject object) {
        var daily = object.fields.get("daily_budget");
        return daily != null ? daily : object.fields.getOrDefault("lifetime_budget", Json.text("0"));
    }

    private static JsonNode firstCategory(GraphObject object) {
        var categories = object.fields.get("special_ad_categories");
        return Json.text(categories == null || categories.isEmpty() ? "NONE" : categories.get(0).asString("NONE"));
    }

    /** What is read is more than what was written: Facebook adds the defaults. */
    private static JsonNode withDefaults(JsonNode targeting) {
        if (!(targeting.deepCopy() instanceof ObjectNode copy)) {
            return targeting;
        }
        if (!copy.has("age_min")) {
            copy.put("age_min", 18);
        }
        if (!copy.has("age_max")) {
            copy.put("age_max", 65);
        }
        if (copy.get("geo_locations") instanceof ObjectNode geo && !geo.has("location_types")) {
            geo.putArray("location_types").add("home").add("recent");
        }
        if (!copy.has("brand_safety_content_filter_levels")) {
            copy.putArray("brand_safety_content_filter_levels").add("FACEBOOK_RELAXED").add("AN_RELAXED");
        }
        return copy;
    }
}
