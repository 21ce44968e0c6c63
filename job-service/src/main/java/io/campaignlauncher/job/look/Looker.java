package io.campaignlauncher.job.look;

import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.Graph;
import io.campaignlauncher.graph.GraphError;
import io.campaignlauncher.graph.GraphReads;
import io.campaignlauncher.graph.PageSizes;
import io.campaignlauncher.job.history.Point;
import io.campaignlauncher.job.history.RecordedJob;
import io.campaignlauncher.job.stored.JobHistory;
import io.campaignlauncher.look.FacebookReader;
import io.campaignlauncher.look.FacebookSnapshot;
import io.campaignlauncher.messaging.AccessTokens;
import io.campaignlauncher.messaging.CredentialName;
import io.campaignlauncher.messaging.TokensUnreadable;
import io.campaignlauncher.pace.AccountPaces;
import io.campaignlauncher.worker.calls.CalledFor;
import io.campaignlauncher.worker.calls.JobCalls;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Makes looks. */
final class Looker {

    private static final int PAGES_MAX = 20;
    private static final int TOKEN_REFUSED = 190;

    private final Graph graph;
    private final AccessTokens tokens;
    private final AccountPaces paces;
    private final JobCalls calls;
    private final JobHistory history;
    private final JobTables tables;
    private final InstantSource clock;
    private final PageSizes sizes = new PageSizes();

    Looker(Graph graph, AccessTokens tokens, AccountPaces paces, JobCalls calls, JobHistory history, JobTables tables,
            InstantSource clock) {
        this.graph = graph;
        this.tokens = tokens;
        this.paces = paces;
        this.calls = calls;
        this.history = history;
        this.tables = tables;
        this.clock = clock;
    }

    /** @param found JSON @param usagePercent null: Facebook said nothing of it */
    record Seen(String found, @Nullable Double usagePercent) {}

    /** Fails with a {@link LookFailed} where nothing could be seen. */
    Mono<Seen> look(RecordedJob job, String by) {
        return Mono.defer(() -> {
            var way = new HeedfulReads(graph, paces, job.state().terms().request().adAccountId(), clock);
            return way.pause().flatMap(Mono::<Seen>error)
                    .switchIfEmpty(calls.noted(work(job), Mono.defer(() -> read(job, way)))
                            .publishOn(Schedulers.boundedElastic())
                            .map(snapshot -> new Seen(compared(job, snapshot, by), way.usagePercent())));
        });
    }

    private Mono<FacebookSnapshot> read(RecordedJob job, HeedfulReads way) {
        var request = job.state().terms().request();
        var name = new CredentialName(job.state().ownership().tenant(), request.credentialId());
        return new FacebookReader(new GraphReads(way, PAGES_MAX, sizes), clock)
                .read(job.state(), token(name, request.adAccountId()))
                .map(snapshot -> required(snapshot, request.credentialId()));
    }

    private static CalledFor work(RecordedJob job) {
        var whose = job.state().ownership();
        return CalledFor.look(job.jobId().toString(), whose.tenant(), whose.owner());
    }

    /** With the job as it is by now. Blocks. */
    private String compared(RecordedJob job, FacebookSnapshot snapshot, String by) {
        var now = history.job(job.jobId(), Point.LATEST, Visibility.everything());
        return LookDocument.of(now, snapshot.meanwhile(job.state(), now.state()), tables.of(job.jobId()), by)
                .toString();
    }

    private AccessToken token(CredentialName name, String adAccountId) {
        try {
            return tokens.accessToken(name, adAccountId).map(text -> new AccessToken(text).on(adAccountId))
                    .orElseThrow(() -> new LookFailed("The credential " + name.id()
                            + " is not stored, or may not be used for this ad account.", null));
        } catch (TokensUnreadable e) {
            throw new LookFailed("Credentials cannot be read just now.", null);
        }
    }

    private FacebookSnapshot required(FacebookSnapshot snapshot, String credentialId) {
        if (snapshot.isBlank()) {
            throw failed(snapshot.faults().getFirst(), credentialId);
        }
        return snapshot;
    }

    private LookFailed failed(GraphError error, String credentialId) {
        var code = error.code();
        if (code != null && code == TOKEN_REFUSED) {
            return LookFailed.tokenRefused("Facebook does not take the access token of the credential "
                    + credentialId + " any more: " + error.message() + " Store a new one.");
        }
        return switch (error.kind()) {
            case RATE_LIMIT -> new LookFailed(error.message(),
                    error.waitFor() == null ? null : clock.instant().plus(error.waitFor()));
            case TEMPORARY -> new LookFailed("Facebook did not answer: " + error.message(), null);
            case PERMANENT -> new LookFailed("Facebook refuses to show it: " + error.message(), null);
        };
    }
}
