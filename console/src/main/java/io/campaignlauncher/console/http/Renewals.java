package io.campaignlauncher.console.http;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;

/** Gets sessions the tokens by which they go on. */
final class Renewals {

    private static final Logger LOG = LoggerFactory.getLogger(Renewals.class);

    private final Identity identity;
    private final Sessions sessions;
    private final Duration patience;

    /** @param patience of a page; an answer that comes later counts for the next one */
    Renewals(Identity identity, Sessions sessions, Duration patience) {
        this.identity = identity;
        this.sessions = sessions;
        this.patience = patience;
    }

    /** Fails with {@link LogInNeeded} where the session is over. */
    Mono<Tokens> after(Session session, Tokens used, String address) {
        return Mono.deferContextual(context -> session.after(used, refresh -> identity.refresh(refresh, address)
                .onErrorMap(error -> judged(session, error)).contextWrite(context)))
                .timeout(patience, Mono.error(() -> ServiceProblem.away("identity-service", true)));
    }

    /** A refresh token that may have been used up is not sent again: that would look like a theft. */
    private Throwable judged(Session session, Throwable error) {
        if (error instanceof ServiceProblem problem && !problem.mayBeDone() && isPassing(problem)) {
            return error;
        }
        boolean refused = Asked.isUnknown(error);
        LOG.info("a session of {} ends: {}", session.principal().subject(), refused ? "it was ended elsewhere"
                : "nobody knows whether its refresh token is used up");
        sessions.end(session, refused ? LogInFigures.End.REFUSED : LogInFigures.End.UNKNOWN);
        return new LogInNeeded();
    }

    private static boolean isPassing(ServiceProblem problem) {
        int status = problem.problem().status();
        return status == HttpStatus.SERVICE_UNAVAILABLE.value() || status == HttpStatus.TOO_MANY_REQUESTS.value();
    }
}
