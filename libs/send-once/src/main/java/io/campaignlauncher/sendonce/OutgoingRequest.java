package io.campaignlauncher.sendonce;

import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * One request. Prints its method alone: address, header and body may hold secrets.
 *
 * @param headers   sets them
 * @param timeLimit from the call to the end of its answer; later nothing of it is sent any more
 */
public record OutgoingRequest(HttpMethod method, URI uri, Consumer<HttpHeaders> headers, OutgoingBody body,
        Duration timeLimit) {

    @Override
    public String toString() {
        return method.name();
    }
}
