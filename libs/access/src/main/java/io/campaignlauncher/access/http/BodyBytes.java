package io.campaignlauncher.access.http;

import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/** Reads a request's body, whole and of bounded size. */
public final class BodyBytes {

    private BodyBytes() {}

    /** Empty where there is no body; fails with a {@link HttpProblem}, 413, where it is larger. */
    public static Mono<byte[]> of(ServerRequest request, int bytesMax) {
        return DataBufferUtils.join(request.exchange().getRequest().getBody(), bytesMax)
                .onErrorMap(DataBufferLimitException.class, _ -> HttpProblem.bodyBeyond(bytesMax))
                .map(buffer -> {
                    var bytes = new byte[buffer.readableByteCount()];
                    buffer.read(bytes);
                    DataBufferUtils.release(buffer);
                    return bytes;
                });
    }
}
