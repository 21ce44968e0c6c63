package io.campaignlauncher.telegram.simulator.core;

import org.jspecify.annotations.Nullable;

/** An error of the API. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    final int code;
    final @Nullable Integer retryAfterSeconds;

    private Refusal(int code, String description, @Nullable Integer retryAfterSeconds) {
        super(description, null, false, false);
        this.code = code;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    String description() {
        return String.valueOf(getMessage());
    }

    static Refusal of(int code, String description, @Nullable Integer retryAfterSeconds) {
        return new Refusal(code, description, retryAfterSeconds);
    }

    static Refusal bad(String reason) {
        return new Refusal(400, "Bad Request: " + reason, null);
    }

    static Refusal forbidden(String reason) {
        return new Refusal(403, "Forbidden: " + reason, null);
    }

    static Refusal conflict(String reason) {
        return new Refusal(409, "Conflict: " + reason, null);
    }

    static Refusal unauthorized() {
        return new Refusal(401, "Unauthorized", null);
    }

    static Refusal notFound() {
        return new Refusal(404, "Not Found", null);
    }

    static Refusal noSuchMethod() {
        return new Refusal(404, "Not Found: method not found", null);
    }

    static Refusal tooManyRequests(int retryAfterSeconds) {
        return new Refusal(429, "Too Many Requests: retry after " + retryAfterSeconds, retryAfterSeconds);
    }
}
