package io.campaignlauncher.access.http;

import io.campaignlauncher.access.model.Quota;
import io.campaignlauncher.telemetry.TraceSpan;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer that is no success, {@code application/problem+json}. Expected, so it carries no stack trace; says nothing that the
 * caller sent but names of fields. Services add what is theirs.
 */
public class HttpProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final HttpStatus status;
    private final String title;
    private final transient List<Mistake> errors;
    private final @Nullable Duration retryAfter;
    private final transient @Nullable Quota quota;

    /** What is wrong with one field. */
    public record Mistake(String field, String message) {}

    /** @param retryAfter when it may go better; null: not said */
    protected HttpProblem(HttpStatus status, String title, String detail, List<Mistake> errors,
            @Nullable Duration retryAfter) {
        this(status, title, detail, errors, retryAfter, null);
    }

    private HttpProblem(HttpStatus status, String title, String detail, List<Mistake> errors,
            @Nullable Duration retryAfter, @Nullable Quota quota) {
        super(detail, null, false, false);
        this.status = status;
        this.title = title;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
        this.quota = quota;
    }

    protected HttpProblem(HttpStatus status, String title, String detail) {
        this(status, title, detail, List.of(), null);
    }

    /** The same, as a problem of a service. */
    protected HttpProblem(HttpProblem same) {
        this(same.status, same.title, same.detail(), same.errors, same.retryAfter, same.quota);
    }

    public static HttpProblem mistakes(List<Mistake> errors) {
        return new HttpProblem(HttpStatus.BAD_REQUEST, "The request breaks rules",
                errors.size() == 1 ? "One mistake was found." : errors.size() + " mistakes were found.", errors, null);
    }

    public static HttpProblem noJsonObject(String detail) {
        return new HttpProblem(HttpStatus.BAD_REQUEST, "The body is no JSON object", detail);
    }

    public static HttpProblem bodyBeyond(int bytesMax) {
        return new HttpProblem(HttpStatus.CONTENT_TOO_LARGE, "The request is too large",
                "It may have at most " + bytesMax + " bytes.");
    }

    public static HttpProblem nobodyKnown() {
        return new HttpProblem(HttpStatus.UNAUTHORIZED, "Nobody known asks",
                "Send Authorization: Bearer with an access token or an API key that is still good.");
    }

    public static HttpProblem notAllowed(String detail) {
        return notAllowed(detail, List.of());
    }

    /** @param errors fields that say what who asks may not */
    public static HttpProblem notAllowed(String detail, List<Mistake> errors) {
        return new HttpProblem(HttpStatus.FORBIDDEN, "Not allowed", detail, errors, null);
    }

    /** @param retryAfter when there is one more of the quota */
    public static HttpProblem tooMany(Quota quota, Duration retryAfter) {
        return new HttpProblem(HttpStatus.TOO_MANY_REQUESTS, "Too many requests",
                "Try again later; Retry-After says when.", List.of(), retryAfter, quota);
    }

    /** Because of what is under way already, and not of how often somebody asks. */
    public static HttpProblem tooManyAtOnce(String detail, Duration retryAfter) {
        return new HttpProblem(HttpStatus.TOO_MANY_REQUESTS, "Too many at once", detail, List.of(), retryAfter);
    }

    /** What is not there, or is not for whoever asks. @param title such as "No such user" */
    public static HttpProblem noSuch(String title) {
        return new HttpProblem(HttpStatus.NOT_FOUND, title, "Nothing that you may see has this id.");
    }

    public static HttpProblem noAddress() {
        return new HttpProblem(HttpStatus.NOT_FOUND, "No such address", "Nothing answers this method and path.");
    }

    public static HttpProblem notNow(String detail) {
        return new HttpProblem(HttpStatus.SERVICE_UNAVAILABLE, "Not possible at the moment", detail);
    }

    /** Nothing was done with the request. @param retryAfter when another instance, or a new one, answers */
    static HttpProblem leaving(Duration retryAfter) {
        return new HttpProblem(HttpStatus.SERVICE_UNAVAILABLE, "This instance is stopping",
                "Nothing was done; send the request again.", List.of(), retryAfter);
    }

    public static HttpProblem brokenHere() {
        return new HttpProblem(HttpStatus.INTERNAL_SERVER_ERROR, "Something is broken here",
                "The mistake is not in the request.");
    }

    public final HttpStatus status() {
        return status;
    }

    public final String title() {
        return title;
    }

    public final String detail() {
        return String.valueOf(getMessage());
    }

    public final void headers(HttpHeaders headers) {
        if (retryAfter != null) {
            long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
            headers.set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
            if (quota != null) {
                // Of draft-ietf-httpapi-ratelimit-headers-10.
                headers.set("RateLimit-Policy", "\"%s\";q=%d;w=%d".formatted(quota.name(), quota.requests(),
                        Math.max(1, quota.within().toSeconds())));
                headers.set("RateLimit", "\"%s\";r=0;t=%d".formatted(quota.name(), seconds));
            }
        }
        if (status == HttpStatus.UNAUTHORIZED) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
    }

    /** As JSON, with the trace where there is one. */
    public final byte[] body(TraceSpan span) {
        var body = new LinkedHashMap<String, Object>();
        body.put("title", title);
        body.put("status", status.value());
        body.put("detail", detail());
        body.put("errors", errors);
        if (span.traceId() != null) {
            body.put("traceId", span.traceId());
        }
        return MAPPER.writeValueAsBytes(body);
    }
}
