package io.campaignlauncher.messaging;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Judges who asks for what a process counts. */
@FunctionalInterface
public interface PageGuard {

    /** For everybody who reaches the page. */
    PageGuard NONE = (_, _) -> Mono.empty();

    /**
     * Why the metrics are not shown.
     *
     * @param problem {@code application/problem+json}
     */
    record Refusal(int status, byte[] problem) {}

    /**
     * @param authorization what the request says of itself; null: nothing
     * @param peer          where it comes from
     * @return empty: they are shown
     */
    Mono<Refusal> refusal(@Nullable String authorization, @Nullable InetSocketAddress peer);
}
