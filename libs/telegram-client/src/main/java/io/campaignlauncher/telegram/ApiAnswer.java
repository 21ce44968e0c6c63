package io.campaignlauncher.telegram;

import io.campaignlauncher.sendonce.HttpAnswer;
import io.campaignlauncher.telemetry.PlainText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A complete HTTP answer, as the API means it. What is not exactly an answer of the API is {@link Unreadable}: a proxy's page, half of a
 * JSON text, an error whose code is not the status.
 */
sealed interface ApiAnswer {

    /** A yes, with what it says. */
    record Ok(JsonNode result) implements ApiAnswer {}

    /** A no. @param description as it came, with its prefix */
    record Error(int code, String description, @Nullable Duration retryAfter) implements ApiAnswer {}

    record Unreadable(int status, String what, @Nullable Duration retryAfter) implements ApiAnswer {}

    /** Longer ones are no times that anybody waits. */
    Duration RETRY_AFTER_MAX = Duration.ofDays(1);

    int DESCRIPTION_MAX = 500;

    JsonMapper MAPPER = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    static ApiAnswer of(HttpAnswer answer) {
        JsonNode body;
        try {
            body = MAPPER.readTree(answer.body());
        } catch (JacksonException e) {
            return unreadable(answer, "no JSON");
        }
        var ok = body.path("ok");
        var result = body.path("result");
        if (answer.status() == 200 && ok.isBoolean() && ok.booleanValue() && !result.isMissingNode()
                && !result.isNull()) {
            return new Ok(result);
        }
        var description = body.path("description");
        if (ok.isBoolean() && !ok.booleanValue() && body.path("error_code").asInt(0) == answer.status()
                && answer.status() >= 400 && description.isString()) {
            var told = body.path("parameters").path("retry_after");
            return new Error(answer.status(),
                    PlainText.cut(PlainText.oneLine(description.stringValue()), DESCRIPTION_MAX),
                    told.canConvertToLong() ? bounded(told.asLong()) : retryAfter(answer));
        }
        return unreadable(answer, "no answer of the API");
    }

    private static Unreadable unreadable(HttpAnswer answer, String what) {
        return new Unreadable(answer.status(), "HTTP " + answer.status() + ", " + what, retryAfter(answer));
    }

    private static @Nullable Duration retryAfter(HttpAnswer answer) {
        try {
            return bounded(Long.parseLong(answer.headers().getOrDefault("Retry-After", "").strip()));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Duration bounded(long seconds) {
        return seconds < 0 ? null : Duration.ofSeconds(Math.min(seconds, RETRY_AFTER_MAX.toSeconds()));
    }
}
