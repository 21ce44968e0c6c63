package io.campaignlauncher.identity.http;

import io.campaignlauncher.access.http.HttpProblem;
import java.util.List;
import org.springframework.http.HttpStatus;

/** The problems of this service. */
final class Problem extends HttpProblem {

    private static final long serialVersionUID = 1L;

    private Problem(HttpStatus status, String title, String detail) {
        super(status, title, detail);
    }

    private Problem(HttpProblem same) {
        super(same);
    }

    static Problem badRequest(List<Mistake> errors) {
        return new Problem(mistakes(errors));
    }

    static Problem badRequest(String field, String message) {
        return badRequest(List.of(new Mistake(field, message)));
    }

    static Problem logInRefused() {
        return new Problem(HttpStatus.UNAUTHORIZED, "Log-in refused", "The name or the password is wrong.");
    }

    static Problem refreshRefused() {
        return new Problem(HttpStatus.UNAUTHORIZED, "Refresh refused",
                "The refresh token is not good, or not any more; log in again.");
    }

    static Problem passwordRefused() {
        return new Problem(notAllowed("The password before is another one.",
                List.of(new Mistake("password", "is wrong"))));
    }

    static Problem forbidden(String detail) {
        return new Problem(notAllowed(detail));
    }

    static Problem notFound(String title) {
        return new Problem(noSuch(title));
    }

    static Problem conflict(String title, String detail) {
        return new Problem(HttpStatus.CONFLICT, title, detail);
    }

    static Problem unavailable(String detail) {
        return new Problem(notNow(detail));
    }
}
