package io.campaignlauncher.telegram.simulator.core;

import io.campaignlauncher.standin.Fate;
import io.campaignlauncher.standin.Reply;
import io.campaignlauncher.telegram.simulator.core.FaultEffect.Damage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers as they look on the wire. */
final class Replies {

    private static final byte[] NOTHING = {};

    private final Duration latency;

    Replies(Duration latency) {
        this.latency = latency;
    }

    Reply result(JsonNode result) {
        var body = Json.object().put("ok", true);
        body.set("result", result);
        return json(200, Map.of(), body);
    }

    Reply refused(Refusal refusal) {
        var body = Json.object().put("ok", false).put("error_code", refusal.code).put("description", refusal
                .description());
        var seconds = refusal.retryAfterSeconds;
        if (seconds == null) {
            return json(refusal.code, Map.of(), body);
        }
        body.putObject("parameters").put("retry_after", seconds);
        return json(refusal.code, Map.of("Retry-After", String.valueOf(seconds)), body);
    }

    private Reply json(int status, Map<String, String> headers, ObjectNode body) {
        return new Reply(status, headers, "application/json", Json.MAPPER.writeValueAsBytes(body), latency,
                Fate.ANSWERED);
    }

    Reply page(FaultEffect.Page page) {
        return new Reply(page.status(), Map.of(), page.contentType(), page.body().getBytes(StandardCharsets.UTF_8),
                latency, Fate.ANSWERED);
    }

    Reply none(Fate fate) {
        return new Reply(0, Map.of(), "", NOTHING, latency, fate);
    }

    static Reply later(Reply reply, Duration by) {
        return new Reply(reply.status(), reply.headers(), reply.contentType(), reply.body(), reply.delay().plus(by),
                reply.fate());
    }

    static Reply damaged(Reply reply, Damage damage) {
        return switch (damage) {
            case HALF_SENT -> new Reply(reply.status(), reply.headers(), reply.contentType(), reply.body(),
                    reply.delay(), Fate.CUT_SHORT);
            case HALF_JSON -> new Reply(reply.status(), reply.headers(), reply.contentType(),
                    Arrays.copyOf(reply.body(), reply.body().length / 2), reply.delay(), reply.fate());
            case MESSAGE_ID_ZERO -> {
                var body = Json.MAPPER.readTree(reply.body());
                if (body.path("result") instanceof ObjectNode result && result.has("message_id")) {
                    result.put("message_id", 0);
                }
                yield new Reply(reply.status(), reply.headers(), reply.contentType(),
                        Json.MAPPER.writeValueAsBytes(body), reply.delay(), reply.fate());
            }
        };
    }
}
