package io.campaignlauncher.simulator;

import io.campaignlauncher.simulator.core.AccountPlace;
import io.campaignlauncher.simulator.core.Existing;
import io.campaignlauncher.simulator.core.GraphSimulator;
import io.campaignlauncher.simulator.core.SimReply;
import io.campaignlauncher.standin.Fate;
import io.campaignlauncher.standin.RequestLog;
import io.campaignlauncher.standin.UrlEncoded;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Routes under {@code /_simulator/}: what really exists, counters, faults, and changes to accounts and objects. */
final class ControlRoutes {

    private static final String PREFIX = "/_simulator";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final GraphSimulator core;
    private final Clock clock;
    private final RequestLog log;

    ControlRoutes(GraphSimulator core, Clock clock, RequestLog log) {
        this.core = core;
        this.clock = clock;
        this.log = log;
    }

    /** Whether they are asked for, and not the Graph API. */
    static boolean areAt(String uri) {
        return uri.startsWith(PREFIX);
    }

    SimReply handle(String method, String uri, byte[] body) {
        core.advance(clock.instant());
        int question = uri.indexOf('?');
        var path = uri.substring(PREFIX.length(), question < 0 ? uri.length() : question);
        var query = question < 0 ? Map.<String, String>of() : UrlEncoded.decode(uri.substring(question + 1));
        try {
            return switch (method + " " + path.replace("/", "")) {
                case "GET ", "GET state" -> json(200, state());
                case "GET campaigns" -> json(200, campaigns(query));
                case "GET images" -> json(200, images(query));
                case "GET videos" -> json(200, videos(query));
                case "GET objects" -> json(200, object(query));
                case "DELETE objects" -> {
                    core.world().delete(needed(query, "id"));
                    yield json(200, NODES.objectNode().put("success", true));
                }
                case "GET counters" -> json(200, counters());
                case "GET requests" -> json(200, requests());
                case "GET faults" -> json(200, faults());
                case "POST faults" -> {
                    addFaults(MAPPER.readTree(body));
                    yield json(200, faults());
                }
                case "DELETE faults" -> {
                    core.faults().clear();
                    yield json(200, faults());
                }
                case "POST accounts" -> {
                    changeAccount(MAPPER.readTree(body));
                    yield json(200, NODES.objectNode().put("success", true));
                }
                default -> error(404, "no such route: " + method + " " + PREFIX + path);
            };
        } catch (IllegalArgumentException | JacksonException e) {
            return error(400, String.valueOf(e.getMessage()));
        }
    }

    private ObjectNode state() {
        var state = NODES.objectNode();
        state.set("counters", counters());
        state.set("faults", faults());
        state.put("objectsEverStored", core.world().stored());
        state.put("time", clock.instant().toString());
        return state;
    }

    private ArrayNode requests() {
        var all = NODES.arrayNode();
        log.entries().forEach(entry -> all.addObject().put("at", entry.at().toString()).put("method", entry.method())
                .put("path", entry.path()).put("traceparent", entry.traceparent()));
        return all;
    }

    private ObjectNode counters() {
        var counted = core.counters();
        var node = NODES.objectNode().put("calls", counted.calls()).put("unanswered", counted.unanswered());
        var operations = node.putObject("operations");
        counted.operations().forEach((kind, count) -> operations.put(kind.name(), count));
        var errors = node.putObject("errors");
        counted.errors().forEach((code, count) -> errors.put(Integer.toString(code), count));
        return node;
    }

    private ArrayNode faults() {
        var list = NODES.arrayNode();
        core.faults().list()
                .forEach(each -> list.addObject().put("fault", each.fault().toString()).put("seen", each.seen()).put(
                        "fired", each.fired()));
        return list;
    }

    private void addFaults(JsonNode json) {
        var faults = json.isArray() ? json.valueStream().map(FaultJson::fault).toList()
                : List.of(FaultJson.fault(json));
        faults.forEach(core.faults()::add);
    }

