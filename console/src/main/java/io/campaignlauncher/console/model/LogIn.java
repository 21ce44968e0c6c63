package io.campaignlauncher.console.model;

import org.jspecify.annotations.Nullable;

/**
 * What the log-in shows.
 *
 * @param name          as it was typed
 * @param next          the page after it
 * @param problem       null: nothing was tried yet
 * @param over          whether a session has ended that this browser had
 * @param byLink        whether a page elsewhere led here: then no browser brings a session along
 * @param needless      whether whoever sits at this machine need not log in
 * @param foreignIssuer whether people log in elsewhere
 */
public record LogIn(String name, String next, @Nullable Problem problem, boolean over, boolean byLink,
        boolean needless, boolean foreignIssuer) {

    /**
     * The same words for whatever is wrong with name and password.
     *
     * @param retryAfter in seconds; null: not said
     */
    public static Problem refusal(Problem problem, @Nullable String retryAfter) {
        return switch (problem.status()) {
            case 400, 401 -> Problem.here(401, "That did not work", "The name or the password is wrong.");
            case 429 -> Problem.here(429, "Too many tries", retryAfter == null ? "Try again later."
                    : "Try again in " + retryAfter + " s.");
            case 503 -> Problem.here(503, "Nobody can log in at the moment",
                    "The identity-service does not answer. Launches go on. Try again in a moment.");
            default -> problem;
        };
    }
}
