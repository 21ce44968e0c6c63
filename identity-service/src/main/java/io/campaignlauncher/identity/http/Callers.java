package io.campaignlauncher.identity.http;

import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.identity.store.Caller;
import io.campaignlauncher.telemetry.TraceSpan;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/** Says who a request comes from: for the audit, and for limits by address. */
final class Callers {

    private static final String ALGORITHM = "HmacSHA256";
    /** Whoever has one address of IPv6 has all that share its first half. */
    private static final int IPV6_BYTES = 8;
    private static final String NO_ADDRESS = "-";

    private final SecretKeySpec key;

    /** @param secret without it nobody can try out all addresses to find one that was hashed */
    Callers(String secret) {
        key = new SecretKeySpec(("audit-address:" + secret).getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    Mono<Caller> of(ServerRequest request, @Nullable Principal principal) {
        return of(request.exchange().getRequest(), principal);
    }

    Mono<Caller> of(ServerHttpRequest request, @Nullable Principal principal) {
        return Mono.deferContextual(context -> Mono
                .just(new Caller(principal, TraceSpan.of(context).traceId(), hash(address(request)))));
    }

    /** The peer's, as far as it is one's own. Headers that claim another do not count. */
    static String address(ServerHttpRequest request) {
        var peer = request.getRemoteAddress();
        return peer == null || peer.getAddress() == null ? NO_ADDRESS : own(peer.getAddress());
    }

    private static String own(InetAddress address) {
        var bytes = address.getAddress();
        return HexFormat.of().formatHex(
                address instanceof Inet6Address ? Arrays.copyOf(bytes, IPV6_BYTES) : bytes);
    }

    private byte @Nullable [] hash(String address) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(address.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, e);
        }
    }
}
