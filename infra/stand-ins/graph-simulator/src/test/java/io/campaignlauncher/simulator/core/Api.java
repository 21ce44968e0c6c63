package io.campaignlauncher.simulator.core;

import io.campaignlauncher.standin.Fate;
import io.campaignlauncher.standin.RequestParts.Upload;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A client for tests: calls the core directly on a time of its own. */
final class Api {

    static final String TOKEN = "good-token";
    static final String ACCOUNT = "act_1001";

    final GraphSimulator simulator;
    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    String token = TOKEN;

    Api() {
        this(GraphRules.DEFAULTS);
    }

    Api(GraphRules rules) {
        simulator = new GraphSimulator(rules, new SplittableRandom(7));
        simulator.advance(now);
    }

    void passes(Duration time) {
        now = now.plus(time);
        simulator.advance(now);
    }

    SimReply get(String path, String... parameters) {
        return simulator.handle(SimRequest.get(token, path, map(parameters)), now);
    }

    SimReply post(String path, Map<String, String> parameters) {
        return simulator.handle(SimRequest.post(token, path, parameters), now);
    }

    SimReply post(String path, String... parameters) {
        return post(path, map(parameters));
    }

    /** An image as a file of its own. */
    SimReply upload(String account, String fileName, byte[] image) {
        return simulator.handle(new SimRequest("POST", account + "/adimages", Map.of(),
                Map.of("filename", new Upload(fileName, image)), token, "http://here"), now);
    }

    /** Of an image that was just uploaded. */
    static String hash(SimReply upload) {
        return upload.json().path("images").valueStream().findFirst().orElseThrow().path("hash").asString();
    }

    SimReply delete(String path) {
        return simulator.handle(SimRequest.delete(token, path), now);
    }

    /** A batch of elements as written by {@link #operation}. */
    SimReply batch(String... operations) {
        return simulator.handle(SimRequest.batch(token, "[" + String.join(",", operations) + "]"), now);
    }

    String campaign(String name, String... more) {
        return id(post(ACCOUNT + "/campaigns", campaignOf(name, more)));
    }

    String adSet(String campaign, String name, String... more) {
        return id(post(ACCOUNT + "/adsets", adSetOf(campaign, name, more)));
    }

    String ad(String adSet, String name, String... more) {
        return id(post(ACCOUNT + "/ads", adOf(adSet, name, more)));
    }

    static Map<String, String> campaignOf(String name, String... more) {
        return with(map("name", name, "objective", "OUTCOME_SALES", "special_ad_categories", "[]", "status", "PAUSED",
                "is_adset_budget_sharing_enabled", "false"), more);
    }

    static Map<String, String> adSetOf(String campaign, String name, String... more) {
        return with(map("name", name, "campaign_id", campaign, "billing_event", "IMPRESSIONS", "optimization_goal",
                "OFFSITE_CONVERSIONS", "targeting", "{\"geo_locations\":{\"countries\":[\"US\"]}}", "daily_budget",
                "2000",
                "promoted_object", "{\"pixel_id\":\"2000000001\",\"custom_event_type\":\"PURCHASE\"}", "status",
                "PAUSED"),
                more);
    }

    static Map<String, String> adOf(String adSet, String name, String... more) {
        return with(map("name", name, "adset_id", adSet, "creative",
                "{\"object_story_spec\":{\"page_id\":\"1000000001\",\"link_data\":{\"link\":\"https://example.com\",\"message\":"
                        + "\"Hello\"}}}",
                "status", "PAUSED"), more);
    }

    /** Overrides parameters; the value "-" removes one. */
    static Map<String, String> with(Map<String, String> base, String... more) {
        var result = new LinkedHashMap<>(base);
        map(more).forEach((name, value) -> {
            if (value.equals("-")) {
                result.remove(name);
            } else {
                result.put(name, value);
            }
        });
        return result;
    }

    static Map<String, String> map(String... pairs) {
        var result = new LinkedHashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            result.put(pairs[i], pairs[i + 1]);
        }
        return result;
    }

    static String operation(String method, String path, Map<String, String> parameters, String name) {
        var encoded = parameters.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(),
                        StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var node = new HashMap<String, String>();
        node.put("method", method);
        node.put("relative_url", method.equals("POST") || encoded.isEmpty() ? path : path + "?" + encoded);
        if (method.equals("POST")) {
            node.put("body", encoded);
        }
        if (!name.isEmpty()) {
            node.put("name", name);
        }
        var json = Json.object();
        node.forEach(json::put);
        if (!name.isEmpty()) {
            json.put("omit_response_on_success", false);
        }
        return Json.write(json);
    }

    /** An ad set and its ad, as one branch of a launch is made. */
    SimReply branch(String campaign, String name) {
        return batch(branchOf(campaign, name));
    }

    static String[] branchOf(String campaign, String name) {
        return new String[]{ operation("POST", ACCOUNT + "/adsets", adSetOf(campaign, name), "set"),
            operation("POST", ACCOUNT
                    + "/ads", adOf("{result=set:$.id}", name), "") };
    }

    static String id(SimReply reply) {
        if (reply.status() != 200 || !reply.json().has("id")) {
            throw new AssertionError("no id in " + reply.status() + " " + reply.json());
        }
        return reply.json().path("id").asString();
    }

    static JsonNode error(SimReply reply) {
        return reply.json().path("error");
    }

    /** Code and subcode as {@code 100/33}; {@code 100} without one; {@code ok} where there is no error. */
    static String outcome(JsonNode body) {
        var error = body.path("error");
        return error.isMissingNode() ? "ok"
                : error.path("code").asInt() + (error.has("error_subcode") ? "/" + error.path(
                        "error_subcode").asInt() : "");
    }

    static String outcome(SimReply reply) {
        return reply.fate() == Fate.ANSWERED ? outcome(reply.json()) : reply.fate().name();
    }

    /** The outcomes of the elements of a batch's answer; {@code null} for a null one. */
    static List<String> outcomes(SimReply reply) {
        return reply.json().valueStream().map(each -> each.isNull() ? "null" : outcome(body(each))).toList();
    }

    static JsonNode body(JsonNode element) {
        return Json.read(element.path("body").asString());
    }

    /** The names on a page. */
    static List<String> names(SimReply reply) {
        return reply.json().path("data").valueStream().map(each -> each.path("name").asString("")).toList();
    }
}
