package io.campaignlauncher.console.http;

import io.campaignlauncher.console.model.Problem;
import org.jspecify.annotations.Nullable;

/** Something did not go well, and there are words for it. Expected, so it carries no stack trace. */
final class ServiceProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final @Nullable String retryAfter;

    /** @param retryAfter in seconds, as a service said it; null: not said */
    ServiceProblem(Problem problem, @Nullable String retryAfter) {
        super(problem.title(), null, false, false);
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    Problem problem() {
        return problem;
    }

    @Nullable
    String retryAfter() {
        return retryAfter;
    }
}
