package io.campaignlauncher.identity.http;

import io.campaignlauncher.telemetry.TraceSpan;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.json.JsonMapper;

/** An answer that is no success. Expected, so it carries no stack trace; says nothing that the caller sent but names of fields. */
final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final HttpStatus status;
    private final String title;
    private final transient List<Mistake> errors;
    private final @Nullable Duration retryAfter;

    /** What is wrong with one field. */
    record Mistake(String field, String message) {}

    private Problem(HttpStatus status, String title, String detail, List<Mistake> errors,
            @Nullable Duration retryAfter) {
        super(detail, null, false, false);
        this.status = status;
        this.title = title;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
    }

    private Problem(HttpStatus status, String title, String detail) {
        this(status, title, detail, List.of(), null);
    }

    static Problem badRequest(List<Mistake> errors) {
        return new Problem(HttpStatus.BAD_REQUEST, "The request breaks rules",
                errors.size() == 1 ? "One mistake was found." : errors.size() + " mistakes were found.", errors, null);
    }

    static Problem badRequest(String field, String message) {
        return badRequest(List.of(new Mistake(field, message)));
    }

    static Problem noJson() {
        return new Problem(HttpStatus.BAD_REQUEST, "The body is no JSON object", "It cannot be read.");
    }

    static Problem tooLarge(int bytesMax) {
        return new Problem(HttpStatus.CONTENT_TOO_LARGE, "The request is too large",
                "It may have at most " + bytesMax + " bytes.");
    }

    static Problem unauthenticated() {
        return new Problem(HttpStatus.UNAUTHORIZED, "Nobody known asks",
                "Send Authorization: Bearer with an access token or an API key that is still good.");
    }

    static Problem logInRefused() {
        return new Problem(HttpStatus.UNAUTHORIZED, "Log-in refused", "The name or the password is wrong.");
    }

    static Problem refreshRefused() {
        return new Problem(HttpStatus.UNAUTHORIZED, "Refresh refused",
                "The refresh token is not good, or not any more; log in again.");
    }

    static Problem forbidden(String detail) {
        return new Problem(HttpStatus.FORBIDDEN, "Not allowed", detail);
    }

    static Problem notFound(String title) {
        return new Problem(HttpStatus.NOT_FOUND, title, "Nothing that you may see has this id.");
    }

    static Problem conflict(String title, String detail) {
        return new Problem(HttpStatus.CONFLICT, title, detail);
    }

    static Problem tooMany(Duration retryAfter) {
        return new Problem(HttpStatus.TOO_MANY_REQUESTS, "Too many tries", "Try again later; Retry-After says when.",
                List.of(), retryAfter);
    }

    static Problem unavailable(String detail) {
        return new Problem(HttpStatus.SERVICE_UNAVAILABLE, "Not possible at the moment", detail);
    }

    static Problem broken() {
        return new Problem(HttpStatus.INTERNAL_SERVER_ERROR, "Something is broken here",
                "The mistake is not in the request.");
    }

    HttpStatus status() {
        return status;
    }

    void headers(HttpHeaders headers) {
        if (retryAfter != null) {
            headers.set(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, retryAfter.plusMillis(999).toSeconds())));
        }
        if (status == HttpStatus.UNAUTHORIZED) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
    }

    /** {@code application/problem+json}. */
    byte[] body(TraceSpan span) {
        var body = new LinkedHashMap<String, Object>();
        body.put("title", title);
        body.put("status", status.value());
        body.put("detail", String.valueOf(getMessage()));
        body.put("errors", errors);
        if (span.traceId() != null) {
            body.put("traceId", span.traceId());
        }
        return MAPPER.writeValueAsBytes(body);
    }
}
