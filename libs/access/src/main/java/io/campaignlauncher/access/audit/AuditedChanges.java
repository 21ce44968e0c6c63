package io.campaignlauncher.access.audit;

import io.campaignlauncher.access.http.HttpProblem;
import io.campaignlauncher.access.http.PrincipalToken;
import io.campaignlauncher.telemetry.TraceSpan;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Notes changes that are not made in the audit's own transaction: that one was asked for, before it is made, and what came of it. So
 * no change is without its first line, whoever dies when. A first line alone says that nobody knows whether the change was made: the process
 * died, or whoever asked hung up.
 */
public final class AuditedChanges {

    private static final Logger LOG = LoggerFactory.getLogger(AuditedChanges.class);

    private final Line audit;
    private final Callers callers;
    private final Duration patience;

    /** A line of the audit, as {@link Audit#note} says. */
    @FunctionalInterface
    public interface Line {

        void note(Caller caller, String action, String subject, String outcome);
    }

    /**
     * A change that somebody asks for.
     *
     * @param action  what, e.g. {@code credential.store}
     * @param subject what about
     * @param how     further words, for the outcome; empty: none
     */
    public record Wish(String action, String subject, String how) {

        private String with(String outcome) {
            return how.isEmpty() ? outcome : outcome + ": " + how;
        }
    }

    /** @param patience how long a line may take to be written */
    public AuditedChanges(Line audit, Callers callers, Duration patience) {
        this.audit = audit;
        this.callers = callers;
        this.patience = patience;
    }

    /** Makes a change by somebody who is known; fails with 503, and nothing is changed, where that cannot be noted. */
    public <T> Mono<T> make(ServerRequest request, Wish wish, Mono<T> change) {
        return caller(request).flatMap(caller -> note(caller, wish, "asked")
                .onErrorMap(_ -> HttpProblem.notNow("It could not be noted who asks, so nothing was done; try again."))
                .then(noted(caller, wish, change)));
    }

    /** The same for a change that must be possible at any time: where it cannot be noted, the log says who made it. */
    public Mono<Void> makeInAnyCase(ServerRequest request, Wish wish, Mono<Void> change) {
        return caller(request).flatMap(caller -> note(caller, wish, "asked").onErrorComplete()
                .then(noted(caller, wish, change)));
    }

    private <T> Mono<T> noted(Caller caller, Wish wish, Mono<T> change) {
        return change
                .onErrorResume(error -> note(caller, wish, outcome(error)).onErrorComplete().then(Mono.error(error)))
                .flatMap(made -> done(caller, wish).thenReturn(made))
                .switchIfEmpty(Mono.defer(() -> done(caller, wish).then(Mono.empty())));
    }

    private Mono<Void> done(Caller caller, Wish wish) {
        return note(caller, wish, "ok").onErrorComplete();
    }

    /** What was not refused may have happened. */
    private static String outcome(Throwable error) {
        return error instanceof HttpProblem problem && problem.status().is4xxClientError() ? "refused" : "unknown";
    }

    private Mono<Caller> caller(ServerRequest request) {
        return PrincipalToken.of(request).flatMap(asking -> callers.of(request, asking));
    }

    /** Away from the threads that serve HTTP. */
    private Mono<Void> note(Caller caller, Wish wish, String outcome) {
        return Mono.deferContextual(context -> Mono
                .<Void>fromRunnable(() -> audit.note(caller, wish.action(), wish.subject(), wish.with(outcome)))
                .subscribeOn(Schedulers.boundedElastic())
                .timeout(patience)
                .doOnError(error -> TraceSpan.of(context).on(LOG.atWarn()).log(
                        "the audit lacks a line: {} of {} by {}, {}: {}", wish.action(), wish.subject(),
                        Audit.actor(caller.principal()), outcome, error.getClass().getName())));
    }
}
