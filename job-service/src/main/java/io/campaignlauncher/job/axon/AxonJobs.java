package io.campaignlauncher.job.axon;

import io.campaignlauncher.job.messages.StoredEvents;
import io.campaignlauncher.job.model.Decision;
import io.campaignlauncher.job.model.IssuedCommand;
import io.campaignlauncher.job.model.Job;
import io.campaignlauncher.job.model.JobCommandGateway;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.job.model.UndecidableJob;
import io.campaignlauncher.messaging.Outage;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.modelling.command.ConcurrencyException;

/** Puts commands to jobs through Axon's command bus. */
final class AxonJobs implements JobCommandGateway {

    private static final int ATTEMPTS_MAX = 10;
    private static final int TRIES_MAX = 3;
    private static final Duration TRY_AGAIN_AFTER = Duration.ofMillis(100);

    private final CommandBus commandBus;
    private final EventStorageEngine store;
    private final Executor executor;
    private final Clock clock;
    private final UndecidableJobs undecidable;

    /** @param executor runs decisions; each holds a database connection while it is made */
    AxonJobs(CommandBus commandBus, EventStorageEngine store, Executor executor, Clock clock,
            UndecidableJobs undecidable) {
        this.commandBus = commandBus;
        this.store = store;
        this.executor = executor;
        this.clock = clock;
        this.undecidable = undecidable;
    }

    @Override
    public CompletableFuture<List<Decision>> decide(String jobId, List<IssuedCommand> commands) {
        return attempt(jobId, commands, undecidable.isKnown(jobId) ? TRIES_MAX : 1, executor);
    }

    /** A few tries, because what seems to be the job's own fault may pass. An outage is left to the caller, who waits for its end. */
    private CompletableFuture<List<Decision>> attempt(String jobId, List<IssuedCommand> commands, int number,
            Executor threads) {
        return CompletableFuture.supplyAsync(() -> decideNow(jobId, commands), threads)
                .whenComplete((_, e) -> {
                    if (e == null) {
                        undecidable.remove(jobId);
                    }
                })
                .exceptionallyCompose(e -> {
                    var cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
                    if (cause instanceof ConcurrencyException || Outage.isBehind(cause)) {
                        return CompletableFuture.failedFuture(cause);
                    }
                    if (number < TRIES_MAX) {
                        return attempt(jobId, commands, number + 1, CompletableFuture.delayedExecutor(
                                TRY_AGAIN_AFTER.toMillis(), TimeUnit.MILLISECONDS, executor));
                    }
                    undecidable.add(jobId, cause);
                    return CompletableFuture.failedFuture(new UndecidableJob(jobId, cause));
                });
    }

    /** Another instance may have appended to the job meanwhile: then its events are read and the decision is made again. */
    private List<Decision> decideNow(String jobId, List<IssuedCommand> commands) {
        for (int attempt = 1;; attempt++) {
            try {
                return dispatch(new DecideOnJob(jobId, commands, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
            } catch (ConcurrencyException e) {
                if (attempt == ATTEMPTS_MAX) {
                    throw e;
                }
            }
        }
    }

    private List<Decision> dispatch(DecideOnJob envelope) {
        var callback = new FutureCallback<DecideOnJob, List<Decision>>();
        commandBus.dispatch(new GenericCommandMessage<>(envelope), callback);
        var result = callback.getResult();
        if (!result.isExceptional()) {
            return result.getPayload();
        }
        return switch (result.exceptionResult()) {
            case JobRefused refused -> refused.decisions();
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        };
    }

    @Override
    public JobState state(String jobId) {
        var state = Job.initialState();
        var events = store.readEvents(jobId);
        while (events.hasNext()) {
            state = Job.evolve(state, StoredEvents.event((SpecificRecord) events.next().getPayload()));
        }
        return state;
    }
}
