package io.campaignlauncher.telegram.simulator;

import io.campaignlauncher.standin.Reply;
import io.campaignlauncher.standin.RequestLog;
import io.campaignlauncher.standin.UrlEncoded;
import io.campaignlauncher.telegram.simulator.core.BotApi;
import io.campaignlauncher.telegram.simulator.core.Membership;
import io.campaignlauncher.telegram.simulator.core.Rights;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Routes under {@code /_simulator/}: what exists, counters, faults, the clock, and what people do. */
final class ControlRoutes {

    private static final String PREFIX = "/_simulator";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final BotApi api;
    private final MovableClock clock;
    private final RequestLog log;

    ControlRoutes(BotApi api, MovableClock clock, RequestLog log) {
        this.api = api;
        this.clock = clock;
        this.log = log;
    }

    /** Whether they are asked for, and not the Bot API. */
    static boolean areAt(String uri) {
        return uri.startsWith(PREFIX);
    }

    Reply handle(String method, String uri, byte[] body) {
        api.advance(clock.instant());
        int question = uri.indexOf('?');
        var path = uri.substring(PREFIX.length(), question < 0 ? uri.length() : question).replace("/", "");
        var query = question < 0 ? Map.<String, String>of() : UrlEncoded.decode(uri.substring(question + 1));
        try {
            return switch (method) {
                case "GET" -> read(path, query);
                case "POST" -> change(path, MAPPER.readTree(body));
                case "DELETE" -> remove(path, query);
                default -> error(404, "no such route: " + method + " " + PREFIX + "/" + path);
            };
        } catch (IllegalArgumentException | NullPointerException | JacksonException e) {
            return error(400, String.valueOf(e.getMessage()));
        }
    }

    private Reply read(String path, Map<String, String> query) {
        return switch (path) {
            case "", "state" -> json(state());
            case "chats" -> json(api.world().asJson(needed(query, "chat")));
            case "counters" -> json(counters());
            case "requests" -> json(requests());
            case "faults" -> json(faults());
            default -> error(404, "no such route: GET " + PREFIX + "/" + path);
        };
    }

    private Reply change(String path, JsonNode json) {
        var world = api.world();
        switch (path) {
            case "faults" -> {
                var faults = json.isArray() ? json.valueStream().map(FaultJson::fault).toList()
                        : List.of(FaultJson.fault(json));
                faults.forEach(api.faults()::add);
                return json(faults());
            }
            case "clock" -> {
                clock.forward(Duration.ofMillis((long) (json.path("seconds").asDouble(0) * 1000)));
                api.advance(clock.instant());
                return json(state());
            }
            case "posts" -> {
                var chat = needed(json, "chat");
                var text = needed(json, "text");
                int id = json.path("byBot").asBoolean(false) ? world.otherBotPosts(chat, text)
                        : world.personPosts(chat, text);
                return json(NODES.objectNode().put("messageId", id));
            }
            case "bots" -> world.addBot(needed(json, "token"), needed(json, "username"));
            case "people" -> world.addPerson(number(json, "id"), json.path("name").asString("Somebody"),
                    json.hasNonNull("personalChat") ? json.path("personalChat").asString("") : null);
            case "channels" -> world.addChannel(number(json, "id"),
                    json.hasNonNull("username") ? json.path("username").asString("") : null, needed(json, "title"));
            case "members" ->
                world.setMembership(needed(json, "chat"), number(json, "userId"), membership(json));
            case "protection" ->
                world.setProtected(needed(json, "chat"), json.path("protected").asBoolean(true));
            case "auto-delete" -> world.setAutoDelete(needed(json, "chat"), json.path("seconds").asInt(0));
            case "tokens" -> world.setRevoked(number(json, "botId"), json.path("revoked").asBoolean(true));
            case "edits" ->
                world.personEdits(needed(json, "chat"), (int) number(json, "messageId"), needed(json, "text"));
            case "pins" -> world.personPins(needed(json, "chat"), (int) number(json, "messageId"));
            case "files" ->
                world.addWebFile(needed(json, "url"), Base64.getDecoder().decode(needed(json, "base64")));
            default -> {
                return error(404, "no such route: POST " + PREFIX + "/" + path);
            }
        }
        return done();
    }

    private Reply remove(String path, Map<String, String> query) {
        switch (path) {
            case "faults" -> api.faults().clear();
            case "posts" ->
                api.world().personDeletes(needed(query, "chat"), Integer.parseInt(needed(query, "messageId")));
            default -> {
                return error(404, "no such route: DELETE " + PREFIX + "/" + path);
            }
        }
        return done();
    }

    private static Membership membership(JsonNode json) {
        var rights = new Rights(json.path("post").asBoolean(false), json.path("edit").asBoolean(false),
                json.path("delete").asBoolean(false));
        return new Membership(Membership.Status.valueOf(needed(json, "status").toUpperCase(Locale.ROOT)), rights);
    }

    private ObjectNode state() {
        var state = NODES.objectNode();
        state.put("time", clock.instant().toString());
        state.set("counters", counters());
        state.set("faults", faults());
        var channels = state.putArray("channels");
        api.world().channels().forEach(channels::add);
        return state;
    }

    private ObjectNode counters() {
        var counted = api.counters();
        var node = NODES.objectNode().put("requests", counted.requests()).put("unanswered", counted.unanswered());
        var calls = node.putObject("calls");
        counted.calls().forEach((method, chats) -> {
            var byChat = calls.putObject(method.wireName());
            chats.forEach(byChat::put);
        });
        var errors = node.putObject("errors");
        counted.errors().forEach((code, count) -> errors.put(Integer.toString(code), count));
        return node;
    }

    private ArrayNode requests() {
        var all = NODES.arrayNode();
        log.entries().forEach(entry -> all.addObject().put("at", entry.at().toString()).put("method", entry.method())
                .put("path", entry.path()).put("traceparent", entry.traceparent()));
        return all;
    }

    private ArrayNode faults() {
        var list = NODES.arrayNode();
        api.faults().list().forEach(each -> list.addObject().put("fault", each.fault().toString())
                .put("seen", each.seen()).put("fired", each.fired()));
        return list;
    }

    private static String needed(JsonNode json, String name) {
        return needed(json.hasNonNull(name) ? Map.of(name, json.path(name).asString("")) : Map.of(), name);
    }

    private static long number(JsonNode json, String name) {
        if (!json.path(name).canConvertToLong()) {
            throw new IllegalArgumentException(name + " must be a whole number");
        }
        return json.path(name).asLong();
    }

    private static String needed(Map<String, String> query, String name) {
        var value = query.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException(name + " is needed");
        }
        return value;
    }

    private static Reply done() {
        return json(NODES.objectNode().put("success", true));
    }

    private static Reply error(int status, String message) {
        return Reply.json(status, MAPPER.writeValueAsBytes(NODES.objectNode().put("error", message)));
    }

    private static Reply json(JsonNode node) {
        return Reply.json(200, MAPPER.writeValueAsBytes(node));
    }
}
