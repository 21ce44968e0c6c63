package io.campaignlauncher.simulator;

import io.campaignlauncher.simulator.core.SimRequest;
import io.campaignlauncher.standin.RequestParts;
import io.campaignlauncher.standin.StandInServer.Received;
import io.netty.handler.codec.http.HttpHeaderNames;
import org.jspecify.annotations.Nullable;

/** Makes a {@link SimRequest} of an HTTP request with a query and a form, multipart or JSON body. */
final class RequestReader {

    private static final String BEARER = "Bearer ";

    private final String scheme;

    RequestReader(String scheme) {
        this.scheme = scheme;
    }

    /** @throws RuntimeException when the body is not what its content type says */
    SimRequest read(Received request) {
        var headers = request.headers();
        var parts = RequestParts.read(request.uri(), headers.get(HttpHeaderNames.CONTENT_TYPE, ""), request.body());
        return new SimRequest(request.method(), parts.path(), parts.parameters(), parts.files(),
                bearer(headers.get(HttpHeaderNames.AUTHORIZATION)),
                scheme + "://" + headers.get(HttpHeaderNames.HOST, "localhost"));
    }

    private static @Nullable String bearer(@Nullable String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length()) ? authorization
                .substring(BEARER.length()).trim() : null;
    }
}
