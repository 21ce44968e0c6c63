package io.campaignlauncher.console.model;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The page of a new launch.
 *
 * @param preview  null: it was not checked as it is now
 * @param hash     of the preview that may be launched; empty: none
 * @param blockers each at its field
 * @param problem  what a service said that is no matter of a field; null: nothing
 * @param note     what somebody should know of the form; empty: nothing
 */
public record NewLaunch(LaunchForm form, Choices choices, @Nullable LaunchPreview preview, String hash,
        List<Blocker> blockers, List<Blocker> warnings, @Nullable Problem problem, String note) {

    private static final String NOT_AS_SHOWN = "is not what the preview showed";

    public NewLaunch {
        blockers = List.copyOf(blockers);
        warnings = List.copyOf(warnings);
    }

    /** To be filled in. */
    public static NewLaunch blank(LaunchForm form, Choices choices, String note) {
        return new NewLaunch(form, choices, null, "", List.of(), List.of(), null, note);
    }

    /** Somebody was asked nothing yet, because it is clear already. */
    public static NewLaunch mistaken(LaunchForm form, Choices choices, List<Blocker> mistakes) {
        return new NewLaunch(form, choices, null, "", mistakes, List.of(), null, "");
    }

    public static NewLaunch previewed(LaunchForm form, Choices choices, LaunchPreview preview) {
        return new NewLaunch(form, choices, preview, preview.launchable() ? preview.hash() : "",
                blockers(form, preview.blockers()),
                Stream.concat(blockers(form, preview.warnings()).stream(), FormBody.warnings(form).stream()).toList(),
                null, "");
    }

    /**
     * A service did not do it.
     *
     * @param hash     of the preview that was to be launched; empty: it was to be previewed
     * @param otherKey for the form, where its own is that of another launch
     */
    public static NewLaunch refused(LaunchForm form, Choices choices, Problem problem, String hash, String otherKey) {
        if (problem.status() == 409 && !isOtherwise(problem)) {
            return new NewLaunch(form.with(LaunchForm.KEY, otherKey), choices, null, "", List.of(), List.of(),
                    Problem.here(409, "Something else was launched with this form before",
                            "To launch this as a further one, check it again."),
                    "");
        }
        if (isOtherwise(problem)) {
            return new NewLaunch(form, choices, null, "", List.of(), List.of(),
                    Problem.here(409, "Something has changed since the preview", problem.mistakes().stream()
                            .map(one -> part(one.field())).collect(Collectors.joining("; "))
                            + ". Nothing was launched. Check it again, and look at what changed."),
                    "");
        }
        // An answer that does not come may have been lost: sent again, it is the same launch.
        return new NewLaunch(form, choices, null, problem.isPassing() ? hash : "",
                blockers(form, problem.mistakes()), List.of(),
                new Problem(problem.status(), problem.title(), problem.detail(), List.of(), problem.traceId()), "");
    }

    private static boolean isOtherwise(Problem problem) {
        return problem.status() == 409 && !problem.mistakes().isEmpty()
                && problem.mistakes().stream().allMatch(one -> one.message().equals(NOT_AS_SHOWN));
    }

    private static String part(String part) {
        return switch (part) {
            case "request" -> "What is asked for";
            case "names" -> "The names";
            case "calls" -> "The number of requests to Facebook";
            case "price" -> "The price";
            case "account" -> "The ad account's currency or time zone";
            case "checks" -> "What a check of the ad account says";
            default -> part;
        };
    }

    private static List<Blocker> blockers(LaunchForm form, List<Problem.Mistake> mistakes) {
        return mistakes.stream().map(one -> FormField.blocker(form, one)).toList();
    }

    /** What is said of a field, for whoever is at it. */
    public List<String> about(String field) {
        return Stream.concat(blockers.stream(), warnings.stream()).filter(one -> one.field().equals(field))
                .map(Blocker::message).toList();
    }

    public boolean isBlocked(String... fields) {
        return blockers.stream().map(Blocker::field).anyMatch(List.of(fields)::contains);
    }

    /** What is offered, and what is there already. */
    public List<Choices.Option> options(String field, List<Choices.Option> offered) {
        var now = form.text(field);
        return now.isEmpty() || offered.stream().anyMatch(one -> one.value().equals(now)) ? offered
                : Stream.concat(Stream.of(new Choices.Option(now, now)), offered.stream()).toList();
    }

    /** What is assumed or known of the currency. */
    public String currency() {
        var money = form.money();
        return money.isKnown() ? money.currency() + ", as the ad account has it"
                : "In the ad account's currency, which Check asks for";
    }
}
