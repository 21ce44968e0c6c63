package io.campaignlauncher.console.http;

import io.campaignlauncher.access.model.Principal;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A log-in at this console. However many pages find at once that their access token is over, one pair is asked for: whoever brings a
 * refresh token twice is taken for a thief.
 */
final class Session {

    private final String key;
    private final Principal principal;
    private Tokens tokens;
    private @Nullable Mono<Tokens> renewal;
    private boolean over;

    /** @param key by which it is found here; not what the browser has */
    Session(String key, Principal principal, Tokens tokens) {
        this.key = key;
        this.principal = principal;
        this.tokens = tokens;
    }

    String key() {
        return key;
    }

    /** As at the log-in: whose roles change, their sessions end. */
    Principal principal() {
        return principal;
    }

    synchronized Tokens tokens() {
        return tokens;
    }

    /**
     * The pair after this one; {@link LogInNeeded} where there is none any more. It is waited for to the end although whoever wanted it
     * gives up: the refresh token before it may be used up already.
     *
     * @param fetch gets a pair for a refresh token; fails with {@link LogInNeeded} where that token may not be sent once more
     */
    synchronized Mono<Tokens> after(Tokens used, Function<String, Mono<Tokens>> fetch) {
        if (over) {
            return Mono.error(new LogInNeeded());
        }
        if (tokens != used) {
            return Mono.just(tokens);
        }
        var running = renewal;
        if (running != null) {
            return running;
        }
        var next = fetch.apply(used.refresh()).doOnNext(this::goesOn).doOnError(this::failed).cache();
        renewal = next;
        next.subscribe(_ -> {}, _ -> {});
        return next;
    }

    private synchronized void goesOn(Tokens next) {
        tokens = next;
        renewal = null;
    }

    private synchronized void failed(Throwable error) {
        over = error instanceof LogInNeeded;
        renewal = null;
    }
}
