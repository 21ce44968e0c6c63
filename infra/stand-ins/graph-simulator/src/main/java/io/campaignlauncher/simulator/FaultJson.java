package io.campaignlauncher.simulator;

import io.campaignlauncher.simulator.core.EncodingEnd;
import io.campaignlauncher.simulator.core.Fault;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import io.campaignlauncher.simulator.core.RateLimit;
import io.campaignlauncher.standin.Commit;
import io.campaignlauncher.standin.Fate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Faults as JSON; the README of this module has the table. */
final class FaultJson {

    /** The names of the effects. */
    enum Kind {
        REPLY_LOST, REQUEST_LOST, TIMEOUT, COMMITTED_LATE, HTML_PAGE, SLOW, SERVER_ERROR, ERROR_AT_200, NULL_ELEMENT,
        ABORTED,
        BATCH_CUT_SHORT, SILENT_FAILURE, REFUSED, TOO_MUCH_DATA, RATE_LIMITED, USAGE_RISING, USAGE_OF_OTHERS,
        USAGE_INSIDE_ONLY,
        TOKEN_REFUSED, ACCOUNT_TURNS,
        POLICY_BLOCK,
        REVIEWED, UNKNOWN_STATUS, EDGE_LAG, HIDDEN_BY_ID, CREATIVE_REUSED,
        CHUNK_CUT, SESSION_EXPIRED, ENCODING_SLOW, ENCODING_FAILS, ENCODING_STUCK
    }

    private FaultJson() {}

    /** @throws IllegalArgumentException when it is not a fault */
    static Fault fault(JsonNode json) {
        return new Fault(FaultTarget.valueOf(json.path("on").asString("ANY")), text(json, "account"), text(json,
                "nameContains"), json.path("from").asInt(1), json.path("times").asInt(0),
                json.path("probability").asDouble(1),
                effect(json));
    }

    private static FaultEffect effect(JsonNode json) {
        return switch (Kind.valueOf(json.path("kind").asString(""))) {
            case REPLY_LOST -> new FaultEffect.NoAnswer(Commit.atOnce(), fate(json, Fate.CONNECTION_CLOSED));
            case REQUEST_LOST -> new FaultEffect.NoAnswer(Commit.never(), fate(json, Fate.CONNECTION_CLOSED));
            case TIMEOUT -> new FaultEffect.NoAnswer(commit(json), fate(json, Fate.SILENCE));
            case COMMITTED_LATE -> new FaultEffect.NoAnswer(Commit.after(seconds(json, 30)), fate(json, Fate.SILENCE));
            case HTML_PAGE -> new FaultEffect.HtmlPage(commit(json), json.path("status").asInt(500));
            case SLOW -> new FaultEffect.Slow(seconds(json, 1));
            case SERVER_ERROR -> new FaultEffect.ServerError(commit(json));
            case ERROR_AT_200 -> new FaultEffect.ErrorAt200(commit(json));
            case NULL_ELEMENT -> new FaultEffect.NullElement(commit(json));
            case ABORTED -> new FaultEffect.Aborted(commit(json));
            case BATCH_CUT_SHORT -> new FaultEffect.BatchCutShort(commit(json));
            case SILENT_FAILURE -> new FaultEffect.SilentFailure();
            case REFUSED -> new FaultEffect.Refused(json.path("status").asInt(400), json.path("code").asInt(100),
                    json.has(
                            "subcode") ? json.path("subcode").asInt(0) : null,
                    json.path("message").asString("Invalid parameter"), json.path("isTransient").asBoolean(false));
            case TOO_MUCH_DATA -> new FaultEffect.TooMuchData(json.path("itemsMax").asInt(100), text(json, "edge"));
            case RATE_LIMITED ->
                new FaultEffect.RateLimited(RateLimit.valueOf(json.path("limit").asString("ACCOUNT_CALLS")),
                        seconds(json, 60));
            case USAGE_RISING -> new FaultEffect.UsageRising(json.path("percentStep").asDouble(10), seconds(json, 300));
            case USAGE_OF_OTHERS -> new FaultEffect.UsageOfOthers(seconds(json, 900));
            case USAGE_INSIDE_ONLY -> new FaultEffect.UsageInsideOnly();
            case TOKEN_REFUSED -> new FaultEffect.TokenRefused(json.path("subcode").asInt(463));
            case ACCOUNT_TURNS -> new FaultEffect.AccountTurns(json.path("accountStatus").asInt(2));
            case POLICY_BLOCK -> new FaultEffect.PolicyBlock(seconds(json, 3600));
            case REVIEWED ->
                new FaultEffect.Reviewed(json.path("effectiveStatus").asString("DISAPPROVED"), seconds(json, 0));
            case UNKNOWN_STATUS ->
                new FaultEffect.UnknownStatus(json.path("effectiveStatus").asString("NOT_SEEN_BEFORE"));
            case EDGE_LAG -> new FaultEffect.EdgeLag(seconds(json, 5));
            case HIDDEN_BY_ID -> new FaultEffect.HiddenById(seconds(json, 2));
            case CREATIVE_REUSED -> new FaultEffect.CreativeReused();
            case CHUNK_CUT -> new FaultEffect.ChunkCut(json.path("percent").asInt(50));
            case SESSION_EXPIRED -> new FaultEffect.SessionExpired();
            case ENCODING_SLOW -> new FaultEffect.Encoding(seconds(json, 60), EncodingEnd.READY);
            case ENCODING_FAILS -> new FaultEffect.Encoding(seconds(json, 1), EncodingEnd.ERROR);
            case ENCODING_STUCK -> new FaultEffect.Encoding(Duration.ZERO, EncodingEnd.NEVER);
        };
    }

    private static Duration seconds(JsonNode json, double otherwise) {
        return Duration.ofNanos((long) (json.path("seconds").asDouble(otherwise) * 1e9));
    }

    /** {@code "NEVER"}, {@code "AT_ONCE"} (the default) or seconds. */
    private static Commit commit(JsonNode json) {
        var given = json.path("commit");
        if (given.isNumber()) {
            return Commit.after(Duration.ofNanos((long) (given.asDouble() * 1e9)));
        }
        return switch (given.asString("AT_ONCE")) {
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