    private void changeAccount(JsonNode json) {
        var account = json.path("account").asString("");
        if (account.isEmpty()) {
            throw new IllegalArgumentException("account is needed");
        }
        if (json.has("status")) {
            core.world().accountStatus(account, json.path("status").asInt(1));
        }
        if (json.has("currency") || json.has("timeZone")) {
            var place = core.world().place(account);
            core.world().place(account, AccountPlace.of(json.path("currency").asString(place.currency().name()),
                    json.path("timeZone").asString(place.timeZone().getId())));
        }
        if (json.has("mutationsPerSecondMax")) {
            core.world().mutationsPerSecondMax(account, json.path("mutationsPerSecondMax").asInt(0));
        }
        if (json.path("liftLimits").asBoolean(false)) {
            core.world().liftLimits(account);
        }
    }

    private ObjectNode campaigns(Map<String, String> query) {
        var account = needed(query, "account");
        var name = query.get("name");
        var world = core.world();
        var answer = NODES.objectNode();
        var list = answer.putArray("campaigns");
        for (var campaign : name == null ? world.campaigns(account) : world.campaigns(account, name)) {
            var adSets = world.adSets(campaign.id());
            var ads = world.ads(campaign.id());
            var node = node(campaign).put("adSetCount", adSets.size()).put("adCount", ads.size());
            if ("true".equals(query.get("children"))) {
                var setNodes = node.putArray("adSets");
                adSets.forEach(each -> setNodes.add(node(each)));
                var adNodes = node.putArray("ads");
                ads.forEach(each -> adNodes.add(node(each)));
            }
            list.add(node);
        }
        if (name != null) {
            var count = world.count(account, name);
            answer.putObject("count").put("campaigns", count.campaigns()).put("adSets", count.adSets())
                    .put("ads", count.ads())
                    .put("duplicates", count.duplicates());
        }
        return answer;
    }

    private ArrayNode images(Map<String, String> query) {
        var all = NODES.arrayNode();
        core.world().images(needed(query, "account")).forEach(image -> all.addObject().put("hash", image.hash())
                .put("name", image.name()).put("bytes", image.bytes()));
        return all;
    }

    private ArrayNode videos(Map<String, String> query) {
        var all = NODES.arrayNode();
        core.world().videos(needed(query, "account")).forEach(video -> all.addObject().put("id", video.id())
                .put("title", video.title()).put("size", video.size()).put("received", video.received())
                .put("sha256", video.sha256()).put("status", video.status().name()));
        return all;
    }

    private ObjectNode object(Map<String, String> query) {
        var id = needed(query, "id");
        return node(
                core.world().object(id).orElseThrow(() -> new IllegalArgumentException("there is no object " + id)));
    }

    private static ObjectNode node(Existing object) {
        var node = NODES.objectNode().put("id", object.id()).put("kind", object.kind().name())
                .put("name", object.name()).put(
                        "status", object.status())
                .put("effectiveStatus", object.effectiveStatus()).put("accountId", object.accountId());
        var optional = new LinkedHashMap<String, String>();
        if (object.campaignId() != null) {
            optional.put("campaignId", object.campaignId());
        }
        if (object.adSetId() != null) {
            optional.put("adSetId", object.adSetId());
        }
        optional.forEach(node::put);
        var labels = node.putArray("labels");
        object.labels().forEach(labels::add);
        return node.put("createdTime", object.createdTime().toString());
    }

    private static String needed(Map<String, String> query, String name) {
        var value = query.get(name);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException(name + " is needed");
        }
        return value;
    }

    static SimReply error(int status, String message) {
        return json(status, NODES.objectNode().put("error", message));
    }

    private static SimReply json(int status, JsonNode node) {
        return new SimReply(status, Map.of(), new SimReply.Body.Json(node), Duration.ZERO, Fate.ANSWERED);
    }
}
