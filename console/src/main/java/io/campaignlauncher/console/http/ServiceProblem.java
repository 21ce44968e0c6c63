package io.campaignlauncher.console.http;

import io.campaignlauncher.console.model.Problem;
import org.jspecify.annotations.Nullable;

/** Something did not go well, and there are words for it. Expected, so it carries no stack trace. */
final class ServiceProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final @Nullable String retryAfter;
    private final boolean mayBeDone;

    /** @param retryAfter in seconds, as a service said it; null: not said */
    ServiceProblem(Problem problem, @Nullable String retryAfter) {
        this(problem, retryAfter, false);
    }

    private ServiceProblem(Problem problem, @Nullable String retryAfter, boolean mayBeDone) {
        super(problem.title(), null, false, false);
        this.problem = problem;
        this.retryAfter = retryAfter;
        this.mayBeDone = mayBeDone;
    }

    /** @param mayBeDone whether the request may have reached it all the same */
    static ServiceProblem away(String service, boolean mayBeDone) {
        return new ServiceProblem(Problem.away(service), null, mayBeDone);
    }

    Problem problem() {
        return problem;
    }

    @Nullable
    String retryAfter() {
        return retryAfter;
    }

    /** Whether nobody knows if it was done. */
    boolean mayBeDone() {
        return mayBeDone;
    }
}
