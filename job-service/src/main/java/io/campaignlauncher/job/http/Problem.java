package io.campaignlauncher.job.http;

import io.campaignlauncher.job.model.Violation;
import java.util.List;
import org.springframework.http.HttpStatus;

/** An answer that is no success. Expected, so it carries no stack trace; says nothing that the caller sent but field names. */
final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String title;
    private final transient List<Violation> errors;

    private Problem(HttpStatus status, String title, String detail, List<Violation> errors) {
        super(detail, null, false, false);
        this.status = status;
        this.title = title;
        this.errors = List.copyOf(errors);
    }

    static Problem badRequest(List<Violation> errors) {
        return new Problem(HttpStatus.BAD_REQUEST, "The request breaks rules",
                errors.size() == 1 ? "One mistake was found." : errors.size() + " mistakes were found.", errors);
    }

    static Problem badRequest(String field, String message) {
        return badRequest(List.of(new Violation(field, message)));
    }

    static Problem noJson(String detail) {
        return new Problem(HttpStatus.BAD_REQUEST, "The body is no JSON object", detail, List.of());
    }

    static Problem noSuchJob() {
        return new Problem(HttpStatus.NOT_FOUND, "No such job", "No job has this id.", List.of());
    }

    static Problem noSuchKillSwitch(List<String> names) {
        return new Problem(HttpStatus.NOT_FOUND, "No such kill switch",
                "There are these: " + String.join(", ", names) + ".", List.of());
    }

    static Problem noSuchAddress() {
        return new Problem(HttpStatus.NOT_FOUND, "No such address", "Nothing answers this method and path.", List.of());
    }

    static Problem conflict(String title, String detail) {
        return new Problem(HttpStatus.CONFLICT, title, detail, List.of());
    }

    static Problem keyUsedOtherwise() {
        return conflict("The key was used for another request",
                "Send the same body as before, or another Idempotency-Key.");
    }

    static Problem tooLarge(int bytesMax) {
        return new Problem(HttpStatus.CONTENT_TOO_LARGE, "The request is too large",
                "It may have at most " + bytesMax + " bytes.", List.of());
    }

    static Problem unknownEncoding() {
        return new Problem(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Only gzip is understood",
                "Send the body as it is, or with Content-Encoding: gzip.", List.of());
    }

    static Problem noGzip() {
        return new Problem(HttpStatus.BAD_REQUEST, "The body is no gzip",
                "It was sent with Content-Encoding: gzip, but cannot be unpacked.", List.of());
    }

    static Problem unreadable(String detail) {
        return new Problem(HttpStatus.INTERNAL_SERVER_ERROR, "This version cannot read the job", detail, List.of());
    }

    static Problem unavailable(String detail) {
        return new Problem(HttpStatus.SERVICE_UNAVAILABLE, "Not possible at the moment", detail, List.of());
    }

    static Problem broken() {
        return new Problem(HttpStatus.INTERNAL_SERVER_ERROR, "Something is broken here",
                "The mistake is not in the request.", List.of());
    }

    HttpStatus status() {
        return status;
    }

    String title() {
        return title;
    }

    String detail() {
        return String.valueOf(getMessage());
    }

    List<Violation> errors() {
        return errors;
    }
}
