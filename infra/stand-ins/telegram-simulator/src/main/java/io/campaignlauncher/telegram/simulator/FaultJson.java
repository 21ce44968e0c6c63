package io.campaignlauncher.telegram.simulator;

import io.campaignlauncher.standin.Commit;
import io.campaignlauncher.standin.Fate;
import io.campaignlauncher.standin.Occasions;
import io.campaignlauncher.telegram.simulator.core.ApiMethod;
import io.campaignlauncher.telegram.simulator.core.Fault;
import io.campaignlauncher.telegram.simulator.core.FaultEffect;
import io.campaignlauncher.telegram.simulator.core.FaultEffect.Damage;
import io.campaignlauncher.telegram.simulator.core.FaultEffect.Loss;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Faults as JSON; {@code docs/telegram-simulator.md} has the table. */
final class FaultJson {

    /** The names of the effects. */
    enum Kind {
        ANSWER_LOST, SWALLOWED, COMMITTED_LATE, SILENCE, TOO_MANY_REQUESTS, RESTART, UNAUTHORIZED, LOGGED_OUT,
        GATEWAY_PAGE, GATEWAY_JSON, EMPTY_BODY, HALF_JSON, HALF_SENT, MESSAGE_ID_ZERO, REFUSED, SLOW, OTHERS_POST,
        POST_REMOVED, BOT_LOSES, CONTENT_PROTECTED, HIDDEN, READ_REFUSED
    }

    private FaultJson() {}

    /** @throws IllegalArgumentException when it is not a fault */
    static Fault fault(JsonNode json) {
        return new Fault(ApiMethod.group(json.path("on").asString("sends")), text(json, "chat"),
                text(json, "textContains"),
                new Occasions(json.path("from").asInt(1), json.path("times").asInt(0),
                        json.path("probability").asDouble(1)),
                effect(json));
    }

    private static FaultEffect effect(JsonNode json) {
        return switch (kind(json)) {
            case ANSWER_LOST -> new FaultEffect.NoAnswer(commit(json), fate(json, Fate.CONNECTION_CLOSED));
            case SWALLOWED -> new FaultEffect.NoAnswer(Commit.never(), fate(json, Fate.SILENCE));
            case COMMITTED_LATE -> new FaultEffect.NoAnswer(Commit.after(seconds(json, 30)), fate(json, Fate.SILENCE));
            case SILENCE -> new FaultEffect.NoAnswer(commit(json), Fate.SILENCE);
            case TOO_MANY_REQUESTS ->
                FaultEffect.tooManyRequests(commit(json), json.path("retryAfterSeconds").asInt(5));
            case RESTART -> FaultEffect.restart(commit(json));
            case UNAUTHORIZED -> FaultEffect.unauthorized(commit(json));
            case LOGGED_OUT -> FaultEffect.loggedOut(commit(json));
            case GATEWAY_PAGE -> FaultEffect.gatewayPage(commit(json), json.path("status").asInt(502));
            case GATEWAY_JSON -> FaultEffect.gatewayJson(commit(json));
            case EMPTY_BODY -> FaultEffect.emptyBody(commitOr(json, Commit.never()), json.path("status").asInt(413));
            case HALF_JSON -> new FaultEffect.Damaged(Damage.HALF_JSON);
            case HALF_SENT -> new FaultEffect.Damaged(Damage.HALF_SENT);
            case MESSAGE_ID_ZERO -> new FaultEffect.Damaged(Damage.MESSAGE_ID_ZERO);
            case REFUSED -> new FaultEffect.Refused(commitOr(json, Commit.never()), json.path("code").asInt(400),
                    json.path("description").asString("Bad Request: chat not found"),
                    json.hasNonNull("retryAfterSeconds") ? json.path("retryAfterSeconds").asInt(1) : null);
            case SLOW -> new FaultEffect.Slow(seconds(json, 1));
            case OTHERS_POST -> new FaultEffect.OthersPost(json.path("count").asInt(1),
                    json.path("byBot").asBoolean(false), json.path("deletedThen").asBoolean(false));
            case POST_REMOVED -> new FaultEffect.PostRemoved(seconds(json, 0));
            case BOT_LOSES -> new FaultEffect.BotLoses(Loss.valueOf(json.path("loss").asString("POSTING")));
            case CONTENT_PROTECTED -> new FaultEffect.ContentProtected();
            case HIDDEN -> new FaultEffect.HiddenFor(seconds(json, 5));
            case READ_REFUSED -> new FaultEffect.ReadRefused();
        };
    }

    private static Kind kind(JsonNode json) {
        try {
            return Kind.valueOf(json.path("kind").asString(""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("kind: no kind of fault: " + json.path("kind"), e);
        }
    }

    private static Duration seconds(JsonNode json, double otherwise) {
        return Duration.ofNanos((long) (json.path("seconds").asDouble(otherwise) * 1e9));
    }

    private static Commit commit(JsonNode json) {
        return commitOr(json, Commit.atOnce());
    }

    /** {@code "NEVER"}, {@code "AT_ONCE"} or seconds. */
    private static Commit commitOr(JsonNode json, Commit otherwise) {
        var given = json.path("commit");
        if (given.isNumber()) {
            return Commit.after(Duration.ofNanos((long) (given.asDouble() * 1e9)));
        }
        return switch (given.asString("")) {
            case "" -> otherwise;
            case "AT_ONCE" -> Commit.atOnce();
            case "NEVER" -> Commit.never();
            default -> throw new IllegalArgumentException("commit must be NEVER, AT_ONCE or seconds");
        };
    }

    private static Fate fate(JsonNode json, Fate otherwise) {
        var given = text(json, "fate");
        return given == null ? otherwise : Fate.valueOf(given);
    }

    private static @Nullable String text(JsonNode json, String name) {
        return json.hasNonNull(name) ? json.path(name).asString("") : null;
    }
}
