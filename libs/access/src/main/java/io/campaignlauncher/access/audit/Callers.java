package io.campaignlauncher.access.audit;

import io.campaignlauncher.access.http.PeerAddresses;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.telemetry.TraceSpan;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/** Says who a request comes from, for the audit. */
public final class Callers {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final PeerAddresses peers;

    /** @param secret without it nobody can try out all addresses to find one that was hashed */
    public Callers(String secret, PeerAddresses peers) {
        this.peers = peers;
        key = new SecretKeySpec(("audit-address:" + secret).getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /** From where somebody tries, as far as it is one's own. */
    public String address(ServerRequest request) {
        return peers.of(request.exchange().getRequest());
    }

    public Mono<Caller> of(ServerRequest request, @Nullable Principal principal) {
        return of(request.exchange().getRequest(), principal);
    }

    public Mono<Caller> of(ServerHttpRequest request, @Nullable Principal principal) {
        return Mono.deferContextual(context -> Mono
                .just(new Caller(principal, TraceSpan.of(context).traceId(), hash(peers.of(request)))));
    }

    private byte[] hash(String address) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(address.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, e);
        }
    }
}
