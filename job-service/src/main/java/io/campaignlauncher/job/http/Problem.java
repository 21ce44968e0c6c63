package io.campaignlauncher.job.http;

import io.campaignlauncher.access.http.HttpProblem;
import io.campaignlauncher.job.model.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** The problems of this service. */
final class Problem extends HttpProblem {

    private static final long serialVersionUID = 1L;
    private static final Duration SOON = Duration.ofSeconds(1);

    private Problem(HttpStatus status, String title, String detail) {
        super(status, title, detail);
    }

    private Problem(HttpStatus status, String title, String detail, List<Mistake> errors) {
        super(status, title, detail, errors, null);
    }

    private Problem(HttpStatus status, String title, String detail, List<Mistake> errors,
            @Nullable Duration retryAfter) {
        super(status, title, detail, errors, retryAfter);
    }

    private Problem(HttpProblem same) {
        super(same);
    }

    static Problem badRequest(List<Violation> errors) {
        return new Problem(mistakes(errors.stream().map(one -> new Mistake(one.field(), one.message())).toList()));
    }

    static Problem badRequest(String field, String message) {
        return badRequest(List.of(new Violation(field, message)));
    }

    static Problem noJson(String detail) {
        return new Problem(noJsonObject(detail));
    }

    /** @param field what who asks may not say */
    static Problem forbidden(String field, String message) {
        return new Problem(notAllowed("Who asks may not do this.", List.of(new Mistake(field, message))));
    }

    static Problem noSuchJob() {
        return new Problem(HttpStatus.NOT_FOUND, "No such job", "No job has this id.");
    }

    static Problem noSuchCredential() {
        return new Problem(HttpStatus.NOT_FOUND, "No such credential", "No credential is stored under this id.");
    }

    static Problem noSuchWebhook() {
        return new Problem(HttpStatus.NOT_FOUND, "No such webhook", "No webhook is registered under this id.");
    }

    static Problem tooManyWebhooks(int max) {
        return conflict("Too many webhooks", "Nobody can have more than " + max + "; delete one first.");
    }

    static Problem tooManySecrets(int max, Instant until) {
        return conflict("Too many secrets",
                "The webhook has " + max + " secrets that sign; the first of them ends at " + until + ".");
    }

    static Problem uselessToken(List<String> reasons) {
        return new Problem(HttpStatus.UNPROCESSABLE_CONTENT, "Nothing can be created with this token",
                "Facebook was asked about it; it is not stored.",
                reasons.stream().map(reason -> new Mistake("accessToken", reason)).toList());
    }

    static Problem credentialOfSomebodyElse() {
        return conflict("The id is taken", "Somebody else has stored a credential under this id; choose another.");
    }

    static Problem noSuchDeadLetter() {
        return new Problem(HttpStatus.NOT_FOUND, "No such dead letter", "No dead letter is at this place.");
    }

    static Problem noSuchSchema() {
        return new Problem(HttpStatus.NOT_FOUND, "No such schema", "No released schema has this fingerprint.");
    }

    static Problem noSuchKillSwitch(List<String> names) {
        return new Problem(HttpStatus.NOT_FOUND, "No such kill switch",
                "There are these: " + String.join(", ", names) + ".");
    }

    static Problem noSuchAddress() {
        return new Problem(noAddress());
    }

    static Problem conflict(String title, String detail) {
        return new Problem(HttpStatus.CONFLICT, title, detail);
    }

    /** @param differing parts of the preview */
    static Problem notAsShown(List<Violation> differing) {
        return new Problem(HttpStatus.CONFLICT, "The launch is not what its preview showed",
                "Nothing was launched. Look at a new preview.",
                differing.stream().map(one -> new Mistake(one.field(), one.message())).toList());
    }

    static Problem keyUsedOtherwise() {
        return conflict("The key was used for another request",
                "Send the same body as before, or another Idempotency-Key.");
    }

    static Problem tooLarge(int bytesMax) {
        return new Problem(bodyBeyond(bytesMax));
    }

    static Problem unknownEncoding() {
        return new Problem(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Only gzip is understood",
                "Send the body as it is, or with Content-Encoding: gzip.");
    }

    static Problem noFile() {
        return new Problem(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Only files are understood here",
                "Send the file as application/octet-stream, or as the CSV or XLSX that it is.");
    }

    /** @param taken what is taken here */
    static Problem otherType(String taken) {
        return new Problem(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Another type is needed", taken);
    }

    static Problem packed() {
        return new Problem(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Nothing packed is understood here",
                "Send the file as it is, without Content-Encoding.");
    }

    static Problem lengthNeeded() {
        return new Problem(HttpStatus.LENGTH_REQUIRED, "The length is needed first",
                "Send Content-Length, and not Transfer-Encoding: chunked.");
    }

    static Problem noSuchVideo(String detail) {
        return new Problem(HttpStatus.NOT_FOUND, "No such video", detail);
    }

    static Problem brokenOff(String detail) {
        return new Problem(HttpStatus.BAD_REQUEST, "The body broke off", detail);
    }

    /** @param errors for each account what Facebook says; empty: the detail says it */
    static Problem refusedByFacebook(String detail, List<Mistake> errors) {
        return new Problem(HttpStatus.UNPROCESSABLE_CONTENT, "Facebook does not take it", detail, errors, null);
    }

    static Problem unavailable(String detail, List<Mistake> errors, @Nullable Duration retryAfter) {
        return new Problem(HttpStatus.SERVICE_UNAVAILABLE, "Not possible at the moment", detail, errors, retryAfter);
    }

    static Problem noPlace(String detail) {
        return unavailable(detail, List.of(), SOON);
    }

    static Problem noGzip() {
        return new Problem(HttpStatus.BAD_REQUEST, "The body is no gzip",
                "It was sent with Content-Encoding: gzip, but cannot be unpacked.");
    }

    static Problem unreadable(String detail) {
        return new Problem(HttpStatus.INTERNAL_SERVER_ERROR, "This version cannot read the job", detail);
    }

    static Problem unavailable(String detail) {
        return new Problem(notNow(detail));
    }
}
