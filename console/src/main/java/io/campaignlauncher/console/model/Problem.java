package io.campaignlauncher.console.model;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Why something did not go well, as a service said it or as it looks from here.
 *
 * @param traceId by which an operator finds it in the logs; empty: none
 */
public record Problem(int status, String title, String detail, List<Mistake> mistakes, String traceId) {

    /** What is wrong with one field. */
    public record Mistake(String field, String message) {}

    /** Its page was loaded before the token of forms was another one, or is none of ours. */
    public static final Problem OLD_FORM = here(403, "This form is too old",
            "Go back, load the page anew and send it once more. Nothing was changed.");

    public Problem {
        mistakes = List.copyOf(mistakes);
    }

    /** @param body {@code application/problem+json} */
    public static Problem of(int status, JsonNode body) {
        var title = Launches.text(body, "title");
        return new Problem(status, title.isEmpty() ? "The service did not do it" : title,
                Launches.text(body, "detail"),
                body.path("errors").valueStream()
                        .map(one -> new Mistake(Launches.text(one, "field"), Launches.text(one, "message"))).toList(),
                Launches.text(body, "traceId"));
    }

    /** @param service as people call it */
    public static Problem away(String service) {
        return new Problem(503, "The " + service + " does not answer",
                "Nothing is lost: launches go on without this page. Try again in a moment.", List.of(), "");
    }

    public static Problem here(int status, String title, String detail) {
        return new Problem(status, title, detail, List.of(), "");
    }

    /** Whether who sent it may mend it, or send it once more: neither is it not theirs, nor not there. */
    public boolean isToMend() {
        return status == 400 || status == 409 || status == 413 || isPassing();
    }

    public boolean isPassing() {
        return status == 503 || status == 429;
    }
}
