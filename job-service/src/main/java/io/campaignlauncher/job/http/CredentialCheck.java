package io.campaignlauncher.job.http;

import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.DebuggedToken;
import io.campaignlauncher.graph.Graph;
import io.campaignlauncher.graph.GraphResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Asks Facebook about a token before it is stored: once, for a few seconds at most. A Facebook that does not answer keeps nobody
 * from storing.
 */
final class CredentialCheck {

    private static final Logger LOG = LoggerFactory.getLogger(CredentialCheck.class);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(3);

    private final Graph graph;
    private final CredentialCheckSettings settings;
    private final InstantSource clock;

    /** What Facebook said. */
    sealed interface Finding {}

    /** Nothing against it. @param tokenExpiresAt null: never */
    record Good(Instant checkedAt, @Nullable Instant tokenExpiresAt) implements Finding {}

    /** It cannot create anything. @param reasons at least one */
    record Useless(List<String> reasons) implements Finding {}

    /** Nobody was asked, or nobody answered. */
    record NotChecked() implements Finding {}

    CredentialCheck(Graph graph, CredentialCheckSettings settings, InstantSource clock) {
        this.graph = graph;
        this.settings = settings;
        this.clock = clock;
    }

    Mono<Finding> of(String accessToken) {
        if (!settings.isSet()) {
            return Mono.just(new NotChecked());
        }
        var asked = new AccessToken(accessToken);
        return graph.within(ANSWER_MAX)
                .get(settings.accessToken(), DebuggedToken.PATH, DebuggedToken.parameters(asked))
                .map(answer -> finding(answer.result(), asked));
    }

    private Finding finding(GraphResult result, AccessToken asked) {
        return switch (result) {
            case GraphResult.Success(var body) -> DebuggedToken.of(body, asked).map(this::judged)
                    .orElseGet(NotChecked::new);
            case GraphResult.Failure(var error) -> {
                LOG.warn("a token is stored unchecked: {}", error.message());
                yield new NotChecked();
            }
        };
    }

    private Finding judged(DebuggedToken token) {
        var now = clock.instant();
        var reasons = new ArrayList<String>();
        if (token.isExpired(now)) {
            reasons.add("expired at " + token.expiresAt());
        } else if (!token.valid()) {
            reasons.add("is not valid, says Facebook: " + token.why());
        }
        if (!token.appId().isEmpty() && !token.appId().equals(settings.appId())) {
            reasons.add("is of another app than this one");
        }
        if (token.lacksAdsManagement()) {
            reasons.add("lacks the permission " + DebuggedToken.ADS_MANAGEMENT);
        }
        return reasons.isEmpty() ? new Good(now, token.expiresAt()) : new Useless(reasons);
    }
}
