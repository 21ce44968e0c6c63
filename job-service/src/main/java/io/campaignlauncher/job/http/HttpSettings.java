package io.campaignlauncher.job.http;

import io.campaignlauncher.job.request.RequestSize;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The bounds of the HTTP API.
 *
 * @param bodyBytesMax    bytes of a request's body, 1 or more
 * @param commandBytesMax bytes of a launch request as Kafka gets it; at most what {@link RequestSize} says, because events repeat it
 * @param patience        how long a caller waits for Kafka or for a decision
 * @param decisionsAtOnce decisions on requests over HTTP that are made at a time, 1 or more
 * @param decisionsWaiting decisions on requests over HTTP that wait for their turn, at most; further ones are answered with 503
 * @param pageSize        jobs in a list, unless the caller says, 1 or more
 * @param pageSizeMax     jobs in a list, at most; not less than page-size
 */
@ConfigurationProperties("launch.http")
public record HttpSettings(@DefaultValue("1048576") int bodyBytesMax, @DefaultValue("524288") int commandBytesMax,
        @DefaultValue("10s") Duration patience, @DefaultValue("8") int decisionsAtOnce,
        @DefaultValue("1000") int decisionsWaiting, @DefaultValue("50") int pageSize,
        @DefaultValue("500") int pageSizeMax) {

    public HttpSettings {
        if (bodyBytesMax < 1 || commandBytesMax < 1 || !patience.isPositive() || decisionsAtOnce < 1
                || decisionsWaiting < 1) {
            throw new IllegalArgumentException("launch.http: bounds and patience must be positive");
        }
        if (commandBytesMax > RequestSize.BYTES_MAX) {
            throw new IllegalArgumentException("launch.http.command-bytes-max may be at most " + RequestSize.BYTES_MAX
                    + ": the events that a larger request leads to do not fit into a record");
        }
        if (pageSize < 1 || pageSizeMax < pageSize) {
            throw new IllegalArgumentException("launch.http: need 1 <= page-size <= page-size-max");
        }
    }

    /** All defaults. */
    public static HttpSettings defaults() {
        return new HttpSettings(1 << 20, 1 << 19, Duration.ofSeconds(10), 8, 1000, 50, 500);
    }
}
