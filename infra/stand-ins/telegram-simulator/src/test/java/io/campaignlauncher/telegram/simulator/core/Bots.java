package io.campaignlauncher.telegram.simulator.core;

import io.campaignlauncher.standin.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A bot in a channel, and a log, on virtual time. */
final class Bots {

    static final String TOKEN = "1:test";
    static final String CHANNEL = "-1001";
    static final String LOG = "-1002";
    static final String MARKER = "https://ads.example/t/1";

    final BotApi api;
    Instant now = Instant.parse("2026-01-01T00:00:00Z");

    Bots(TelegramRules rules, long seed) {
        api = new BotApi(rules, new SplittableRandom(seed));
        api.advance(now);
        api.world().addBot(TOKEN, "a_bot");
        for (var chat : new String[]{ CHANNEL, LOG }) {
            api.world().addChannel(Long.parseLong(chat), null, "Channel");
            api.world().setMembership(chat, 1, Membership.administrator(Rights.POST));
        }
    }

    Bots() {
        this(TelegramRules.DEFAULTS.withoutLimits(), 42);
    }

    void pass(Duration time) {
        now = now.plus(time);
        api.advance(now);
    }

    Reply call(String method, String... namesAndValues) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return api.handle(BotRequest.of(TOKEN, method, parameters), now);
    }

    Reply send() {
        return call("sendMessage", "chat_id", CHANNEL, "text", "An offer", "entities",
                "[{\"type\":\"text_link\",\"offset\":3,\"length\":5,\"url\":\"" + MARKER + "\"}]");
    }

    String probe(int id) {
        return description(call("editMessageLiveLocation", "chat_id", CHANNEL, "message_id", String.valueOf(id),
                "latitude", "0", "longitude", "0"));
    }

    int marked() {
        return api.world().marked(CHANNEL, MARKER).size();
    }

    static JsonNode json(Reply reply) {
        return JsonMapper.shared().readTree(reply.body());
    }

    static int id(Reply reply) {
        return json(reply).path("result").path("message_id").asInt(-1);
    }

    static String description(Reply reply) {
        return json(reply).path("description").asString("");
    }
}
