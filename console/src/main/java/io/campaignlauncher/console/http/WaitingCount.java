package io.campaignlauncher.console.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.campaignlauncher.access.http.PrincipalToken;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.console.model.Matters;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * How many things wait for whoever looks. Nobody's page waits for it longer than a moment, and only where it was never told before: it is
 * asked for in the background, every few seconds at most for everybody who sees the same.
 */
final class WaitingCount {

    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final Duration FIRST_MAX = Duration.ofMillis(300);
    private static final int SEERS_MAX = 10_000;
    /** The job-service's rule: whoever asks without being allowed is noted there. */
    private static final Set<Role> READERS = Set.of(LaunchPages.READERS);

    private final Asked jobs;
    private final Cache<Seer, Told> told = Caffeine.newBuilder().maximumSize(SEERS_MAX).expireAfterWrite(KEPT).build();
    private final Map<Seer, CompletableFuture<String>> underWay = new ConcurrentHashMap<>();

    /** What a count depends on. */
    private record Seer(String tenant, String subject, Set<Role> roles) {

        static Seer of(Principal principal) {
            return new Seer(principal.tenant(), principal.subject(), principal.roles());
        }
    }

    private record Told(String count, long atNanos) {

        boolean isFresh() {
            return System.nanoTime() - atNanos < FRESH.toNanos();
        }
    }

    WaitingCount(Asked jobs) {
        this.jobs = jobs;
    }

    /** Empty text: nothing waits, it is not known, or nobody known looks. Never fails. */
    Mono<String> of(ServerWebExchange exchange) {
        return seer(exchange).flatMap(this::count).defaultIfEmpty("");
    }

    private static Mono<Seer> seer(ServerWebExchange exchange) {
        return exchange.getPrincipal().ofType(PrincipalToken.class).map(PrincipalToken::getPrincipal)
                .filter(who -> who.roles().stream().anyMatch(READERS::contains)).map(Seer::of);
    }

    private Mono<String> count(Seer seer) {
        var known = told.getIfPresent(seer);
        if (known != null && known.isFresh()) {
            return Mono.just(known.count());
        }
        return Mono.deferContextual(context -> {
            var asked = underWay.computeIfAbsent(seer, _ -> jobs.get("/v1/attention", Map.of())
                    .map(answer -> Matters.told(answer.path("total").asInt(0)))
                    .onErrorReturn(ServiceProblem.class, "")
                    .contextWrite(context)
                    .toFuture());
            asked.whenComplete((count, _) -> {
                if (count != null) {
                    told.put(seer, new Told(count, System.nanoTime()));
                }
                underWay.remove(seer, asked);
            });
            return known != null ? Mono.just(known.count())
                    : Mono.fromFuture(asked, true).timeout(FIRST_MAX).onErrorReturn("");
        });
    }

    /** A page has just heard it. */
    Mono<Void> heard(ServerWebExchange exchange, String count) {
        return seer(exchange).doOnNext(seer -> told.put(seer, new Told(count, System.nanoTime()))).then();
    }
}
